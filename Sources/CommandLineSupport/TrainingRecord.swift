import Checkpoints
import StaticGraph
import Tensors
import Training

/// What a training keeps in the folder of its checkpoints: what it is told, the numbers of its
/// steps and tests, its best accuracy, and the checkpoints themselves.
final class TrainingRecord {
  private let folder: CheckpointFolder?
  private let settings: RunSettings
  private let every: Int?
  private let resumes: Bool
  private let restore: String?
  /// The steps that were done before, by the run that this one goes on with.
  private(set) var doneBefore = 0
  /// The best accuracy on the test images, and the epoch that reached it.
  private(set) var best: (accuracy: Double, epoch: Int)?
  /// The numbers of all steps and tests; `nil` where nothing is kept.
  private(set) var history: TrainingHistory?
  private var writtenStep: Int?
  private var goesOn = false
  private var isBegun = false

  private static let bestNames = (accuracy: "best_test_accuracy", epoch: "best_epoch")

  /// - Parameter data: The data of the training, where it has some.
  init(_ options: TrainingOptions, _ data: DataSet?) throws {
    folder = try options.checkpoint.map { try CheckpointFolder($0, keeping: options.keep) }
    settings = RunSettings(options, data)
    (every, resumes, restore) = (options.every, options.resume, options.restore)
  }

  /// Makes the folder, and sees to it that checkpoints can be written there.
  ///
  /// - Throws: `TensorError` with the path and the system's reason.
  func checkFolder() throws {
    guard let folder else { return }
    try makeFolder(folder.path)
    try checkIsWritable(join(folder.path, "checkpoint"))
  }

  /// Goes on with the newest checkpoint of the folder where that is wanted and there is one.
  ///
  /// - Returns: Whether a run goes on.
  /// - Throws: `GraphError` when that run was told something else, or has other variables.
  func resume(_ session: Session) throws -> Bool {
    guard let folder else { return false }
    try folder.deleteAbandonedFiles()
    let latest = resumes ? try folder.latest() : nil
    if let latest {
      try settings.check(against: folder.settings(), in: folder.path)
      try folder.deleteOld()
      try session.restore(Checkpoint.open(latest.prefix))
      doneBefore = latest.step ?? 0
      writtenStep = latest.step
      try readBest(folder)
      let restored = restore.map { "; what --restore \($0) has is not taken" } ?? ""
      writeError("going on from \(latest.prefix)\(restored)")
    } else if !resumes, let replaced = try? folder.latest() {
      writeError(
        "'\(folder.path)' has \(baseName(replaced.prefix)) of an earlier training, which this one"
          + " replaces; --resume goes on from it")
    }
    history = try TrainingHistory(
      writingTo: "\(folder.path)/history.csv", goingOnAfter: doneBefore)
    goesOn = latest != nil
    return goesOn
  }

  /// Keeps the accuracy of a test if it is the best so far.
  func note(accuracy: Double, _ epoch: Int) throws {
    guard best.map({ accuracy > $0.accuracy }) ?? true else { return }
    best = (accuracy, epoch)
    guard let folder else { return }
    try begin(folder)
    try folder.writeResults([
      Self.bestNames.accuracy: accuracy, Self.bestNames.epoch: Double(epoch),
    ])
  }

  func writeCheckpointIfDue(_ step: Int, _ session: Session) throws {
    if let every, step % every == 0 { try writeCheckpoint(step, session) }
  }

  /// Writes a checkpoint unless there is one of the step already.
  func writeCheckpoint(_ step: Int, _ session: Session) throws {
    guard let folder, writtenStep != step else { return }
    try begin(folder)
    try history?.flush()
    try folder.write(session.checkpointTensors, step: step)
    writtenStep = step
  }

  /// Before anything else is written: what another run left counts no longer, so that nobody goes
  /// on with it who is told what this one is.
  private func begin(_ folder: CheckpointFolder) throws {
    guard !isBegun else { return }
    isBegun = true
    if !goesOn {
      try folder.forgetLatest()
      try folder.writeResults([:])
    }
    try folder.writeSettings(settings.stored)
  }

  /// Takes the best accuracy of the run that this one goes on with.
  private func readBest(_ folder: CheckpointFolder) throws {
    let results = try folder.results()
    guard let accuracy = results[Self.bestNames.accuracy],
      let epoch = results[Self.bestNames.epoch].flatMap({ Int(exactly: $0) })
    else { return }
    best = (accuracy, epoch)
  }
}
