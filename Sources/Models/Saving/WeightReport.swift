import Tensors

/// What became of stored tensors and of a model's weights.
public struct WeightReport: Sendable, CustomStringConvertible {
  /// A weight whose stored tensor has other sizes.
  public struct Mismatch: Sendable {
    /// The name of the weight.
    public let name: String
    /// The sizes of the weight.
    public let expected: [Int]
    /// The sizes that are stored.
    public let found: [Int]
  }

  /// The weights that have stored values now.
  public internal(set) var restored: [String] = []
  /// The weights that nothing is stored for, each with the nearest stored name.
  public internal(set) var missing: [(name: String, nearest: String?)] = []
  /// The weights for which something of other sizes is stored.
  public internal(set) var mismatched: [Mismatch] = []
  /// What is stored and no weight takes.
  public internal(set) var unused: [String] = []

  /// Whether every weight has its stored value.
  public var isComplete: Bool { missing.isEmpty && mismatched.isEmpty }

  var complaints: [String] {
    mismatched.map { "'\($0.name)' has sizes \($0.expected), but \($0.found) are stored" }
      + missing.map { name, nearest in
        "nothing is stored for '\(name)'" + (nearest.map { "; the nearest is '\($0)'" } ?? "")
      }
  }

  /// A line for each weight that is not restored, and how many are.
  public var description: String {
    (["\(restored.count) weights restored, \(unused.count) stored tensors not used"] + complaints)
      .joined(separator: "\n")
  }
}
