import GraphIR
import Operators
import Tensors

/// Initial values in a `.graph` file, under the names of the methods of `Graph`.
public let initialValueFunctions: [GraphFunction] =
  [("zeros", 0.0), ("ones", 1.0)].map { name, number in
    GraphFunction(name, [.positional("sizes"), .labelled("type", default: ".float32")]) { call in
      [
        call.graph.filled(
          try sizes(call), number, try call.dataType("type") ?? .float32, call.origin)
      ]
    }
  }
  + [
    function("uniform", [("min", -0.05), ("max", 0.05)]) { .uniform(min: $0[0], max: $0[1]) },
    function("normal", [("mean", 0), ("standardDeviation", 0.05)]) {
      .normal(mean: $0[0], deviation: $0[1])
    },
    function("truncatedNormal", [("mean", 0), ("standardDeviation", 0.05)]) {
      .truncatedNormal(mean: $0[0], deviation: $0[1])
    },
    function("glorotUniform") { _ in .glorotUniform },
    function("glorotNormal") { _ in .glorotNormal },
    function("heUniform") { _ in .heUniform },
    function("heNormal") { _ in .heNormal },
    function("orthogonal", [("gain", 1)]) { .orthogonal(gain: $0[0]) },
  ]

/// A function that takes sizes, those numbers, and what all random initial values take.
private func function(
  _ name: String, _ numbers: [(label: String, usual: Double)] = [],
  _ make: @escaping @Sendable ([Double]) -> Initializer
) -> GraphFunction {
  let parameters = numbers.map { label, usual in
    GraphFunction.Parameter.labelled(
      label, default: usual == usual.rounded() ? "\(Int(usual))" : "\(usual)")
  }
  return GraphFunction(
    name,
    [.positional("sizes")] + parameters + [
      .labelled("type", default: ".float32"), .labelled("seed", default: "0"),
      .labelled("seed2", default: "0"),
    ]
  ) { call in
    let given = try numbers.map { try number(call, $0.label) ?? $0.usual }
    return [
      try make(given).append(
        to: call.graph, try sizes(call), try call.dataType("type") ?? .float32,
        seed: try seed(call, "seed"), seed2: try seed(call, "seed2"), origin: call.origin)
    ]
  }
}

private func sizes(_ call: FunctionCall) throws -> [Int] {
  guard let sizes = try call.integers("sizes") else { throw ShapeError("sizes is missing") }
  return sizes
}

private func number(_ call: FunctionCall, _ name: String) throws -> Double? {
  switch call[name] {
  case nil: return nil
  case .integer(let integer): return Double(integer)
  case .number(let number): return number
  case let other?: throw ShapeError("\(name) must be a number, but it is \(other.kind)")
  }
}

private func seed(_ call: FunctionCall, _ name: String) throws -> Int {
  guard let argument = call[name] else { return 0 }
  guard case .integer(let integer) = argument else {
    throw ShapeError("\(name) must be an integer, but it is \(argument.kind)")
  }
  return integer
}
