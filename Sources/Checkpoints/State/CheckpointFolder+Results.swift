import Tensors

extension CheckpointFolder {
  private static let resultsLimit = 1 << 20

  private var resultsPath: String { join(path, "results.json") }

  /// What a run has reached so far, by name, as `writeResults` kept it; empty where nothing is kept.
  ///
  /// - Throws: `TensorError` that names the file, and the byte where it is damaged.
  public func results() throws -> [String: Double] {
    guard fileKind(resultsPath) != nil else { return [:] }
    let bytes = try readFile(resultsPath, limit: Self.resultsLimit)
    var reader = JSONReader(bytes, file: resultsPath, origin: 0)
    var results: [String: Double] = [:]
    try reader.object("the results") { reader, name in
      results[name] = try reader.number("the number of '\(name)'")
    }
    try reader.end()
    return results
  }

  /// Keeps what a run has reached so far, as its best accuracy, in the file `results.json` of the
  /// folder, instead of what is there.
  ///
  /// - Parameter results: Numbers by name, of which only those that are finite are kept; where
  ///   there are none, there is no file.
  /// - Throws: `TensorError` with the path and the system's reason.
  public func writeResults(_ results: [String: Double]) throws {
    let members = results.filter { $0.value.isFinite }.sorted { $0.key < $1.key }
      .map { "\(Tensor($0.key).json()): \(Tensor($0.value).json())" }
    guard !members.isEmpty else { return try deleteFile(resultsPath) }
    try makeFolder(path)
    try writeFileAtomically(
      resultsPath, bytes: Array("{\(members.joined(separator: ", "))}\n".utf8))
  }
}
