import StaticGraph

extension TrainingWay {
  /// Learning rates that follow the steps, so that all parts of each come within twenty.
  static let schedules: [TrainingWay] = [
    TrainingWay(schedule: "PiecewiseConstantDecay([4, 9], [0.2, 0.1, 0.05])") {
      piecewiseConstantDecay(boundaries: [4, 9], values: [0.2, 0.1, 0.05], step: $0)
    },
    TrainingWay(schedule: "ExponentialDecay(0.2, 7, 0.5)") {
      exponentialDecay(initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, step: $0)
    },
    TrainingWay(schedule: "ExponentialDecay(0.2, 7, 0.5, staircase=True)") {
      exponentialDecay(
        initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, staircase: true, step: $0)
    },
    TrainingWay(schedule: "InverseTimeDecay(0.2, 7, 0.5)") {
      inverseTimeDecay(initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, step: $0)
    },
    TrainingWay(schedule: "InverseTimeDecay(0.2, 7, 0.5, staircase=True)") {
      inverseTimeDecay(
        initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, staircase: true, step: $0)
    },
    TrainingWay(schedule: "PolynomialDecay(0.2, 12, 0.01, 2.0)") {
      polynomialDecay(
        initialLearningRate: 0.2, decaySteps: 12, endLearningRate: 0.01, power: 2, step: $0)
    },
    TrainingWay(schedule: "PolynomialDecay(0.2, 6, cycle=True)") {
      polynomialDecay(initialLearningRate: 0.2, decaySteps: 6, cycle: true, step: $0)
    },
    TrainingWay(schedule: "CosineDecay(0.2, 15, 0.1)") {
      cosineDecay(initialLearningRate: 0.2, decaySteps: 15, alpha: 0.1, step: $0)
    },
    TrainingWay(schedule: "CosineDecay(0.02, 10, 0.1, warmup_target=0.2, warmup_steps=6)") {
      cosineDecay(
        initialLearningRate: 0.02, decaySteps: 10, alpha: 0.1, warmupTarget: 0.2, warmupSteps: 6,
        step: $0)
    },
    // The same by a warm-up in front of a schedule that begins later.
    TrainingWay(schedule: "CosineDecay(0.02, 10, 0.1, warmup_target=0.2, warmup_steps=6)") {
      linearWarmup(
        cosineDecay(
          initialLearningRate: 0.2, decaySteps: 10, alpha: 0.1,
          step: maximum(cast($0, to: .float64) - 6, 0)),
        initialLearningRate: 0.02, warmupSteps: 6, step: $0)
    },
    TrainingWay(schedule: "CosineDecayRestarts(0.2, 4, alpha=0.1)") {
      cosineDecayRestarts(initialLearningRate: 0.2, firstDecaySteps: 4, alpha: 0.1, step: $0)
    },
    TrainingWay(schedule: "CosineDecayRestarts(0.2, 5, t_mul=1.0, m_mul=0.8)") {
      cosineDecayRestarts(
        initialLearningRate: 0.2, firstDecaySteps: 5, stepMultiplier: 1, rateMultiplier: 0.8,
        step: $0)
    },
  ]
}
