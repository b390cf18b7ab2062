import Checkpoints
import Execution
import Tensors

/// A checkpoint of which variables were read before there is a session that has them.
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

  /// The checkpoint, with what it has under the names of variables read.
  ///
  /// - Parameter names: What variables may be called; what else is restored is read when it is.
  /// - Throws: `TensorError` when the checkpoint cannot be read; `GraphError` when there is no memory
  ///   left.
  package func reading(_ names: Set<String>) throws -> CheckpointAhead {
    let types = checkpoint.entries.compactMap { entry in
      names.contains(entry.name) && entry.dataType != .string
        ? entry.type.map { (entry.name, $0) } : nil
    }
    let values = try StagedValues(types) { [checkpoint] in
      try checkpoint.readTensor(named: $0, into: $1)
    }
    return CheckpointAhead(checkpoint: checkpoint, values: values)
  }
}
