import GraphIR
import Operators

extension Optimizer {
  /// variable −= learningRate · gradient.
  public static func gradientDescent(learningRate: OptimizerNumber) -> Optimizer {
    Optimizer(.gradientDescent, ["learningRate": learningRate])
  }

  /// Gradient descent along a running sum of gradients (Polyak 1964), or Nesterov's form of it.
  ///
  /// The sum is kept as `NAME/Momentum`.
  public static func momentum(
    learningRate: OptimizerNumber, momentum: OptimizerNumber = 0.9, nesterov: Bool = false
  ) -> Optimizer {
    Optimizer(
      .momentum, ["learningRate": learningRate, "momentum": momentum], ["nesterov": nesterov])
  }
}

extension OptimizerRule {
  static let gradientDescent = OptimizerRule(
    "gradientDescent", scope: "GradientDescent", [.number("learningRate", .atLeastZero)]
  ) { step, pairs in
    pairs.map { pair in
      let variable = pair.variable
      return step.apply(
        ResourceApplyGradientDescent(), ApplyGradientDescent(),
        [variable, step.number("learningRate", variable.dataType), pair.gradient], to: variable)
    }
  }

  static let momentum = OptimizerRule(
    "momentum", scope: "Momentum",
    [
      .number("learningRate", .atLeastZero), .number("momentum", .upToOne, default: 0.9),
      .flag("nesterov"),
    ]
  ) { step, pairs in
    var (ofHandle, ofReference) = (ResourceApplyMomentum(), ApplyMomentum())
    ofHandle.isNesterov = step.flag("nesterov")
    ofReference.isNesterov = step.flag("nesterov")
    return pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      return step.apply(
        ofHandle, ofReference,
        [
          variable, step.slot("Momentum", of: variable), step.number("learningRate", type),
          pair.gradient, step.number("momentum", type),
        ], to: variable)
    }
  }
}
