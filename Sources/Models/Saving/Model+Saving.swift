import Checkpoints
import GraphFiles
import GraphIR
import Tensors
import Training

extension Model {
  // MARK: Weights

  /// Writes the weights to a file.
  ///
  /// - Parameter path: A name that ends in `.npz` or `.safetensors` gives such a file; any other is
  ///   the prefix of a TensorFlow bundle.
  /// - Throws: `GraphError` when the model is not built, `TensorError` when the file cannot be
  ///   written.
  public func saveWeights(to path: String) throws {
    try Checkpoint.write(weightValues(), to: path)
  }

  /// Lets the weights have the values that are stored under their names.
  ///
  /// A name may have more before it, as `sequential/dense/kernel`, and `:0` or TensorFlow's suffix
  /// of object-based checkpoints behind it.
  ///
  /// - Parameters:
  ///   - path: A `.npz` or safetensors file, or the prefix of a TensorFlow bundle.
  ///   - lenient: Whether weights that nothing fits keep the values that they have.
  /// - Returns: What was restored, what is missing or of other sizes, and what was not used.
  /// - Throws: `GraphError` unless lenient, when a weight is not restored, and then none is;
  ///   `TensorError` when the file is damaged.
  @discardableResult
  public func loadWeights(from path: String, lenient: Bool = false) throws -> RestoreReport {
    let checkpoint = try Checkpoint.open(path)
    let stored = StoredNames(checkpoint.names)
    var report = RestoreReport()
    var values: [String: Tensor] = [:]
    var used: Set<String> = []
    for weight in try weights {
      guard let name = stored[weight.name], let entry = checkpoint.entry(named: name) else {
        report.missing.append(weight.name)
        continue
      }
      used.insert(name)
      guard entry.dimensions == weight.sizes, entry.dataType?.isNumeric ?? false else {
        report.mismatched.append(
          .init(name: weight.name, stored: entry.typeText, variable: weight.value.type))
        continue
      }
      values[weight.name] = try checkpoint.tensor(named: name)
      report.restored.append(weight.name)
    }
    report.unused = checkpoint.names.filter { !used.contains($0) }
    guard lenient || report.isComplete else {
      throw GraphError(
        "'\(path)' does not have all weights of the model '\(name)'", notes: report.lines())
    }
    try setWeightValues(values)
    return report
  }

  // MARK: Everything

  /// Writes all that a training needs to go on: the weights, what the optimiser keeps, and how far
  /// random sequences have come.
  ///
  /// - Parameter path: As `saveWeights(to:)` takes it.
  public func save(to path: String) throws {
    try Checkpoint.write(session.checkpointTensors, to: path)
  }

  /// Lets all variables have the values that `save(to:)` has written.
  ///
  /// - Throws: `GraphError` when a variable is missing or of other sizes.
  public func load(from path: String) throws {
    if compilation != nil { _ = try trainingProgram() }
    let report = try session.restore(Checkpoint.open(path))
    guard report.missing.isEmpty else {
      throw GraphError(
        "'\(path)' does not have '\(report.missing[0])'",
        notes: ["loadWeights(from:) takes the weights alone"])
    }
  }

  /// Writes the graph as TensorFlow's GraphDef, without the values of variables.
  ///
  /// - Parameter path: The file, as `model.pb`.
  public func saveGraph(to path: String) throws {
    try GraphFile(graph.frozen()).write(path: path)
  }
}

/// The names of stored tensors, found by the names of weights.
private struct StoredNames {
  private var exact: [String: String] = [:]
  /// By what remains without the first parts of a name; `nil` where several names end so.
  private var endings: [String: String?] = [:]

  init(_ names: [String]) {
    for name in names {
      var plain = name
      for suffix in [":0", "/.ATTRIBUTES/VARIABLE_VALUE"] where plain.hasSuffix(suffix) {
        plain.removeLast(suffix.count)
      }
      exact[plain] = name
      var rest = plain[...]
      while let slash = rest.firstIndex(of: "/") {
        rest = rest[rest.index(after: slash)...]
        let ending = String(rest)
        endings[ending] = endings[ending] == nil ? .some(name) : .some(nil)
      }
    }
  }

  subscript(weight: String) -> String? { exact[weight] ?? (endings[weight] ?? nil) }
}
