import Checkpoints
import Tensors

/// What became of a checkpoint's tensors and of a graph's variables.
public struct RestoreReport: Sendable {
  /// A tensor that is not of its variable's type and shape.
  public struct Mismatch: Hashable, Sendable {
    /// The name of both.
    public let name: String
    /// What is stored, as `Float32[3, 4]`.
    public let stored: String
    /// What the variable is.
    public let variable: TensorType

    package init(name: String, stored: String, variable: TensorType) {
      self.name = name
      self.stored = stored
      self.variable = variable
    }
  }

  /// The variables that have values from the checkpoint.
  public package(set) var restored: [String] = []
  /// The variables that the checkpoint has nothing for.
  public package(set) var missing: [String] = []
  /// What the checkpoint has and no variable takes.
  public package(set) var unused: [String] = []
  /// What has a variable of its name, but is of another type or shape.
  public package(set) var mismatched: [Mismatch] = []

  package init() {}

  /// Whether every variable has its stored value.
  public var isComplete: Bool { missing.isEmpty && mismatched.isEmpty }

  /// The name in the checkpoint that is most like that of a missing variable, among those that no
  /// variable takes; `nil` when none is near.
  public func nearestName(to missing: String) -> String? {
    Tensors.nearestName(to: missing, among: unused)
  }

  /// The report in lines, at most `limit` names of each kind: what was missing, extra, or of
  /// another shape.
  public func lines(limit: Int = 5) -> [String] {
    func listed(_ names: [String]) -> String {
      names.prefix(limit).joined(separator: ", ")
        + (names.count > limit ? ", … (\(names.count))" : "")
    }
    var lines: [String] = []
    if !missing.isEmpty {
      let names = missing.prefix(limit).map { name in
        name + (nearestName(to: name).map { " (is it '\($0)'?)" } ?? "")
      }
      lines.append("not in it: \(listed(names + missing.dropFirst(limit)))")
    }
    if !unused.isEmpty { lines.append("not in the graph: \(listed(unused))") }
    if !mismatched.isEmpty {
      let texts = mismatched.map { "\($0.name) (\($0.stored), but the variable is \($0.variable))" }
      lines.append("of another type or shape: \(listed(texts))")
    }
    return lines
  }
}

extension Checkpoint.Entry {
  /// Type and shape, as `Float32[3, 4]`, for messages.
  package var typeText: String { type?.description ?? "\(storedType)\(dimensions)" }
}
