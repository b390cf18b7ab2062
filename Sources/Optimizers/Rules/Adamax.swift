import GraphIR
import Operators

extension Optimizer {
  /// Adam with the largest gradient of late in the place of the second moment (Kingma and Ba 2015).
  ///
  /// The moment and the norm are kept as `NAME/AdaMax` and `NAME/AdaMax_1`.
  public static func adamax(
    learningRate: OptimizerNumber = 0.001, beta1: OptimizerNumber = 0.9,
    beta2: OptimizerNumber = 0.999, epsilon: OptimizerNumber = 1e-7
  ) -> Optimizer {
    Optimizer(
      .adamax,
      ["learningRate": learningRate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon])
  }
}

extension OptimizerRule {
  static let adamax = OptimizerRule(
    "adamax", scope: "AdaMax",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("beta1", .belowOne, default: 0.9), .number("beta2", .belowOne, default: 0.999),
      .number("epsilon", .atLeastZero, default: 1e-7),
    ]
  ) { step, pairs in
    let powers = step.powers(of: ["beta1"])
    let updates = pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      return step.apply(
        ResourceApplyAdaMax(), ApplyAdaMax(),
        [variable] + ["AdaMax", "AdaMax_1"].map { step.slot($0, of: variable) }
          + [cast(powers[0].power, to: type)]
          + ["learningRate", "beta1", "beta2", "epsilon"].map { step.number($0, type) }
          + [pair.gradient], to: variable)
    }
    return step.advancing(powers, after: updates)
  }
}
