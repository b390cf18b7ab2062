/// What is told of a training while it runs.
///
/// ```swift
/// final class Printer: Callback {
///   func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
///     print(epoch, logs["loss"] ?? .nan)
///   }
/// }
/// ```
/// A callback may read and change the model's weights and learning rate, and set `stopTraining`.
/// What it throws ends the training.
public protocol Callback: AnyObject {
  /// The training begins; the model is built.
  func trainingBegins(_ model: Model) throws
  /// An epoch begins; the first is 0.
  func epochBegins(_ epoch: Int, _ model: Model) throws
  /// A batch was trained on; the first of an epoch is 0. The numbers are those of the batch alone.
  func batchEnds(_ batch: Int, _ logs: Logs, _ model: Model) throws
  /// An epoch has ended, and the test after it.
  func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws
  /// The training has ended.
  func trainingEnds(_ model: Model) throws
}

extension Callback {
  public func trainingBegins(_ model: Model) throws {}
  public func epochBegins(_ epoch: Int, _ model: Model) throws {}
  public func batchEnds(_ batch: Int, _ logs: Logs, _ model: Model) throws {}
  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {}
  public func trainingEnds(_ model: Model) throws {}
}
