/// Ends a training whose loss is no finite number any more.
public final class TerminateOnNaN: Callback {
  /// A callback that watches the loss of each batch.
  public init() {}

  public func batchEnds(_ batch: Int, _ logs: Logs, _ model: Model) throws {
    if let loss = logs["loss"], !loss.isFinite { model.stopTraining = true }
  }
}
