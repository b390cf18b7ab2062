import GraphIR
import Operators

extension Optimizer {
  /// Steps scaled by the sum of all squared gradients (Duchi, Hazan and Singer 2011):
  /// variable −= learningRate · gradient / (√sum + epsilon).
  ///
  /// The sum is kept as `NAME/Adagrad`. TensorFlow 1 has no `epsilon`, which is 0 there.
  ///
  /// - Parameter initialAccumulatorValue: What each sum begins with.
  public static func adagrad(
    learningRate: OptimizerNumber = 0.001, initialAccumulatorValue: Double = 0.1,
    epsilon: OptimizerNumber = 1e-7
  ) -> Optimizer {
    Optimizer(
      .adagrad,
      [
        "learningRate": learningRate, "initialAccumulatorValue": .number(initialAccumulatorValue),
        "epsilon": epsilon,
      ])
  }
}

extension OptimizerRule {
  static let adagrad = OptimizerRule(
    "adagrad", scope: "Adagrad",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("initialAccumulatorValue", .atLeastZero, default: 0.1),
      .number("epsilon", .atLeastZero, default: 1e-7),
    ]
  ) { step, pairs in
    let start = try step.constantNumber("initialAccumulatorValue")
    return pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      return step.apply(
        ResourceApplyAdagradV2(), ApplyAdagradV2(),
        [
          variable, step.slot("Adagrad", of: variable, filledWith: start),
          step.number("learningRate", type), step.number("epsilon", type), pair.gradient,
        ], to: variable)
    }
  }
}
