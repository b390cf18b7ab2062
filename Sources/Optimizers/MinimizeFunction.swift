import GraphIR
import Operators
import Tensors

/// `minimize` in a `.graph` file.
public let minimizeFunction = GraphFunction(
  "minimize",
  [
    .positional("loss"), .labelled("by"), .labelled("variables", default: "[]"),
    .labelled("clipping", default: "none"), .labelled("weightDecay", default: "none"),
    .labelled("step", default: "none"),
  ]
) { call in
  let loss = try call.value("loss")
  let minimization = Minimization(
    optimizer: try optimizer(call),
    variables: call["variables"] == nil ? nil : try call.values("variables"),
    clipping: try clipping(call), weightDecay: try weightDecay(call),
    counter: call["step"] == nil ? nil : try call.value("step"))
  _ = try call.graph.minimize(loss, minimization, name: "minimize", origin: call.origin)
  return []
}

private func optimizer(_ call: FunctionCall) throws -> Optimizer {
  let rules = OptimizerRule.all
  guard
    let choice = try ChoiceArgument(
      call["by"], parameter: "by", of: rules.map(\.name), noun: "optimizer",
      example: ".adam(learningRate: 0.001)"),
    let rule = rules.first(where: { $0.name == choice.name })
  else { throw ShapeError("by is missing") }
  try choice.check(labels: rule.parameters.map(\.label))
  var numbers: [String: OptimizerNumber] = [:]
  var flags: [String: Bool] = [:]
  for parameter in rule.parameters {
    switch parameter.kind {
    case .number:
      numbers[parameter.label] = try choice.number(
        parameter.label, default: parameter.standard.map { .number($0) })
    case .flag: flags[parameter.label] = try choice.flag(parameter.label)
    }
  }
  return Optimizer(rule, numbers, flags)
}

private func clipping(_ call: FunctionCall) throws -> GradientClipping? {
  guard
    let choice = try ChoiceArgument(
      call["clipping"], parameter: "clipping", of: GradientClipping.names,
      noun: "way to clip gradients", example: ".globalNorm(limit: 1)")
  else { return nil }
  try choice.check(labels: ["limit"])
  let limit = try choice.number("limit")
  return switch choice.name {
  case "value": .value(limit: limit)
  case "localNorm": .localNorm(limit: limit)
  default: .globalNorm(limit: limit)
  }
}

private func weightDecay(_ call: FunctionCall) throws -> WeightDecay? {
  guard
    let choice = try ChoiceArgument(
      call["weightDecay"], parameter: "weightDecay", of: WeightDecay.names,
      noun: "weight decay", example: ".decoupled(rate: 0.004)")
  else { return nil }
  let label = choice.name == "l2" ? "strength" : "rate"
  try choice.check(labels: [label, "excluding"])
  let number = try choice.number(label)
  let excluded = try choice.values("excluding")
  return choice.name == "l2"
    ? .l2(strength: number, excluding: excluded) : .decoupled(rate: number, excluding: excluded)
}
