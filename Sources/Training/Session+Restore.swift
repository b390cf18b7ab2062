import Checkpoints
import Execution
import GraphIR
import Tensors

/// What became of a checkpoint's tensors and of a graph's variables.
public struct RestoreReport: Sendable {
  /// The variables that have values from the checkpoint.
  public internal(set) var restored: [String] = []
  /// The variables that the checkpoint has nothing for.
  public internal(set) var missing: [String] = []
  /// What the checkpoint has and no variable takes.
  public internal(set) var unused: [String] = []
}

extension Session {
  /// Lets the variables have the values that a checkpoint has under their names.
  ///
  /// Variables without a tensor in the checkpoint are left as they are.
  ///
  /// - Parameter checkpoint: Stored tensors, as `Checkpoint.open` gives them.
  /// - Returns: What was restored, what is missing, and what was not used.
  /// - Throws: `GraphError` when a tensor is not of its variable's type and shape, or when none
  ///   has the name of a variable; `TensorError` when the file is damaged.
  @discardableResult
  public func restore(_ checkpoint: Checkpoint) throws -> RestoreReport {
    let frozen = try graph.frozen()
    var report = RestoreReport()
    var values: [String: Tensor] = [:]
    for node in frozen.nodes where node.isVariable {
      guard let name = node.variableName, values[name] == nil else { continue }
      guard let entry = checkpoint.entry(named: name) else {
        if !report.missing.contains(name) { report.missing.append(name) }
        continue
      }
      let type = node.outputs[0]
      guard entry.dataType == type.dataType,
        Shape(entry.dimensions).isCompatible(with: type.shape)
      else {
        throw GraphError(
          "'\(checkpoint.path)': '\(name)' is \(entry.storedType)\(entry.dimensions), but the"
            + " variable is \(type)", at: node.origin.location)
      }
      values[name] = try checkpoint.tensor(named: name)
      report.restored.append(name)
    }
    guard !values.isEmpty else {
      let stored = checkpoint.names.prefix(3).joined(separator: ", ")
      let wanted = report.missing.prefix(3).joined(separator: ", ")
      throw GraphError(
        "'\(checkpoint.path)' has nothing for the variables of the graph",
        notes: [
          wanted.isEmpty ? "the graph has no variables" : "the graph has \(wanted), …",
          "the checkpoint has \(stored), …",
        ])
    }
    let used = Set(report.restored)
    report.unused = checkpoint.names.filter { !used.contains($0) }
    try variables.set(values)
    return report
  }
}
