import GraphIR
import Operators

extension Optimizer {
  /// Steps scaled by a running mean of squared gradients (Hinton 2012).
  ///
  /// What is kept are `NAME/RMSProp`, the mean of squares, then, where `centered`, the mean, and
  /// the running step. Defaults are Keras's; TensorFlow 1 has an `epsilon` of 1e-10, and lets the
  /// mean of squares begin with 1.
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step.
  ///   - rho: How much of a mean is left after a step.
  ///   - momentum: How much of a step goes on in the next one.
  ///   - epsilon: Added to the mean of squares.
  ///   - centered: Whether the variance takes the place of the mean of squares (Graves 2013).
  public static func rmsProp(
    learningRate: OptimizerNumber = 0.001, rho: OptimizerNumber = 0.9,
    momentum: OptimizerNumber = 0, epsilon: OptimizerNumber = 1e-7, centered: Bool = false
  ) -> Optimizer {
    Optimizer(
      .rmsProp,
      ["learningRate": learningRate, "rho": rho, "momentum": momentum, "epsilon": epsilon],
      ["centered": centered])
  }
}

extension OptimizerRule {
  static let rmsProp = OptimizerRule(
    "rmsProp", scope: "RMSProp",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("rho", .upToOne, default: 0.9), .number("momentum", .upToOne, default: 0),
      .number("epsilon", .atLeastZero, default: 1e-7), .flag("centered"),
    ]
  ) { step, pairs in
    let isCentered = step.flag("centered")
    return pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      let squares = step.slot("RMSProp", of: variable)
      let others = (isCentered ? ["RMSProp_1", "RMSProp_2"] : ["RMSProp_1"]).map {
        step.slot($0, of: variable)
      }
      let inputs =
        ["learningRate", "rho", "momentum", "epsilon"].map { step.number($0, type) }
        + [pair.gradient]
      if isCentered {
        return step.apply(
          ResourceApplyCenteredRMSProp(), ApplyCenteredRMSProp(),
          [variable, others[0], squares, others[1]] + inputs, to: variable)
      }
      return step.apply(
        ResourceApplyRMSProp(), ApplyRMSProp(), [variable, squares, others[0]] + inputs,
        to: variable)
    }
  }
}
