import GraphIR
import Operators
import Tensors

/// A learning rate that is one number up to each boundary, and another one after the last.
///
/// ```swift
/// let step = graph.variable("step", initialValue: Tensor(Int64(0)))
/// let rate = piecewiseConstantDecay(
///   boundaries: [1000, 2000], values: [0.1, 0.01, 0.001], step: step)
/// let train = try graph.minimize(loss, by: .adam(learningRate: .value(rate)), step: step)
/// ```
/// Like every schedule it has the formula and the arguments of the one in
/// `tf.keras.optimizers.schedules`, and gives a scalar of `Float64`; the result is invalid for
/// numbers that cannot be computed with.
///
/// - Parameters:
///   - boundaries: The last step of each value but the last, in rising order.
///   - values: The rates, one more than boundaries.
///   - step: How many steps there were.
public func piecewiseConstantDecay(
  boundaries: [Double], values: [Double], step: Value, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  scheduled(
    .piecewiseConstant(boundaries: boundaries, values: values), "piecewiseConstantDecay", step,
    Origin(fileID: fileID, line: line))
}

/// initialLearningRate · decayRate^(step / decaySteps).
///
/// - Parameters:
///   - initialLearningRate: The rate at first.
///   - decaySteps: After how many steps the rate is multiplied by `decayRate` once.
///   - decayRate: What the rate is multiplied by.
///   - staircase: Whether the rate changes once in `decaySteps` steps alone.
///   - step: How many steps there were.
public func exponentialDecay(
  initialLearningRate: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false,
  step: Value, fileID: String = #fileID, line: Int = #line
) -> Value {
  scheduled(
    .exponential(
      initial: initialLearningRate, steps: decaySteps, rate: decayRate, staircase: staircase),
    "exponentialDecay", step, Origin(fileID: fileID, line: line))
}

/// initialLearningRate / (1 + decayRate · step / decaySteps).
///
/// - Parameters:
///   - initialLearningRate: The rate at first.
///   - decaySteps: After how many steps the divisor has grown by `decayRate`.
///   - decayRate: How much the divisor grows.
///   - staircase: Whether the rate changes once in `decaySteps` steps alone.
///   - step: How many steps there were.
public func inverseTimeDecay(
  initialLearningRate: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false,
  step: Value, fileID: String = #fileID, line: Int = #line
) -> Value {
  scheduled(
    .inverseTime(
      initial: initialLearningRate, steps: decaySteps, rate: decayRate, staircase: staircase),
    "inverseTimeDecay", step, Origin(fileID: fileID, line: line))
}

/// From one rate to another along (1 − step / decaySteps)^power.
///
/// - Parameters:
///   - initialLearningRate: The rate at first.
///   - decaySteps: After how many steps the end is reached.
///   - endLearningRate: The rate at the end.
///   - power: 1 for a straight line.
///   - cycle: Whether the decay begins anew over more steps when it has ended.
///   - step: How many steps there were.
public func polynomialDecay(
  initialLearningRate: Double, decaySteps: Int, endLearningRate: Double = 0.0001,
  power: Double = 1, cycle: Bool = false, step: Value, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  scheduled(
    .polynomial(
      initial: initialLearningRate, steps: decaySteps, end: endLearningRate, power: power,
      cycle: cycle), "polynomialDecay", step, Origin(fileID: fileID, line: line))
}

/// Half a wave of the cosine (Loshchilov and Hutter 2017).
///
/// - Parameters:
///   - initialLearningRate: The rate at first.
///   - decaySteps: After how many steps the end is reached, without those of the warm-up.
///   - alpha: The part of the rate that is left at the end.
///   - warmupTarget: The rate that the warm-up leads to, and the decay begins with; without one
///     there is no warm-up.
///   - warmupSteps: Over how many steps the rate rises first.
///   - step: How many steps there were.
public func cosineDecay(
  initialLearningRate: Double, decaySteps: Int, alpha: Double = 0, warmupTarget: Double? = nil,
  warmupSteps: Int = 0, step: Value, fileID: String = #fileID, line: Int = #line
) -> Value {
  scheduled(
    .cosine(
      initial: initialLearningRate, steps: decaySteps, alpha: alpha, warmupTarget: warmupTarget,
      warmupSteps: warmupSteps), "cosineDecay", step, Origin(fileID: fileID, line: line))
}

/// Cosine decay that begins anew when it has ended (Loshchilov and Hutter 2017).
///
/// - Parameters:
///   - initialLearningRate: The rate at first.
///   - firstDecaySteps: How many steps the first decay takes.
///   - stepMultiplier: How many times as many steps each decay takes as the one before: Keras's
///     `t_mul`.
///   - rateMultiplier: What the rate is multiplied by at each restart: Keras's `m_mul`.
///   - alpha: The part of the rate that is left at the end of a decay.
///   - step: How many steps there were.
public func cosineDecayRestarts(
  initialLearningRate: Double, firstDecaySteps: Int, stepMultiplier: Double = 2,
  rateMultiplier: Double = 1, alpha: Double = 0, step: Value, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  scheduled(
    .cosineRestarts(
      initial: initialLearningRate, steps: firstDecaySteps, stepMultiplier: stepMultiplier,
      rateMultiplier: rateMultiplier, alpha: alpha), "cosineDecayRestarts", step,
    Origin(fileID: fileID, line: line))
}

/// A straight line up to a learning rate, in front of any schedule.
///
/// ```swift
/// let later = maximum(cast(step, to: .float64) - 500, 0)
/// let rate = linearWarmup(
///   exponentialDecay(initialLearningRate: 0.1, decaySteps: 1000, decayRate: 0.9, step: later),
///   warmupSteps: 500, step: step)
/// ```
/// - Parameters:
///   - learningRate: The rate after the warm-up, a scalar; a schedule that is to begin then counts
///     the steps from there on, as in the example.
///   - initialLearningRate: The rate at first.
///   - warmupSteps: Over how many steps the rate rises.
///   - step: How many steps there were.
public func linearWarmup(
  _ learningRate: Value, initialLearningRate: Double = 0, warmupSteps: Int, step: Value,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  guard learningRate.isValid else { return learningRate }
  return scheduled(
    .warmup(of: learningRate, initial: initialLearningRate, steps: warmupSteps), "linearWarmup",
    step, Origin(fileID: fileID, line: line))
}

private func scheduled(
  _ schedule: LearningRateSchedule, _ name: String, _ step: Value, _ origin: Origin
) -> Value {
  guard step.isValid else { return step }
  do {
    return try schedule.rate(after: step, origin: origin)
  } catch {
    step.graph.record("\(name): \(error)", origin)
    return step.graph.node(at: -1).output
  }
}
