import Checkpoints
import Execution
import Tensors

/// A checkpoint of which variables were read before there is a session that has them.
///
/// The session takes the memory itself, so that such a checkpoint is restored once.
package struct CheckpointAhead: Sendable {
  /// The checkpoint.
  package let checkpoint: Checkpoint
  /// What was read.
  let values: StagedValues

  /// Opens a checkpoint, of which nothing is read yet.
  ///
  /// - Parameter path: What `Checkpoint.open` takes.
  /// - Throws: `TensorError` when the checkpoint cannot be read.
  package init(_ path: String) throws {
    self.init(checkpoint: try Checkpoint.open(path), values: StagedValues())
  }

  private init(checkpoint: Checkpoint, values: StagedValues) {
    self.checkpoint = checkpoint
    self.values = values
  }

  /// The checkpoint, with what it has under the names of variables read, where that is possible.
  ///
  /// Nothing is read where it takes much memory, or cannot be read: whether it is restored at all is
  /// known with the graph, and what is restored is read then.
  ///
  /// - Parameter names: What variables may be called.
  package func reading(_ names: Set<String>) -> CheckpointAhead {
    let types = checkpoint.entries.compactMap { entry in
      names.contains(entry.name) && entry.dataType != .string
        ? entry.type.map { (entry.name, $0) } : nil
    }
    let byteCount = types.reduce(0.0) { $0 + Double($1.1.byteCount ?? .max) }
    guard byteCount <= Self.mostBytes,
      let values = try? StagedValues(
        types,
        readingAgain: { [checkpoint] in try checkpoint.readTensor(named: $0, into: $1) })
    else { return self }
    return CheckpointAhead(checkpoint: checkpoint, values: values)
  }

  /// Larger checkpoints are read beside the compiler, once it is known what of them is needed.
  private static let mostBytes = 64.0 * 1024 * 1024
}
