import GraphIR
import Operators

extension Optimizer {
  /// Steps scaled by running moments of the gradient (Kingma and Ba 2015).
  ///
  /// The moments are kept as `NAME/Adam` and `NAME/Adam_1`. The default of `epsilon` is TensorFlow
  /// 1's; Keras has 1e-7.
  ///
  /// - Parameter amsgrad: Whether the step is scaled by the largest second moment so far (Reddi,
  ///   Kale and Kumar 2018), which is kept as `NAME/Adam_2`. TensorFlow has this update for
  ///   variables with handles alone, which all but those of older files are.
  public static func adam(
    learningRate: OptimizerNumber = 0.001, beta1: OptimizerNumber = 0.9,
    beta2: OptimizerNumber = 0.999, epsilon: OptimizerNumber = 1e-8, amsgrad: Bool = false
  ) -> Optimizer {
    Optimizer(
      .adam,
      ["learningRate": learningRate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon],
      ["amsgrad": amsgrad])
  }

  /// Adam with a decay of the variables that is no part of the gradient (Loshchilov and Hutter
  /// 2019): before the step, variable −= learningRate · weightDecay · variable.
  ///
  /// Defaults are Keras's. What is kept has the names of `adam`. To leave variables out of the
  /// decay, give `minimize` a `weightDecay` and train by `adam`.
  public static func adamW(
    learningRate: OptimizerNumber = 0.001, weightDecay: OptimizerNumber = 0.004,
    beta1: OptimizerNumber = 0.9, beta2: OptimizerNumber = 0.999,
    epsilon: OptimizerNumber = 1e-7, amsgrad: Bool = false
  ) -> Optimizer {
    Optimizer(
      .adamW,
      [
        "learningRate": learningRate, "weightDecay": weightDecay, "beta1": beta1, "beta2": beta2,
        "epsilon": epsilon,
      ], ["amsgrad": amsgrad])
  }
}

extension OptimizerRule {
  static let adam = OptimizerRule(
    "adam", scope: "Adam",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("beta1", .belowOne, default: 0.9), .number("beta2", .belowOne, default: 0.999),
      .number("epsilon", .atLeastZero, default: 1e-8), .flag("amsgrad"),
    ]
  ) { step, pairs in try adamUpdates(&step, pairs) }

  static let adamW = OptimizerRule(
    "adamW", scope: "AdamW",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("weightDecay", .atLeastZero, default: 0.004),
      .number("beta1", .belowOne, default: 0.9), .number("beta2", .belowOne, default: 0.999),
      .number("epsilon", .atLeastZero, default: 1e-7), .flag("amsgrad"),
    ]
  ) { step, pairs in
    let decays = step.decays(pairs) { $0.number("weightDecay", $1) }
    return try step.graph.controlDependencies(on: decays) { try adamUpdates(&step, pairs) }
  }
}

private func adamUpdates(_ step: inout TrainingStep, _ pairs: [Trained]) throws -> [GraphNode] {
  let powers = step.powers(of: ["beta1", "beta2"])
  let usesLargest = step.flag("amsgrad")
  let updates = try pairs.map { pair -> GraphNode in
    let (variable, type) = (pair.variable, pair.variable.dataType)
    var slots = ["Adam", "Adam_1"].map { step.slot($0, of: variable) }
    if usesLargest { slots.append(step.slot("Adam_2", of: variable)) }
    let numbers =
      powers.map { cast($0.power, to: type) }
      + ["learningRate", "beta1", "beta2", "epsilon"].map { step.number($0, type) }
    let inputs = [variable] + slots + numbers + [pair.gradient]
    guard usesLargest else {
      return step.apply(ResourceApplyAdam(), ApplyAdam(), inputs, to: variable)
    }
    guard step.isHandle(variable) else {
      throw GraphError(
        "minimize: amsgrad changes variables with handles alone, but '\(variable.node.name)' is"
          + " a variable of the older form", at: step.origin.location)
    }
    return step.apply(
      ResourceApplyAdamWithAmsgrad(), ResourceApplyAdamWithAmsgrad(), inputs, to: variable)
  }
  return step.advancing(powers, after: updates)
}
