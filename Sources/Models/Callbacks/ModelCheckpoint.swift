import Tensors

/// Saves the weights after epochs.
public final class ModelCheckpoint: Callback {
  private let path: String
  private let saveBestOnly: Bool
  private var monitor: Monitor
  /// The file that was written last.
  public private(set) var latestPath: String?

  /// A callback that saves weights.
  ///
  /// - Parameters:
  ///   - path: Where to; `{epoch}` in it becomes the number of the epoch, from 1 on. The format is
  ///     that of `Model.saveWeights(to:)`.
  ///   - monitor: The name of the number that tells which epoch is the best.
  ///   - saveBestOnly: Whether only epochs that are better than all before are saved.
  ///   - mode: Which numbers are better.
  public init(
    _ path: String, monitor: String = "val_loss", saveBestOnly: Bool = false,
    mode: MonitorMode = .automatic
  ) {
    self.path = path
    self.saveBestOnly = saveBestOnly
    self.monitor = Monitor(monitor, mode)
  }

  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
    if saveBestOnly {
      guard monitor.improves(try monitor.number(in: logs)) else { return }
    }
    let pieces = path.split(separator: "{epoch}", omittingEmptySubsequences: false)
    let target = pieces.joined(separator: "\(epoch + 1)")
    try model.saveWeights(to: target)
    latestPath = target
  }
}
