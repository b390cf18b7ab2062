import Checkpoints
import Execution
import GraphIR
import Tensors

/// What the names of tensors begin with that hold positions of random sequences.
private let randomPrefix = "staticgraph/random_position/"

extension Session {
  /// What a checkpoint has to hold so that a session can go on from it with the same bits: the
  /// values of the variables, what optimisers keep among them, and how far the sequences of the
  /// random operators have been taken, under `staticgraph/random_position/NODE`.
  ///
  /// - Throws: `TensorError` when there is no memory left for them.
  public var checkpointTensors: [String: Tensor] {
    get throws {
      var tensors = try variables.snapshot()
      for (name, position) in randomPositions.values {
        tensors[randomPrefix + name] = Tensor(Int64(bitPattern: position))
      }
      return tensors
    }
  }

  /// Lets the variables have the values that a checkpoint has under their names, and the random
  /// sequences go on from where they were.
  ///
  /// Variables without a tensor in the checkpoint are left as they are.
  ///
  /// - Parameters:
  ///   - checkpoint: Stored tensors, as `Checkpoint.open` gives them.
  ///   - lenient: Whether tensors that are not of their variable's type and shape are left out, as
  ///     the report tells, and whether it is fine when nothing can be restored.
  /// - Returns: What was restored, what is missing, what was not used, and what does not fit.
  /// - Throws: `GraphError` when a tensor is not of its variable's type and shape, or when none
  ///   has the name of a variable; `TensorError` when the file is damaged.
  @discardableResult
  public func restore(_ checkpoint: Checkpoint, lenient: Bool = false) throws -> RestoreReport {
    try restore(checkpoint, lenient) { types in
      try variables.set(types) { try checkpoint.readTensor(named: $0, into: $1) }
    }
  }

  /// Does what `restore(_:lenient:)` does, with what was read ahead of a checkpoint.
  ///
  /// Variables of which runs keep another form only, as arranged filters, have no memory meanwhile,
  /// and are read again when they are asked for. The bytes of the checkpoint's files must not
  /// change then while the session is used.
  @discardableResult
  package func restore(_ ahead: CheckpointAhead, lenient: Bool) throws -> RestoreReport {
    try restore(ahead.checkpoint, lenient) { types in
      try variables.set(types, staged: ahead.values) { [checkpoint = ahead.checkpoint] in
        try checkpoint.readTensor(named: $0, into: $1)
      }
    }
  }

  private func restore(
    _ checkpoint: Checkpoint, _ lenient: Bool,
    _ setVariables: ([(name: String, type: TensorType)]) throws -> Void
  ) throws -> RestoreReport {
    let frozen = try graph.frozen()
    var report = RestoreReport()
    var types: [(name: String, type: TensorType)] = []
    var seen: Set<String> = []
    for node in frozen.nodes where node.isVariable {
      guard let name = node.variableName, seen.insert(name).inserted else { continue }
      guard let entry = checkpoint.entry(named: name) else {
        report.missing.append(name)
        continue
      }
      let type = node.outputs[0]
      guard entry.dataType == type.dataType,
        Shape(entry.dimensions).isCompatible(with: type.shape)
      else {
        let stored = entry.typeText
        guard lenient else {
          throw GraphError(
            "'\(checkpoint.path)': '\(name)' is \(stored), but the variable is \(type)",
            at: node.origin.location)
        }
        report.mismatched.append(.init(name: name, stored: stored, variable: type))
        continue
      }
      types.append((name, TensorType(type.dataType, Shape(entry.dimensions))))
      report.restored.append(name)
    }
    guard !types.isEmpty || lenient else { throw nothing(in: checkpoint, report) }
    let positions = checkpoint.names.filter { $0.utf8.starts(with: randomPrefix.utf8) }
    report.unused = checkpoint.names.filter {
      !seen.contains($0) && !$0.utf8.starts(with: randomPrefix.utf8)
    }
    try setVariables(types)
    var random: [String: UInt64] = [:]
    for name in positions {
      let position = try checkpoint.tensor(named: name)
      guard position.dataType == .int64, position.elementCount == 1 else {
        throw TensorError(
          "'\(checkpoint.path)': '\(name)' must be one Int64, but it is \(position.type)")
      }
      random[String(name.dropFirst(randomPrefix.count))] = UInt64(
        bitPattern: try position.elements(as: Int64.self)[0])
    }
    if !random.isEmpty { randomPositions.set(random) }
    return report
  }

  private func nothing(in checkpoint: Checkpoint, _ report: RestoreReport) -> GraphError {
    let stored = checkpoint.names.prefix(3).joined(separator: ", ")
    let wanted = report.missing.prefix(3).joined(separator: ", ")
    return GraphError(
      "'\(checkpoint.path)' has nothing for the variables of the graph",
      notes: [
        wanted.isEmpty ? "the graph has no variables" : "the graph has \(wanted), …",
        "the checkpoint has \(stored), …",
      ])
  }
}
