import GraphIR
import Tensors

/// A number that callbacks watch, and which of two is better.
struct Monitor {
  let name: String
  let mode: MonitorMode
  private(set) var best: Double?

  init(_ name: String, _ mode: MonitorMode) {
    self.name = name
    self.mode = mode
  }

  private var prefersLarger: Bool {
    switch mode {
    case .smaller: false
    case .larger: true
    case .automatic: name.contains("acc")
    }
  }

  /// The number among those of an epoch.
  ///
  /// - Throws: `GraphError` with the nearest name when there is none.
  func number(in logs: Logs) throws -> Double {
    if let number = logs[name] { return number }
    let near = nearestName(to: name, among: logs.names)
    throw GraphError(
      "there is no '\(name)' to watch",
      notes: [
        near.map { "did you mean '\($0)'?" }
          ?? "there are \(logs.names.joined(separator: ", ")); val_ needs a validation"
      ])
  }

  /// Takes a number, and says whether it is the best so far by more than a difference.
  mutating func improves(_ number: Double, by difference: Double = 0) -> Bool {
    guard !number.isNaN else { return false }
    if let best {
      let gain = prefersLarger ? number - best : best - number
      guard gain > difference else { return false }
    }
    best = number
    return true
  }
}

/// Which numbers are better.
public enum MonitorMode: Sendable {
  /// Larger ones of an accuracy, smaller ones of anything else.
  case automatic
  /// Smaller ones.
  case smaller
  /// Larger ones.
  case larger
}
