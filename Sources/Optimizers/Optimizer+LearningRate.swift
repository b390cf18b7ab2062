extension Optimizer {
  /// The factor of the steps.
  package var learningRate: OptimizerNumber {
    switch self {
    case .gradientDescent(let rate), .momentum(let rate, _, _), .adam(let rate, _, _, _): rate
    }
  }

  /// The same optimiser with another learning rate.
  package func replacingLearningRate(by rate: OptimizerNumber) -> Optimizer {
    switch self {
    case .gradientDescent: .gradientDescent(learningRate: rate)
    case .momentum(_, let momentum, let nesterov):
      .momentum(learningRate: rate, momentum: momentum, nesterov: nesterov)
    case .adam(_, let beta1, let beta2, let epsilon):
      .adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    }
  }
}
