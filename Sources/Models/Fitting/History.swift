/// Numbers by name, in order: what is told of a batch or of an epoch.
public struct Logs: Sendable {
  /// The names with their numbers.
  public private(set) var entries: [(name: String, number: Double)] = []

  /// Numbers by name.
  public init(_ entries: [(name: String, number: Double)] = []) {
    for entry in entries { self[entry.name] = entry.number }
  }

  /// The names in order.
  public var names: [String] { entries.map(\.name) }

  /// The number of that name; a new name comes last.
  public subscript(name: String) -> Double? {
    get { entries.first { $0.name == name }?.number }
    set {
      let place = entries.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let number?): entries[place].number = number
      case (let place?, nil): entries.remove(at: place)
      case (nil, let number?): entries.append((name, number))
      case (nil, nil): break
      }
    }
  }

  /// The same numbers under longer names.
  func prefixed(_ prefix: String) -> Logs {
    Logs(entries.map { (prefix + $0.name, $0.number) })
  }
}

/// What a training told of each epoch.
///
/// ```swift
/// let history = try model.fit(train, epochs: 5, validation: test)
/// let best = history["val_accuracy"].max()
/// ```
public struct History: Sendable {
  /// The epochs that were trained, from 0 on.
  public private(set) var epochs: [Int] = []
  /// The names of what was told, in order: `loss`, metrics, and the same of the validation with
  /// the prefix `val_`.
  public private(set) var names: [String] = []
  private var numbers: [String: [Double]] = [:]

  /// The number of that name in each epoch; empty when nothing was told under the name.
  public subscript(name: String) -> [Double] { numbers[name] ?? [] }

  mutating func append(_ logs: Logs, epoch: Int) {
    for (name, number) in logs.entries {
      if numbers[name] == nil { names.append(name) }
      // What was not told of earlier epochs is no number there.
      let missing = epochs.count - numbers[name, default: []].count
      numbers[name, default: []] += [Double](repeating: .nan, count: missing) + [number]
    }
    epochs.append(epoch)
  }
}
