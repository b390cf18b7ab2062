extension Optimizer {
  /// The factor of the steps.
  package var learningRate: OptimizerNumber { number("learningRate") }

  /// The same optimiser with another learning rate.
  package func replacingLearningRate(by rate: OptimizerNumber) -> Optimizer {
    var numbers = numbers
    numbers["learningRate"] = rate
    return Optimizer(rule, numbers, flags)
  }
}
