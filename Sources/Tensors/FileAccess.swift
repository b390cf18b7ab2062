#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file.
///
/// - Parameters:
///   - path: A file, or a pipe, which is read to its end.
///   - limit: The largest number of bytes to accept.
/// - Throws: `TensorError` with the path and the system's reason, or with the limit when the file
///   is larger.
package func readFile(_ path: String, limit: Int) throws -> [UInt8] {
  let file = try OpenFile(reading: path)
  defer { file.close() }
  return try file.readAll(limit: limit)
}

/// Writes a file so that at every moment the path names either what it named before or all bytes.
///
/// - Throws: `TensorError` with the path and the system's reason; the path is then untouched.
package func writeFileAtomically(_ path: String, bytes: UnsafeRawBufferPointer) throws {
  try writeFileAtomically(path) { write in try write(bytes) }
}

/// Writes a file so that at every moment the path names either what it named before or all bytes.
///
/// - Throws: `TensorError` with the path and the system's reason; the path is then untouched.
package func writeFileAtomically(_ path: String, bytes: [UInt8]) throws {
  try bytes.withUnsafeBytes { try writeFileAtomically(path, bytes: $0) }
}

/// Writes a file piece by piece, so that at every moment the path names either what it named
/// before or all pieces.
///
/// - Parameters:
///   - path: Where the file is to be. A symbolic link is followed; a device or a pipe is written
///     directly.
///   - produce: Is handed a function that appends bytes to the file.
/// - Throws: `TensorError` with the path and the system's reason, or what `produce` throws; the
///   path is then untouched.
package func writeFileAtomically(
  _ path: String, producing produce: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
) throws {
  if isDeviceOrPipe(path) {
    let file = try OpenFile(path, O_WRONLY)
    defer { file.close() }
    return try produce(file.write)
  }
  try replaceFile(path) { temporary in
    let file = try OpenFile(temporary, O_WRONLY | O_TRUNC, reportedAs: path)
    defer { file.close() }
    try produce(file.write)
  }
}

/// Lets `write` fill a new file in the folder of `path`, makes it durable and gives it that name.
///
/// - Parameters:
///   - path: Where the file is to be. A symbolic link is followed.
///   - write: Is handed the path of an empty file, which it fills or replaces.
/// - Throws: `TensorError` with the path and the system's reason, or what `write` throws; the
///   path is then untouched and the new file gone.
package func replaceFile(_ path: String, writing write: (_ temporary: String) throws -> Void) throws
{
  let (target, permissions) = try placeOfFile(path)
  let folder = folder(of: target)
  let (temporary, lock) = try createTemporaryFile(in: folder, for: path)
  defer { close(lock) }
  do {
    try write(temporary)
    let file = try OpenFile(reading: temporary, reportedAs: path)
    defer { file.close() }
    if let permissions { _ = fchmod(file.descriptor, permissions) }
    guard fsync(file.descriptor) == 0 else { throw fileError("cannot write", path, errno) }
    guard rename(temporary, target) == 0 else { throw fileError("cannot write", path, errno) }
  } catch {
    unlink(temporary)
    throw error
  }
  // The name is durable once its folder is; a file system that cannot say so is not at fault.
  if let handle = try? OpenFile(reading: folder) {
    _ = fsync(handle.descriptor)
    handle.close()
  }
}

/// Sees to it that a file can be written there, and leaves everything as it is.
///
/// - Throws: `TensorError` with the path and the system's reason.
package func checkIsWritable(_ path: String) throws {
  if isDeviceOrPipe(path) {
    guard access(path, W_OK) == 0 else { throw fileError("cannot write", path, errno) }
    return
  }
  let (temporary, lock) = try createTemporaryFile(
    in: folder(of: placeOfFile(path).target), for: path)
  unlink(temporary)
  close(lock)
}

/// What went wrong with a file, with the system's words for the error code.
package func fileError(_ purpose: String, _ path: String, _ code: Int32) -> TensorError {
  TensorError("\(purpose) '\(path)': \(String(cString: strerror(code)))")
}

private func isDeviceOrPipe(_ path: String) -> Bool {
  var status = stat()
  guard !path.utf8.contains(0), stat(path, &status) == 0 else { return false }
  let kind = status.st_mode & S_IFMT
  return kind != S_IFREG && kind != S_IFDIR
}

/// The path behind symbolic links, and the permissions of the file that is there.
///
/// - Throws: `TensorError` where something is that no file replaces.
private func placeOfFile(_ path: String) throws -> (target: String, permissions: mode_t?) {
  let target = resolvedPath(path)
  var existing = stat()
  guard stat(target, &existing) == 0 else { return (target, nil) }
  switch existing.st_mode & S_IFMT {
  case S_IFREG: return (target, existing.st_mode & 0o7777)
  case S_IFDIR: throw fileError("cannot write", path, EISDIR)
  default:
    throw TensorError("cannot write '\(path)': a device or pipe cannot be replaced by a file")
  }
}

/// The path behind symbolic links where there is a file already, else the path itself.
private func resolvedPath(_ path: String) -> String {
  guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

private func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// What the names of files begin and end with that are not whole yet.
private let temporaryName = (start: ".staticgraph-", end: ".temporary")

/// Whether a file of that path and name is one that was to be replaced, and that no process writes
/// any more, as when it was killed.
package func isAbandonedTemporaryFile(_ path: String, named name: String) -> Bool {
  guard name.utf8.starts(with: temporaryName.start.utf8),
    name.utf8.reversed().starts(with: temporaryName.end.utf8.reversed())
  else { return false }
  let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
  return flock(descriptor, LOCK_EX | LOCK_NB) == 0
}

/// An empty file of a name that nothing had, with the permissions of any new file, and a lock of
/// it, which ends when the descriptor is closed or the process ends.
private func createTemporaryFile(
  in folder: String, for path: String
) throws -> (path: String, lock: Int32) {
  guard !path.isEmpty, !path.utf8.contains(0), path.utf8.last != UInt8(ascii: "/") else {
    throw TensorError("cannot write '\(path)': this is no path of a file")
  }
  while true {
    let suffix = UInt64.random(in: 0...UInt64.max)
    let name =
      "\(folder)/\(temporaryName.start)\(String(suffix, radix: 36))\(temporaryName.end)"
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor >= 0 {
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
      return (name, descriptor)
    }
    if errno != EEXIST && errno != EINTR { throw fileError("cannot write", path, errno) }
  }
}
