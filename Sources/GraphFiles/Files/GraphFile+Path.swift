import GraphIR
import Tensors

extension GraphFile {
  /// The graph in a file: text when the name ends in `.pbtxt`, else binary.
  ///
  /// - Throws: `GraphError` that names the file and the place in it.
  public static func read(
    path: String, limits: ReadingLimits = ReadingLimits()
  ) throws -> GraphFile {
    let bytes = try asGraphError { try readFile(path, limit: limits.fileBytes) }
    return path.hasSuffix(".pbtxt")
      ? try decode(text: bytes, name: path, limits: limits)
      : try decode(bytes, name: path, limits: limits)
  }

  /// Writes the graph to a file in binary form; an old file is replaced at once or not at all.
  ///
  /// - Throws: `GraphError` that names the file and the reason.
  public func write(path: String) throws {
    let bytes = try encoded(name: path)
    try Self.asGraphError { try writeFileAtomically(path, bytes: bytes) }
  }

  private static func asGraphError<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TensorError {
      throw GraphError(error.description)
    }
  }
}
