import GraphIR

/// What a `.graph` file may call for derivatives, under the names of the methods of `Graph`.
public let derivativeFunctions: [GraphFunction] = [
  gradientFunction,
  GraphFunction("jacobian", matrixParameters) { call in
    [
      try call.graph.jacobian(
        of: call.value("of"), withRespectTo: call.value("withRespectTo"),
        unconnected: unconnected(call), origin: call.origin)
    ]
  },
  GraphFunction("hessian", matrixParameters) { call in
    [
      try call.graph.hessian(
        of: call.value("of"), withRespectTo: call.value("withRespectTo"),
        unconnected: unconnected(call), origin: call.origin)
    ]
  },
  GraphFunction("jacobianVectorProduct", productParameters) { call in
    [
      try call.graph.jacobianVectorProduct(
        of: call.value("of"), withRespectTo: call.values("withRespectTo"),
        along: call.values("along"), unconnected: unconnected(call), origin: call.origin)
    ]
  },
  GraphFunction("hessianVectorProduct", productParameters) { call in
    try call.graph.hessianVectorProduct(
      of: call.value("of"), withRespectTo: call.values("withRespectTo"),
      along: call.values("along"), unconnected: unconnected(call), origin: call.origin)
  },
]

private let matrixParameters: [GraphFunction.Parameter] = [
  .labelled("of"), .labelled("withRespectTo"), .labelled("unconnected", default: ".error"),
]

private let productParameters: [GraphFunction.Parameter] = [
  .labelled("of"), .labelled("withRespectTo"), .labelled("along"),
  .labelled("unconnected", default: ".error"),
]

/// What a call wants where no path leads.
func unconnected(_ call: FunctionCall) throws -> UnconnectedGradient {
  let names: [String: UnconnectedGradient] = ["error": .error, "zeros": .zeros]
  guard let argument = call["unconnected"] else { return .error }
  guard case .name(let name) = argument, let choice = names[name] else {
    throw ShapeError("unconnected must be .error or .zeros, but it is \(argument.kind)")
  }
  return choice
}
