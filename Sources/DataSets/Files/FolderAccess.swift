import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The size of a regular file.
///
/// - Throws: `TensorError` with the path and the system's reason, and for what is no regular file.
func fileSize(_ path: String) throws -> Int {
  var status = stat()
  guard !path.utf8.contains(0) else { throw fileError("cannot read", path, ENOENT) }
  guard stat(path, &status) == 0 else { throw fileError("cannot read", path, errno) }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw TensorError("cannot read '\(path)': this is no regular file")
  }
  return Int(status.st_size)
}

/// The names of a folder's files, shorter ones first, then in order of their bytes, so that
/// `part_2` comes before `part_10`.
///
/// - Throws: `TensorError` whose text is the system's reason.
func fileNames(inFolder path: String) throws -> [String] {
  errno = ENOENT
  guard !path.utf8.contains(0), let folder = opendir(path) else {
    throw TensorError(String(cString: strerror(errno)))
  }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    names.append(name)
  }
  return names.sorted { left, right in
    let (a, b) = (left.utf8, right.utf8)
    return a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
  }
}

/// The value of an environment variable that is set to something.
func environmentVariable(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}

/// Whether a path names a folder, links followed.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
