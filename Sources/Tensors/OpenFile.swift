#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file descriptor whose failures name the file.
package struct OpenFile: Sendable {
  let descriptor: Int32
  package let path: String

  init(_ path: String, _ flags: Int32, mode: mode_t = 0o666, reportedAs name: String? = nil) throws
  {
    let purpose = flags & O_ACCMODE == O_RDONLY ? "cannot read" : "cannot write"
    self.path = name ?? path
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw TensorError("\(purpose) '\(path)': this is no path of a file")
    }
    while true {
      let result = open(path, flags | O_CLOEXEC, mode)
      if result >= 0 {
        descriptor = result
        return
      }
      if errno != EINTR { throw fileError(purpose, self.path, errno) }
    }
  }

  package init(reading path: String, reportedAs name: String? = nil) throws {
    try self.init(path, O_RDONLY, reportedAs: name)
  }

  /// A new file, to which bytes are appended.
  ///
  /// - Returns: `nil` when there is something of that name.
  package static func creating(_ path: String) throws -> OpenFile? {
    var status = stat()
    if !path.utf8.contains(0), lstat(path, &status) == 0 { return nil }
    return try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND)
  }

  /// A file to whose end bytes are written.
  ///
  /// - Throws: `TensorError` with the path and the system's reason, also when it is not there.
  package static func appending(to path: String) throws -> OpenFile {
    try OpenFile(path, O_WRONLY | O_APPEND)
  }

  package func close() {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// The size of a regular file; `nil` for a pipe or a device, which has none.
  ///
  /// - Throws: `TensorError` for a folder, and when the file is larger than the limit.
  package func regularSize(limit: Int) throws -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw fileError("cannot read", path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      throw fileError("cannot read", path, EISDIR)
    case S_IFREG where status.st_size > limit:
      throw TensorError("'\(path)' holds \(status.st_size) bytes, more than the limit of \(limit)")
    case S_IFREG:
      return Int(status.st_size)
    default:
      return nil
    }
  }

  /// All bytes up to the end.
  ///
  /// - Throws: `TensorError` for a folder, and when there are more bytes than the limit.
  func readAll(limit: Int) throws -> [UInt8] {
    // The system's word for the size is a hint: a sparse file claims more than there is memory,
    // and some of the system's own files claim none.
    let expected = try regularSize(limit: limit) ?? 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(expected, 1 << 28))
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { chunk.deallocate() }
    while true {
      let count = try read(into: chunk)
      if count == 0 { return bytes }
      if bytes.count > limit - count {
        throw TensorError("'\(path)' holds more than the limit of \(limit) bytes")
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }

  /// The number of bytes read, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR { throw fileError("cannot read", path, errno) }
    }
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, part.baseAddress, part.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, part.baseAddress, part.count)
      #else
        let count = Darwin.write(descriptor, part.baseAddress, part.count)
      #endif
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw fileError("cannot write", path, errno)
      }
    }
  }

  /// Fills the buffer.
  ///
  /// - Throws: `TensorError` when the file ends before that.
  func readFully(into buffer: UnsafeMutableRawBufferPointer) throws {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: rest.prefix(1 << 30)))
      if count == 0 { throw TensorError("'\(path)' ends before its last element") }
      rest = rest.dropFirst(count)
    }
  }

  /// Fills the buffer with the bytes from `offset` on; where `read` goes on is left as it is.
  ///
  /// - Throws: `TensorError` when the file ends before that.
  package func readFully(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var rest = buffer[...]
    while !rest.isEmpty {
      let part = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(1 << 30))
      let position = offset + rest.startIndex
      let count = pread(descriptor, part.baseAddress, part.count, off_t(position))
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 {
        throw TensorError(
          "'\(path)' ends at byte \(position), but \(rest.count) more were expected")
      } else if errno != EINTR {
        throw fileError("cannot read", path, errno)
      }
    }
  }

  /// The bytes of a regular file in place, or `nil` where they cannot be mapped.
  ///
  /// - Returns: A view that must be given to `munmap`. It outlives the descriptor.
  func mapped() -> UnsafeRawBufferPointer? {
    guard let size = try? regularSize(limit: .max), size > 0 else { return nil }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    return UnsafeRawBufferPointer(start: address, count: size)
  }
}

extension Tensor {
  /// The elements that stand in a file from `offset` on, read in place when they are used.
  ///
  /// - Parameter isLast: Whether the file must end with the last element.
  /// - Returns: `nil` where the file cannot be mapped or is not as long as that.
  package static func mapped(
    _ file: OpenFile, _ dataType: DataType, dimensions: [Int], offset: Int, isLast: Bool = true
  ) throws -> Tensor? {
    guard dataType != .string, dataType != .bool,
      let byteCount = TensorType(dataType, Shape(dimensions)).byteCount, byteCount > 0,
      let bytes = file.mapped()
    else { return nil }
    let rest = bytes.count - byteCount
    guard offset >= 0, isLast ? rest == offset : rest >= offset else {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count)
      return nil
    }
    let address = UInt(bitPattern: bytes.baseAddress!)
    let count = bytes.count
    return try Tensor(
      viewing: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + byteCount]),
      dataType: dataType, dimensions: dimensions,
      release: { munmap(UnsafeMutableRawPointer(bitPattern: address)!, count) }
    )
  }
}
