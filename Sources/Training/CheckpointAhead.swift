import Checkpoints
import Execution
import Tensors

/// A checkpoint of which variables were read before there is a session that has them.
package struct CheckpointAhead: Sendable {
  /// The checkpoint.
  package let checkpoint: Checkpoint
  /// What was read.
  let values: StagedValues

  /// Opens a checkpoint, and reads what it has under the names of variables.
  ///
  /// - Parameters:
  ///   - path: What `Checkpoint.open` takes.
  ///   - names: What variables may be called; what else is restored is read when it is.
  /// - Throws: `TensorError` when the checkpoint cannot be read; `GraphError` when there is no memory
  ///   left.
  package init(_ path: String, variables names: Set<String> = []) throws {
    let checkpoint = try Checkpoint.open(path)
    self.checkpoint = checkpoint
    let types = checkpoint.entries.compactMap { entry in
      names.contains(entry.name) && entry.dataType != .string
        ? entry.type.map { (entry.name, $0) } : nil
    }
    values = try StagedValues(types) { try checkpoint.readTensor(named: $0, into: $1) }
  }
}
