import Tensors

/// A folder of the checkpoints of one training run, of which the newest are kept.
///
/// ```swift
/// let folder = try CheckpointFolder("runs/mnist", keeping: 3)
/// try folder.write(variables, step: 1000)      // runs/mnist/model-1000.index, …
/// if let latest = try folder.latest() {
///   let checkpoint = try Checkpoint.open(latest.prefix)
/// }
/// ```
/// The file `checkpoint` of the folder names the latest one, in TensorFlow's form: its
/// `tf.train.latest_checkpoint` finds it.
public struct CheckpointFolder: Hashable, Sendable {
  /// The latest checkpoint of a folder.
  public struct Latest: Hashable, Sendable {
    /// What `Checkpoint.open` takes.
    public let prefix: String
    /// The step in its name; `nil` when it has none.
    public let step: Int?
  }

  /// The folder.
  public let path: String
  /// What the names of the checkpoints begin with.
  public let name: String
  /// How many checkpoints are kept.
  public let keptCount: Int

  /// A folder that may not be there yet.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - name: What the names of the checkpoints begin with, before `-STEP`.
  ///   - count: How many checkpoints are kept, at least 1.
  /// - Throws: `TensorError` when the name cannot be that of a file, or none would be kept.
  public init(_ path: String, name: String = "model", keeping count: Int = 5) throws {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw TensorError("'\(path)' is no path of a folder")
    }
    guard !name.isEmpty, !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "/")) else {
      throw TensorError("'\(name)' cannot be the name of a checkpoint in a folder")
    }
    guard count >= 1 else {
      throw TensorError("\(count) checkpoints were to be kept, but at least 1 is")
    }
    (self.path, self.name, keptCount) = (path, name, count)
  }

  /// The latest checkpoint, or `nil` when there is none, or not even the folder.
  ///
  /// It is the one that the file `checkpoint` names; without that file, the one of the highest
  /// step.
  ///
  /// - Throws: `TensorError` when the file is damaged, or names one that is not there.
  public func latest() throws -> Latest? {
    guard isFile(CheckpointState.path(in: path)) else {
      return highestStep().map { Latest(prefix: prefix(step: $0), step: $0) }
    }
    let state = try CheckpointState(folder: path)
    guard let prefix = state.latestPrefix(in: path) else { return nil }
    guard isFile(prefix + Table.suffix) else {
      let other = highestStep().map { "the highest step there is \($0)" } ?? "there is no other"
      throw TensorError(
        "'\(CheckpointState.path(in: path))' names '\(prefix)' as the latest checkpoint, but "
          + "'\(prefix)\(Table.suffix)' is not there; \(other)")
    }
    return Latest(prefix: prefix, step: step(of: lastComponent(of: prefix), after: nil))
  }

  /// Writes a checkpoint, names it as the latest, and deletes the oldest ones beyond those kept.
  ///
  /// At every moment the file `checkpoint` names one that is whole, and lists all that are to be
  /// deleted until they are. Only what it lists is deleted, and only under names of this folder's
  /// own.
  ///
  /// - Parameters:
  ///   - tensors: What `Checkpoint.write` takes.
  ///   - step: The number of the step, not negative. A checkpoint of the same step is replaced.
  /// - Returns: The prefix of the files, as `Checkpoint.open` takes it.
  /// - Throws: `TensorError` that names the path or the tensor.
  @discardableResult
  public func write(_ tensors: [String: Tensor], step: Int) throws -> String {
    guard step >= 0 else { throw TensorError("a checkpoint was to be of step \(step)") }
    var state = try currentState()
    let prefix = prefix(step: step)
    try Checkpoint.write(tensors, prefix: prefix)

    let own = lastComponent(of: prefix)
    state.all.removeAll { nameHere($0) == own }
    state.all.append(own)
    state.latest = own
    // Whoever is stopped in between finds the old ones in the list the next time.
    try state.write(folder: path)
    try deleteOld(&state)
    return prefix
  }

  /// Deletes the oldest checkpoints beyond those kept, which a process had begun to do when it was
  /// killed.
  ///
  /// - Throws: `TensorError` with the path and the system's reason, or when the file `checkpoint` is
  ///   damaged.
  public func deleteOld() throws {
    guard isFile(CheckpointState.path(in: path)) else { return }
    var state = try CheckpointState(folder: path)
    try deleteOld(&state)
  }

  private func deleteOld(_ state: inout CheckpointState) throws {
    let ours = state.all.filter { isOurs($0) }
    var old = Set(ours.dropLast(keptCount))
    if let latest = state.latest { old.remove(latest) }
    guard !old.isEmpty else { return }
    for name in ours where old.contains(name) {
      if let name = nameHere(name) { try BundleFiles.delete(prefix: join(path, name)) }
    }
    state.all.removeAll { old.contains($0) }
    try state.write(folder: path)
  }

  /// Lets the folder name no checkpoint as the latest, as when another run begins in it.
  ///
  /// Those that are there stay until as many newer ones are written as are kept.
  ///
  /// - Throws: `TensorError` with the path and the system's reason, or when the file `checkpoint` is
  ///   damaged.
  public func forgetLatest() throws {
    var state = try currentState()
    state.latest = nil
    try state.write(folder: path)
  }

  /// Deletes files that a process had begun to write when it was killed.
  ///
  /// What another process writes at this moment is left alone.
  ///
  /// - Returns: How many there were.
  /// - Throws: `TensorError` with the path and the system's reason.
  @discardableResult
  public func deleteAbandonedFiles() throws -> Int {
    let abandoned = fileNames(in: path).map { (name: $0, path: join(path, $0)) }
      .filter { isAbandonedTemporaryFile($0.path, named: $0.name) }
    for file in abandoned { try deleteFile(file.path) }
    return abandoned.count
  }

  /// What the file `checkpoint` says, in a folder that is made where it is missing.
  private func currentState() throws -> CheckpointState {
    try makeFolder(path)
    let hasState = fileKind(CheckpointState.path(in: path)) != nil
    return hasState ? try CheckpointState(folder: path) : CheckpointState()
  }

  private func prefix(step: Int) -> String { join(path, "\(name)-\(step)") }

  /// The name in this folder that a path of the state means; `nil` for one elsewhere.
  private func nameHere(_ path: String) -> String? {
    let name = lastComponent(of: path)
    return path == name || path == join(self.path, name) ? name : nil
  }

  private func isOurs(_ path: String) -> Bool {
    nameHere(path).flatMap { step(of: $0, after: name) } != nil
  }

  private func highestStep() -> Int? {
    fileNames(in: path).compactMap { file in
      guard file.utf8.suffix(Table.suffix.utf8.count).elementsEqual(Table.suffix.utf8) else {
        return nil
      }
      return step(of: String(file.dropLast(Table.suffix.count)), after: name)
    }.max()
  }

  /// The digits behind the last `-` of a name; `nil` when other text than `start` is before it.
  private func step(of name: String, after start: String?) -> Int? {
    guard let dash = name.utf8.lastIndex(of: UInt8(ascii: "-")) else { return nil }
    let digits = name[name.utf8.index(after: dash)...]
    guard start == nil || name[..<dash].utf8.elementsEqual(start!.utf8),
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(digits)
  }
}
