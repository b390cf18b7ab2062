import GraphIR
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SourceFile {
  /// The file at a path.
  ///
  /// - Throws: `TensorError` with the path and the reason when it cannot be read, or is larger
  ///   than `maximumSize`.
  public init(path: String) throws {
    self.init(name: path, bytes: try readFile(path, limit: Self.maximumSize))
  }
}

/// Reads the files that others import.
struct ImportReader: Sendable {
  /// Takes the place of the disk.
  var custom: (@Sendable (_ path: String, _ importer: SourceFile) throws -> SourceFile)?

  /// The file that a path in another file means.
  func read(_ path: String, from importer: SourceFile) throws -> SourceFile {
    if let custom { return try custom(path, importer) }
    return try SourceFile(path: Self.path(path, relativeTo: importer.name))
  }

  /// What is the same for two names of one file.
  func identity(of source: SourceFile) -> String {
    guard custom == nil, !source.name.utf8.contains(0), let resolved = realpath(source.name, nil)
    else { return source.name }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func path(_ path: String, relativeTo importer: String) -> String {
    guard !path.hasPrefix("/"), let slash = importer.utf8.lastIndex(of: .slash) else { return path }
    return String(importer[...slash]) + path
  }
}
