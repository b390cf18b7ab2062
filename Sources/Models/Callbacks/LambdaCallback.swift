/// Calls closures.
public final class LambdaCallback: Callback {
  private let onEpochBegin: ((Int, Model) throws -> Void)?
  private let onBatchEnd: ((Int, Logs, Model) throws -> Void)?
  private let onEpochEnd: ((Int, Logs, Model) throws -> Void)?

  /// A callback of closures.
  ///
  /// - Parameters:
  ///   - onEpochBegin: Is called at the beginning of each epoch.
  ///   - onBatchEnd: Is called after each batch.
  ///   - onEpochEnd: Is called at the end of each epoch.
  public init(
    onEpochBegin: ((Int, Model) throws -> Void)? = nil,
    onBatchEnd: ((Int, Logs, Model) throws -> Void)? = nil,
    onEpochEnd: ((Int, Logs, Model) throws -> Void)? = nil
  ) {
    self.onEpochBegin = onEpochBegin
    self.onBatchEnd = onBatchEnd
    self.onEpochEnd = onEpochEnd
  }

  public func epochBegins(_ epoch: Int, _ model: Model) throws { try onEpochBegin?(epoch, model) }

  public func batchEnds(_ batch: Int, _ logs: Logs, _ model: Model) throws {
    try onBatchEnd?(batch, logs, model)
  }

  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
    try onEpochEnd?(epoch, logs, model)
  }
}
