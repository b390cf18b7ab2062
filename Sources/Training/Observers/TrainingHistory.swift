import Tensors

/// Keeps the numbers of a training in a file, so that one that goes on has those of all steps.
///
/// The file is CSV: `part,step,value,name` in its first line, then one line for each number, whose
/// part is `training` or `test`. What is told waits in memory until `flush()`, which must come
/// before a checkpoint is written: then whatever moment a process is killed at, the file has all
/// numbers up to the newest checkpoint, and those beyond it are left out by whoever goes on.
package final class TrainingHistory: TrainingObserver {
  private struct Row {
    var isTest: Bool
    var step: Int
    var value: Double
    var name: String
  }

  private static let header = "part,step,value,name\n"

  /// How many bytes wait at most once the file is there.
  private static let pendingLimit = 1 << 16

  private let path: String
  /// What earlier runs told, which is replayed.
  private var kept: [Row] = []
  /// What is to be written, as text: all of the file at first, then what comes.
  private var pending = TrainingHistory.header
  private var isBegun = false

  /// A history in a file, whose folder is there when it is written.
  ///
  /// - Parameters:
  ///   - path: The file. It is replaced when the history is written first.
  ///   - step: The last step that was done before; what the file tells of steps up to it is kept,
  ///     without tests after that step, which are made again.
  /// - Throws: `TensorError` with the path and the line of what is no history.
  package init(writingTo path: String, goingOnAfter step: Int = 0) throws {
    self.path = path
    guard step > 0 else { return }
    kept = try Self.rows(of: path).filter { $0.isTest ? $0.step < step : $0.step <= step }
    for row in kept { append(row) }
  }

  /// Tells an observer of all that earlier runs told.
  package func replay(to observer: some TrainingObserver) throws {
    var epoch = 0
    var rest = kept[...]
    while let first = rest.first {
      let group = rest.prefix { $0.isTest == first.isTest && $0.step == first.step }
      rest = rest.dropFirst(group.count)
      let (names, values) = (group.map(\.name), group.map(\.value))
      if first.isTest {
        try observer.didEndEpoch(
          EpochResults(epoch: epoch, step: first.step, names: names, values: values))
        epoch += 1
      } else {
        try observer.didStep(StepResults(number: first.step, names: names, values: values))
      }
    }
  }

  package func didStep(_ step: StepResults) throws {
    for (name, value) in zip(step.names, step.values) {
      append(Row(isTest: false, step: step.number, value: value, name: name))
    }
    if isBegun, pending.utf8.count > Self.pendingLimit { try flush() }
  }

  package func didEndEpoch(_ epoch: EpochResults) throws {
    for (name, value) in zip(epoch.names, epoch.values) {
      append(Row(isTest: true, step: epoch.step, value: value, name: name))
    }
  }

  package func didFinish() throws { try flush() }

  /// Writes what waits.
  package func flush() throws {
    if !isBegun {
      try writeFileAtomically(path, bytes: Array(pending.utf8))
    } else if !pending.isEmpty {
      let file = try OpenFile.appending(to: path)
      defer { file.close() }
      try Array(pending.utf8).withUnsafeBytes(file.write)
    }
    isBegun = true
    pending = ""
  }

  private func append(_ row: Row) {
    pending += "\(row.isTest ? "test" : "training"),\(row.step),\(row.value),\(row.name)\n"
  }

  // MARK: Reading

  /// The rows of a file, without a last one that is not whole; none when there is no file.
  private static func rows(of path: String) throws -> [Row] {
    guard let file = try? OpenFile(reading: path) else { return [] }
    file.close()
    let lines = try readFile(path, limit: 1 << 32)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    return try lines.enumerated().dropFirst().map { number, line in
      let fields = line.split(separator: UInt8(ascii: ","), maxSplits: 3)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count == 4, ["training", "test"].contains(fields[0]),
        let step = Int(fields[1]), let value = Double(fields[2])
      else {
        throw TensorError(
          "'\(path)' line \(number + 1): a part, a step, a number and its name were expected, found"
            + " '\(String(decoding: line.prefix(80), as: UTF8.self))'")
      }
      return Row(isTest: fields[0] == "test", step: step, value: value, name: fields[3])
    }
  }
}
