/// The call of an operator as a file states it: any inputs in order, and every attribute under its
/// wire name.
///
/// So a `.graph` file can name operators that have no function of their own, as
/// `operation("ReluGrad", dy, y)`.
package struct OperatorCall: Sendable {
  /// What the call runs; its inputs are the list `inputs`.
  package let function: GraphFunction
  /// How the call looks, as `operation("MatMul", _ a, _ b, transpose_a = false)`.
  package let declaration: String
  /// The attributes that the inputs tell, and that a call cannot give.
  package let derivedAttributes: [String]
  /// The wire name of each attribute by its label in other calls.
  package let wireNames: [String: String]

  /// The call of that operator.
  package init(_ type: any Operator.Type) {
    self = Self.make(type)
  }

  private init(
    _ function: GraphFunction, _ declaration: String, _ derivedAttributes: [String],
    _ wireNames: [String: String]
  ) {
    self.function = function
    self.declaration = declaration
    self.derivedAttributes = derivedAttributes
    self.wireNames = wireNames
  }

  private static func make<Op: Operator>(_ type: Op.Type) -> OperatorCall {
    let defaults = Op()
    let attributes = Op.attributes.map { attribute in
      GraphFunction.Parameter.labelled(
        attribute.name,
        default: attribute.isRequired
          ? nil : attribute.literalText(attribute.get(defaults)) ?? "the usual one")
    }
    let inputs = GraphFunction.Parameter(
      name: "inputs", isPositional: true, isVariadic: true, defaultText: "none")
    let function = GraphFunction(Op.name, [inputs] + attributes) { call in
      let operation = try Op(call) { $0.name }
      let inputs = try call.values(of: Op.signature, in: "inputs")
      return call.graph.append(operation, inputs, origin: call.origin).outputs
    }
    let parameters =
      Op.signature.inputs.map { "_ \($0.displayName)\($0.isList ? "…" : "")" }
      + attributes.map { $0.name + ($0.defaultText.map { " = \($0)" } ?? "") }
    let declared = Set(Op.attributes.map(\.name))
    let variables = Op.signature.types.map(\.name)
    let lists = (Op.signature.inputs + Op.signature.outputs).compactMap { parameter -> String? in
      if case .list(let name) = parameter.type { name } else { parameter.countAttribute }
    }
    return OperatorCall(
      function, "operation(\((["\"\(Op.name)\""] + parameters).joined(separator: ", ")))",
      (variables + lists).filter { !declared.contains($0) },
      Dictionary(
        Op.attributes.compactMap { attribute in attribute.label.map { ($0, attribute.name) } },
        uniquingKeysWith: { first, _ in first }))
  }
}
