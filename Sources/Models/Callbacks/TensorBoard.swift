import EventFiles
import Tensors

/// Logs a training for TensorBoard, under the names that Keras uses.
///
/// ```swift
/// try model.fit(train, epochs: 5, validation: test, callbacks: [TensorBoard("runs/first")])
/// // tensorboard --logdir runs
/// ```
/// The folder gets the runs `train`, with `epoch_loss` and the like, the graph and histograms of
/// the weights, and `validation`, with the same names for the validation.
public final class TensorBoard: Callback {
  private let folder: String
  private let histogramFrequency: Int
  private let writesGraph: Bool
  private let logsBatches: Bool
  private var training: SummaryWriter?
  private var validation: SummaryWriter?
  private var batchNumber = 0

  /// A callback that logs to a folder, which is made where it is missing.
  ///
  /// - Parameters:
  ///   - folder: What `tensorboard --logdir` is given, or a folder in that.
  ///   - histogramFrequency: Every how many epochs histograms of the weights are written; never
  ///     when it is 0 or less.
  ///   - writesGraph: Whether the graph is written.
  ///   - logsBatches: Whether the numbers of each batch are written, as `batch_loss` and the like.
  public init(
    _ folder: String, histogramFrequency: Int = 0, writesGraph: Bool = true,
    logsBatches: Bool = false
  ) {
    self.folder = folder
    self.histogramFrequency = histogramFrequency
    self.writesGraph = writesGraph
    self.logsBatches = logsBatches
  }

  public func trainingBegins(_ model: Model) throws {
    batchNumber = 0
    validation = nil
    let writer = try SummaryWriter("\(folder)/train", goingOnAfter: 0)
    if writesGraph { try writer.add(model.graph) }
    training = writer
  }

  public func batchEnds(_ batch: Int, _ logs: Logs, _ model: Model) throws {
    batchNumber += 1
    guard logsBatches else { return }
    try training?.add(
      scalars: logs.entries.map { (tag: "batch_\($0.name)", value: $0.number) }, step: batchNumber)
  }

  public func epochEnds(_ epoch: Int, _ logs: Logs, _ model: Model) throws {
    let prefix = "val_"
    func scalars(_ entries: [(name: String, number: Double)]) -> [(tag: String, value: Double)] {
      entries.map { (tag: "epoch_\($0.name)", value: $0.number) }
    }
    let rate = ("learning_rate", try model.learningRate)
    try training?.add(
      scalars: scalars(logs.entries.filter { !$0.name.hasPrefix(prefix) } + [rate]), step: epoch)
    let tested = logs.entries.filter { $0.name.hasPrefix(prefix) }
    if !tested.isEmpty {
      let writer =
        try validation ?? SummaryWriter("\(folder)/validation", goingOnAfter: 0, pendingLimit: 1)
      validation = writer
      try writer.add(
        scalars: scalars(tested.map { (String($0.name.dropFirst(prefix.count)), $0.number) }),
        step: epoch)
    }
    if histogramFrequency > 0, epoch % histogramFrequency == 0 {
      for (name, value) in try model.weightValues().sorted(by: { $0.key < $1.key }) {
        try training?.add(histogramOf: value, tag: name, step: epoch)
      }
    }
    try training?.flush()
  }

  public func trainingEnds(_ model: Model) throws {
    try training?.flush()
    try validation?.flush()
  }
}
