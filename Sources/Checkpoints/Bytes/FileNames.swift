#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Tensors

/// What a path can name.
enum FileKind {
  case file, folder, other
}

/// The kind of what a path names, links followed; `nil` for nothing.
func fileKind(_ path: String) -> FileKind? {
  var status = stat()
  guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  default: return .other
  }
}

/// Whether a path names a regular file.
func isFile(_ path: String) -> Bool { fileKind(path) == .file }

/// The folder in which what the path names stands.
func parentFolder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
}

/// The last part of a path.
func lastComponent(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
  return String(path[path.utf8.index(after: slash)...])
}

/// A name in a folder.
package func join(_ folder: String, _ name: String) -> String {
  folder.isEmpty
    ? name : folder.utf8.last == UInt8(ascii: "/") ? folder + name : "\(folder)/\(name)"
}

/// The names in a folder, in the order of their bytes; none when it cannot be read.
func fileNames(in folder: String) -> [String] {
  guard !folder.utf8.contains(0), let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      String(validatingCString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
    }
    if let name, name != ".", name != ".." { names.append(name) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// Makes a folder, and those in which it stands, where they are missing.
///
/// - Throws: `TensorError` with the path and the system's reason.
package func makeFolder(_ path: String) throws {
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw TensorError("cannot make the folder '\(path)': this is no path of a folder")
  }
  var end = path.utf8.startIndex
  while end < path.utf8.endIndex {
    end =
      path.utf8[path.utf8.index(after: end)...].firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
    let part = String(path[..<end])
    guard mkdir(part, 0o777) != 0 else { continue }
    // Asking for the kind sets another error number.
    let code = errno
    if code != EEXIST, fileKind(part) != .folder {
      throw fileError("cannot make the folder", part, code)
    }
  }
  guard fileKind(path) == .folder else {
    throw fileError("cannot make the folder", path, ENOTDIR)
  }
}

/// Deletes a file; one that is not there is fine.
///
/// - Throws: `TensorError` with the path and the system's reason.
func deleteFile(_ path: String) throws {
  if unlink(path) != 0, errno != ENOENT { throw fileError("cannot delete", path, errno) }
}
