import StaticGraph

/// What a training is told that decides its numbers, which one that goes on must be told, too.
struct RunSettings {
  /// What a folder keeps: what decides, and how the command line says it.
  let stored: [String: String]

  /// - Parameter data: The data of the training, where it has some.
  init(_ options: TrainingOptions, _ data: DataSet?) {
    var stored = ["seed": "\(options.seed)"]
    if let data {
      stored["data"] = options.data
      stored["fingerprint"] = data.training.fingerprint
      stored["batch"] = "\(options.batch)"
      stored["examples"] = "\(min(options.limit ?? .max, data.training.count))"
    }
    self.stored = stored
  }

  /// Sees to it that a run goes on with what it was told.
  ///
  /// - Parameters:
  ///   - before: What the folder has; a folder of an older version has nothing.
  ///   - folder: The folder's path.
  /// - Throws: `GraphError` that names both values of all that differs.
  func check(against before: [String: String], in folder: String) throws {
    guard !before.isEmpty else { return }
    var differences: [(before: String, now: String)] = []
    func compare(_ name: String, _ text: (String) -> String) {
      if let old = before[name], let new = stored[name], old != new {
        differences.append((text(old), text(new)))
      }
    }
    if before["fingerprint"] == stored["fingerprint"] {
      compare("examples") { "--limit \($0)" }
    } else if let old = before["data"], old == stored["data"] {
      differences.append(("the data '\(old)' as they were", "other data there"))
    } else {
      func text(_ data: String?) -> String { data.map { "--data \($0)" } ?? "no --data" }
      differences.append((text(before["data"]), text(stored["data"])))
    }
    compare("batch") { "--batch \($0)" }
    compare("seed") { "--seed \($0)" }
    guard !differences.isEmpty else { return }
    func listed(_ texts: [String]) -> String { texts.joined(separator: " and ") }
    throw GraphError(
      "--resume: the training in '\(folder)' was begun with \(listed(differences.map(\.before))),"
        + " but this one has \(listed(differences.map(\.now)))",
      notes: [
        "go on with what it was begun with; to train on with something else, begin another"
          + " training in another folder with --restore \(folder)"
      ])
  }
}
