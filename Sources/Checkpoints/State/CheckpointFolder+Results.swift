import Tensors

extension CheckpointFolder {
  private var resultsPath: String { join(path, "results.json") }
  private var settingsPath: String { join(path, "settings.json") }

  /// What a run has reached so far, by name, as `writeResults` kept it; empty where nothing is kept.
  ///
  /// - Throws: `TensorError` that names the file, and the byte where it is damaged.
  public func results() throws -> [String: Double] {
    try members(of: resultsPath, "the results") { try $0.number("the number of '\($1)'") }
  }

  /// Keeps what a run has reached so far, as its best accuracy, in the file `results.json` of the
  /// folder, instead of what is there.
  ///
  /// - Parameter results: Numbers by name, of which only those that are finite are kept; where
  ///   there are none, there is no file.
  /// - Throws: `TensorError` with the path and the system's reason.
  public func writeResults(_ results: [String: Double]) throws {
    try write(results.filter(\.value.isFinite).mapValues { Tensor($0) }, to: resultsPath)
  }

  /// What a run was told, by name, as `writeSettings` kept it; empty where nothing is kept.
  ///
  /// - Throws: `TensorError` that names the file, and the byte where it is damaged.
  public func settings() throws -> [String: String] {
    try members(of: settingsPath, "the settings") { try $0.string("the text of '\($1)'") }
  }

  /// Keeps what a run was told, as its batch size, in the file `settings.json` of the folder, so
  /// that one that goes on can be told the same.
  ///
  /// - Parameter settings: Texts by name; where there are none, there is no file.
  /// - Throws: `TensorError` with the path and the system's reason.
  public func writeSettings(_ settings: [String: String]) throws {
    try write(settings.mapValues { Tensor($0) }, to: settingsPath)
  }

  private func members<Member>(
    of path: String, _ what: String, _ member: (inout JSONReader, String) throws -> Member
  ) throws -> [String: Member] {
    guard fileKind(path) != nil else { return [:] }
    var reader = JSONReader(try readFile(path, limit: 1 << 20), file: path, origin: 0)
    var members: [String: Member] = [:]
    try reader.object(what) { reader, name in members[name] = try member(&reader, name) }
    try reader.end()
    return members
  }

  private func write(_ members: [String: Tensor], to file: String) throws {
    guard !members.isEmpty else { return try deleteFile(file) }
    let texts = members.sorted { $0.key < $1.key }
      .map { "\(Tensor($0.key).json()): \($0.value.json())" }
    try makeFolder(path)
    try writeFileAtomically(file, bytes: Array("{\(texts.joined(separator: ", "))}\n".utf8))
  }
}
