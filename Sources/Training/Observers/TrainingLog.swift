import EventFiles
import Execution
import GraphIR
import Tensors

/// Logs a training for TensorBoard.
///
/// In the folder there are two runs: `train` has the numbers of each step, the graph, and after
/// each epoch histograms of the variables; `test` has what the test after each epoch gave, under
/// the same names, so that TensorBoard draws both into one chart.
public final class TrainingLog: TrainingObserver {
  private let folder: String
  private let session: Session
  private let firstStep: Int
  private let training: SummaryWriter
  private var test: SummaryWriter?
  private var lastStep: Int
  private var loggedStep: Int

  /// A log in a folder, which is made where it is missing.
  ///
  /// - Parameters:
  ///   - folder: What `tensorboard --logdir` is given.
  ///   - session: The session whose graph and variables are logged.
  ///   - step: The last step that was done before, by a run that this one goes on with. What the
  ///     folder tells of later steps counts no longer: from 0 on, a log replaces the one before.
  /// - Throws: `TensorError` when the folder or a file cannot be written, `GraphError` for a graph
  ///   that does not fit in a file.
  public init(_ folder: String, of session: Session, goingOnAfter step: Int = 0) throws {
    self.folder = folder
    self.session = session
    firstStep = step
    (lastStep, loggedStep) = (step, step)
    training = try SummaryWriter("\(folder)/train", goingOnAfter: step)
    try training.add(session.graph)
  }

  public func didStep(_ step: StepResults) throws {
    lastStep = step.number
    try training.add(scalars: tagged(step.names, step.values), step: step.number)
  }

  public func didEndEpoch(_ epoch: EpochResults) throws {
    lastStep = epoch.step
    if !epoch.names.isEmpty {
      let writer =
        try test ?? SummaryWriter("\(folder)/test", goingOnAfter: firstStep, pendingLimit: 1)
      test = writer
      try writer.add(scalars: tagged(epoch.names, epoch.values), step: epoch.step)
    }
    try logVariables()
    try training.flush()
  }

  public func didFinish() throws {
    if loggedStep != lastStep { try logVariables() }
    try training.flush()
  }

  private func tagged(_ names: [String], _ values: [Double]) -> [(tag: String, value: Double)] {
    zip(names, values).map { (tag: $0, value: $1) }
  }

  /// Histograms of what is trained: variables of several numbers, without what an optimizer keeps
  /// of them, which is called `variable/…`.
  private func logVariables() throws {
    loggedStep = lastStep
    let names = session.variables.names
    let known = Set(names)
    for name in names {
      let owner = name.lastIndex(of: "/").map { String(name[..<$0]) }
      if let owner, known.contains(owner) { continue }
      guard let tensor = session.variables[name], tensor.elementCount > 1,
        tensor.dataType.isFloatingPoint
      else { continue }
      try training.add(histogramOf: tensor, tag: name, step: lastStep)
    }
  }
}
