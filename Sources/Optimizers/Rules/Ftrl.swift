import GraphIR
import Operators

extension Optimizer {
  /// FTRL-Proximal, which keeps variables at 0 that do not matter (McMahan and others 2013).
  ///
  /// The sum of squared gradients and the linear term are kept as `NAME/Ftrl` and `NAME/Ftrl_1`.
  /// TensorFlow 1 has the same defaults, but for the learning rate, which must be given.
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step, above 0.
  ///   - learningRatePower: The power of the sum of squares that scales a step, at most 0.
  ///   - initialAccumulatorValue: What each sum begins with.
  ///   - l1RegularizationStrength: What keeps small variables at 0.
  ///   - l2RegularizationStrength: What keeps variables small.
  ///   - l2ShrinkageRegularizationStrength: What is added to the gradient, times twice the
  ///     variable, without becoming a part of the sum of squares.
  ///   - beta: Part of the step's divisor; adds `beta / (2 · learningRate)` to the second strength.
  public static func ftrl(
    learningRate: OptimizerNumber = 0.001, learningRatePower: OptimizerNumber = -0.5,
    initialAccumulatorValue: Double = 0.1, l1RegularizationStrength: OptimizerNumber = 0,
    l2RegularizationStrength: OptimizerNumber = 0,
    l2ShrinkageRegularizationStrength: OptimizerNumber = 0, beta: OptimizerNumber = 0
  ) -> Optimizer {
    Optimizer(
      .ftrl,
      [
        "learningRate": learningRate, "learningRatePower": learningRatePower,
        "initialAccumulatorValue": .number(initialAccumulatorValue),
        "l1RegularizationStrength": l1RegularizationStrength,
        "l2RegularizationStrength": l2RegularizationStrength,
        "l2ShrinkageRegularizationStrength": l2ShrinkageRegularizationStrength, "beta": beta,
      ])
  }
}

extension OptimizerRule {
  static let ftrl = OptimizerRule(
    "ftrl", scope: "Ftrl",
    [
      .number("learningRate", .aboveZero, default: 0.001),
      .number("learningRatePower", .atMostZero, default: -0.5),
      .number("initialAccumulatorValue", .atLeastZero, default: 0.1),
      .number("l1RegularizationStrength", .atLeastZero, default: 0),
      .number("l2RegularizationStrength", .atLeastZero, default: 0),
      .number("l2ShrinkageRegularizationStrength", .atLeastZero, default: 0),
      .number("beta", .atLeastZero, default: 0),
    ]
  ) { step, pairs in
    let start = try step.constantNumber("initialAccumulatorValue")
    return pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      let rate = step.number("learningRate", type)
      var strength = step.number("l2RegularizationStrength", type)
      if case .number(0) = step.optimizer.number("beta") {
      } else {
        strength = strength + step.number("beta", type) / (2 * rate)
      }
      return step.apply(
        ResourceApplyFtrlV2(), ApplyFtrlV2(),
        [
          variable, step.slot("Ftrl", of: variable, filledWith: start),
          step.slot("Ftrl_1", of: variable), pair.gradient, rate,
          step.number("l1RegularizationStrength", type), strength,
          step.number("l2ShrinkageRegularizationStrength", type),
          step.number("learningRatePower", type),
        ], to: variable)
    }
  }
}
