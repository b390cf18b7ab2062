import GraphIR
import Operators

extension Optimizer {
  /// Steps as large as the ones before them, scaled by running means of squares (Zeiler 2012).
  ///
  /// The means of squared gradients and steps are kept as `NAME/Adadelta` and `NAME/Adadelta_1`.
  /// Zeiler's own learning rate is 1. TensorFlow 1 has an `epsilon` of 1e-8.
  public static func adadelta(
    learningRate: OptimizerNumber = 0.001, rho: OptimizerNumber = 0.95,
    epsilon: OptimizerNumber = 1e-7
  ) -> Optimizer {
    Optimizer(.adadelta, ["learningRate": learningRate, "rho": rho, "epsilon": epsilon])
  }
}

extension OptimizerRule {
  static let adadelta = OptimizerRule(
    "adadelta", scope: "Adadelta",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("rho", .upToOne, default: 0.95), .number("epsilon", .atLeastZero, default: 1e-7),
    ]
  ) { step, pairs in
    pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      return step.apply(
        ResourceApplyAdadelta(), ApplyAdadelta(),
        [variable] + ["Adadelta", "Adadelta_1"].map { step.slot($0, of: variable) }
          + ["learningRate", "rho", "epsilon"].map { step.number($0, type) } + [pair.gradient],
        to: variable)
    }
  }
}
