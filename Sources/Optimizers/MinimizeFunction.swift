import GraphIR
import Operators
import Tensors

/// `minimize` in a `.graph` file.
public let minimizeFunction = GraphFunction(
  "minimize",
  [.positional("loss"), .labelled("by"), .labelled("variables", default: "[]")]
) { call in
  let loss = try call.value("loss")
  let variables = call["variables"] == nil ? nil : try call.values("variables")
  _ = try call.graph.minimize(
    loss, by: try optimizer(call["by"]), variables: variables, name: "minimize",
    origin: call.origin)
  return []
}

/// The optimisers by name, with what each is made of and its defaults.
private let optimizers: [(name: String, labels: [String])] = [
  ("gradientDescent", ["learningRate"]),
  ("momentum", ["learningRate", "momentum", "nesterov"]),
  ("adam", ["learningRate", "beta1", "beta2", "epsilon"]),
]

private func optimizer(_ argument: FunctionArgument?) throws -> Optimizer {
  let given: (name: String, parts: [String: FunctionArgument])
  switch argument {
  case .name(let name): given = (name, [:])
  case .choice(let name, let parts): given = (name, parts)
  case nil: throw ShapeError("by is missing")
  case let other?:
    throw ShapeError(
      "by must be an optimizer such as .adam(learningRate: 0.001), but it is \(other.kind)")
  }
  guard let known = optimizers.first(where: { $0.name == given.name }) else {
    let near = nearestName(to: given.name, among: optimizers.map(\.name))
    throw ShapeError(
      "by: there is no optimizer .\(given.name)",
      suggestion: near.map { "did you mean .\($0)?" }
        ?? "there are \(optimizers.map { ".\($0.name)" }.joined(separator: ", "))")
  }
  if let unknown = given.parts.keys.sorted().first(where: { !known.labels.contains($0) }) {
    throw ShapeError(
      "by: .\(given.name) has no '\(unknown)'",
      suggestion: "it has \(known.labels.joined(separator: ", "))")
  }
  func number(_ label: String, _ standard: OptimizerNumber?) throws -> OptimizerNumber {
    switch given.parts[label] {
    case nil:
      guard let standard else { throw ShapeError("by: .\(given.name) needs \(label)") }
      return standard
    case .number(let number): return .number(number)
    case .integer(let integer): return .number(Double(integer))
    case .value(let value):
      guard value.shape.rank ?? 0 == 0, value.dataType.isNumeric else {
        throw ShapeError("by: \(label) must be a scalar, but it is \(value.type)")
      }
      return .value(value)
    case let other?:
      throw ShapeError("by: \(label) must be a number, but it is \(other.kind)")
    }
  }
  switch given.name {
  case "gradientDescent":
    return .gradientDescent(learningRate: try number("learningRate", nil))
  case "momentum":
    var isNesterov = false
    if let argument = given.parts["nesterov"] {
      guard case .flag(let flag) = argument else {
        throw ShapeError("by: nesterov must be true or false, but it is \(argument.kind)")
      }
      isNesterov = flag
    }
    return .momentum(
      learningRate: try number("learningRate", nil), momentum: try number("momentum", 0.9),
      nesterov: isNesterov)
  default:
    return .adam(
      learningRate: try number("learningRate", 0.001), beta1: try number("beta1", 0.9),
      beta2: try number("beta2", 0.999), epsilon: try number("epsilon", 1e-8))
  }
}
