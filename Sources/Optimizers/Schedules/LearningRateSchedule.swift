import GraphIR
import Operators
import Tensors

/// A learning rate that follows the number of steps, with the formulas of
/// `tf.keras.optimizers.schedules`.
enum LearningRateSchedule {
  case piecewiseConstant(boundaries: [Double], values: [Double])
  case exponential(initial: Double, steps: Int, rate: Double, staircase: Bool)
  case inverseTime(initial: Double, steps: Int, rate: Double, staircase: Bool)
  case polynomial(initial: Double, steps: Int, end: Double, power: Double, cycle: Bool)
  case cosine(
    initial: Double, steps: Int, alpha: Double, warmupTarget: Double?, warmupSteps: Int)
  case cosineRestarts(
    initial: Double, steps: Int, stepMultiplier: Double, rateMultiplier: Double, alpha: Double)
  case warmup(of: Value, initial: Double, steps: Int)

  /// The rate after so many steps, as a scalar of `Float64`.
  ///
  /// - Throws: `ShapeError` for numbers that it cannot be computed with.
  func rate(after step: Value, origin: Origin) throws -> Value {
    guard step.shape.rank ?? 0 == 0, step.dataType.isNumeric else {
      throw ShapeError("step must be a scalar, but it is \(step.type)")
    }
    try check()
    return step.graph.ascribing(to: origin) {
      value(cast(step, to: .float64))
    }
  }

  private func value(_ step: Value) -> Value {
    switch self {
    case .piecewiseConstant(let boundaries, let values):
      let graph = step.graph
      func number(_ number: Double) -> Value { graph.constant(Tensor(number)) }
      return zip(boundaries, values).reversed().reduce(number(values[values.count - 1])) {
        select(lessEqual(step, number($1.0)), number($1.1), $0)
      }
    case .exponential(let initial, let steps, let rate, let isStaircase):
      return initial * pow(step.graph.constant(Tensor(rate)), part(step, steps, isStaircase))
    case .inverseTime(let initial, let steps, let rate, let isStaircase):
      return initial / (1 + rate * part(step, steps, isStaircase))
    case .polynomial(let initial, let steps, let end, let power, let isCycle):
      let part: Value
      if isCycle {
        let rounds = maximum(ceil(step / Double(steps)), 1)
        part = step / (rounds * Double(steps))
      } else {
        part = minimum(step, Double(steps)) / Double(steps)
      }
      return (initial - end) * pow(1 - part, power) + end
    case .cosine(let initial, let steps, let alpha, let target, let warmupSteps):
      guard let target else { return initial * cosine(step, steps, alpha) }
      let later = target * cosine(step - Double(warmupSteps), steps, alpha)
      guard warmupSteps > 0 else { return later }
      let rising = (target - initial) * (step / Double(warmupSteps)) + initial
      return select(less(step, step.graph.constant(Tensor(Double(warmupSteps)))), rising, later)
    case .cosineRestarts(let initial, let steps, let multiplier, let rateMultiplier, let alpha):
      return initial * restarting(step / Double(steps), multiplier, rateMultiplier, alpha)
    case .warmup(let rate, let initial, let steps):
      guard steps > 0 else { return cast(rate, to: .float64) }
      let target = cast(rate, to: .float64)
      return initial + (target - initial) * minimum(step / Double(steps), 1)
    }
  }

  /// How often the steps of a decay went by.
  private func part(_ step: Value, _ steps: Int, _ isStaircase: Bool) -> Value {
    isStaircase ? floor(step / Double(steps)) : step / Double(steps)
  }

  private func cosine(_ step: Value, _ steps: Int, _ alpha: Double) -> Value {
    let part = minimum(step, Double(steps)) / Double(steps)
    return (1 - alpha) * (0.5 * (1 + cos(.pi * part))) + alpha
  }

  /// Cosine decay that begins anew, each time over a multiple of the steps before.
  private func restarting(
    _ rounds: Value, _ multiplier: Double, _ rateMultiplier: Double, _ alpha: Double
  ) -> Value {
    let graph = rounds.graph
    let restart: Value
    let part: Value
    if multiplier == 1 {
      restart = floor(rounds)
      part = rounds - restart
    } else {
      let base = graph.constant(Tensor(multiplier))
      restart = floor(log(1 - rounds * (1 - multiplier)) / log(base))
      let scale = pow(base, restart)
      part = (rounds - (1 - scale) / (1 - multiplier)) / scale
    }
    let height = 0.5 * pow(graph.constant(Tensor(rateMultiplier)), restart)
    return (1 - alpha) * (height * (1 + cos(.pi * part))) + alpha
  }

  // MARK: What cannot be computed with

  private func check() throws {
    switch self {
    case .piecewiseConstant(let boundaries, let values):
      guard values.count == boundaries.count + 1 else {
        throw ShapeError(
          "there must be one value more than boundaries, but there are \(values.count) values and"
            + " \(boundaries.count) boundaries")
      }
      guard zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw ShapeError("boundaries must rise, but they are \(boundaries)")
      }
      for value in values { try rate(value, "each value") }
      guard boundaries.allSatisfy(\.isFinite) else {
        throw ShapeError("boundaries must be finite, but they are \(boundaries)")
      }
    case .exponential(let initial, let steps, let decay, _),
      .inverseTime(let initial, let steps, let decay, _):
      try rate(initial, "initialLearningRate")
      try count(steps, "decaySteps")
      try rate(decay, "decayRate")
    case .polynomial(let initial, let steps, let end, let power, _):
      try rate(initial, "initialLearningRate")
      try count(steps, "decaySteps")
      try rate(end, "endLearningRate")
      try rate(power, "power")
    case .cosine(let initial, let steps, let alpha, let target, let warmupSteps):
      try rate(initial, "initialLearningRate")
      try count(steps, "decaySteps")
      try rate(alpha, "alpha")
      if let target { try rate(target, "warmupTarget") }
      try count(warmupSteps, "warmupSteps", least: 0)
      guard target != nil || warmupSteps == 0 else {
        throw ShapeError("warmupSteps needs a warmupTarget, which the rate rises to")
      }
    case .cosineRestarts(let initial, let steps, let multiplier, let rateMultiplier, let alpha):
      try rate(initial, "initialLearningRate")
      try count(steps, "firstDecaySteps")
      guard multiplier.isFinite, multiplier >= 1 else {
        throw ShapeError("stepMultiplier must be at least 1, but it is \(multiplier)")
      }
      try rate(rateMultiplier, "rateMultiplier")
      try rate(alpha, "alpha")
    case .warmup(let target, let initial, let steps):
      guard target.shape.rank ?? 0 == 0, target.dataType.isFloatingPoint else {
        throw ShapeError("learningRate must be a scalar, but it is \(target.type)")
      }
      try rate(initial, "initialLearningRate")
      try count(steps, "warmupSteps", least: 0)
    }
  }

  private func rate(_ number: Double, _ name: String) throws {
    guard number.isFinite, number >= 0 else {
      throw ShapeError("\(name) must be at least 0, but it is \(number)")
    }
  }

  private func count(_ number: Int, _ name: String, least: Int = 1) throws {
    guard number >= least else {
      throw ShapeError("\(name) must be at least \(least), but it is \(number)")
    }
  }
}
