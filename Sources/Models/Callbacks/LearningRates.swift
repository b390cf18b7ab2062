/// Sets the learning rate at the beginning of each epoch.
public final class LearningRateScheduler: Callback {
  private let schedule: (Int, Double) throws -> Double

  /// A callback that follows a schedule.
  ///
  /// - Parameter schedule: The rate of an epoch, from its number, the first being 0, and the rate
  ///   before it.
  public init(_ schedule: @escaping (_ epoch: Int, _ rate: Double) throws -> Double) {
    self.schedule = schedule
  }

  public func epochBegins(_ epoch: Int, _ model: Model) throws {
    try model.setLearningRate(try schedule(epoch, model.learningRate))
  }
}

/// Makes the learning rate smaller when a number has not become better for some epochs.
public final class ReduceLearningRateOnPlateau: Callback {
  private let factor: Double
  private let patience: Int
  private let minimumDelta: Double
  private let minimumRate: Double
  private let cooldown: Int
  private var monitor: Monitor
  private var waited = 0
  private var cooling = 0

  /// A callback that slows training down.
  ///
  /// - Parameters:
  ///   - monitor: The name of the number.
  ///   - factor: What the rate is multiplied by.
  ///   - patience: For how many epochs the number may become no better.
  ///   - minimumDelta: What a better number must be better by.
  ///   - cooldown: For how many epochs after that nothing counts.
  ///   - minimumRate: What the rate does not fall below.
  ///   - mode: Which numbers are better.
  public init(
    monitor: String = "val_loss", factor: Double = 0.1, patience: Int = 10,
    minimumDelta: Double = 1e-4, cooldown: Int = 0, minimumRate: Double = 0,
    mode: MonitorMode = .automatic
  ) {
    self.monitor = Monitor(monitor, mode)
    self.factor = factor
    self.patience = patience
    self.minimumDelta = minimumDelta
    self.cooldown = cooldown
    self.minimumRate = minimumRate
  }

  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
    let number = try monitor.number(in: logs)
    if cooling > 0 {
      cooling -= 1
      waited = 0
    }
    if monitor.improves(number, by: minimumDelta) {
      waited = 0
    } else if cooling == 0 {
      waited += 1
      if waited >= patience {
        let rate = try model.learningRate
        if rate > minimumRate { try model.setLearningRate(max(rate * factor, minimumRate)) }
        cooling = cooldown
        waited = 0
      }
    }
  }
}
