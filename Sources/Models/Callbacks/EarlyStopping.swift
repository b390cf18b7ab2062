import Tensors

/// Ends the training when a number has not become better for some epochs.
public final class EarlyStopping: Callback {
  private let minimumDelta: Double
  private let patience: Int
  private let restoreBestWeights: Bool
  private let startFromEpoch: Int
  private var monitor: Monitor
  private let fresh: Monitor
  private var waited = 0
  private var bestWeights: [String: Tensor]?
  /// The epoch after which the training ended; `nil` when it went on to its end.
  public private(set) var stoppedEpoch: Int?
  /// The epoch with the best number.
  public private(set) var bestEpoch: Int?

  /// A callback that stops early.
  ///
  /// - Parameters:
  ///   - monitor: The name of the number.
  ///   - minimumDelta: What a better number must be better by.
  ///   - patience: For how many epochs it may become no better.
  ///   - mode: Which numbers are better.
  ///   - restoreBestWeights: Whether the model has the weights of the best epoch in the end.
  ///   - startFromEpoch: The first epoch that counts.
  public init(
    monitor: String = "val_loss", minimumDelta: Double = 0, patience: Int = 0,
    mode: MonitorMode = .automatic, restoreBestWeights: Bool = false, startFromEpoch: Int = 0
  ) {
    fresh = Monitor(monitor, mode)
    self.monitor = fresh
    self.minimumDelta = abs(minimumDelta)
    self.patience = patience
    self.restoreBestWeights = restoreBestWeights
    self.startFromEpoch = startFromEpoch
  }

  public func trainingBegins(_ model: Model) throws {
    monitor = fresh
    waited = 0
    bestWeights = nil
    stoppedEpoch = nil
    bestEpoch = nil
  }

  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
    let number = try monitor.number(in: logs)
    guard epoch >= startFromEpoch else { return }
    if monitor.improves(number, by: minimumDelta) {
      waited = 0
      bestEpoch = epoch
      if restoreBestWeights { bestWeights = try model.weightValues() }
      return
    }
    waited += 1
    if waited >= patience {
      stoppedEpoch = epoch
      model.stopTraining = true
    }
  }

  public func trainingEnds(_ model: Model) throws {
    if let bestWeights { try model.setWeightValues(bestWeights) }
    bestWeights = nil
  }
}
