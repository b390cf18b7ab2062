import CZip

extension TensorArchive {
  /// The tensors of a `.npz` file, stored or deflated.
  ///
  /// - Parameters:
  ///   - path: A file.
  ///   - limit: The most bytes that all entries together may expand to.
  /// - Throws: `TensorError` that names the path, when the file cannot be read, is damaged,
  ///   expands beyond the limit, or holds what is not a `.npy` array. Sizes are checked before
  ///   memory is asked for.
  public init(npzFile path: String, limit: Int = 1 << 36) throws {
    try self.init(npzFile: path, limit: limit, mapping: false)
  }

  /// The tensors of a `.npz` file, of which those that are stored without compression are read from
  /// the file when they are used.
  ///
  /// The file must not be changed while the tensors are used; it may be deleted or replaced by
  /// another one. What cannot be read in place is read at once: deflated entries, elements in
  /// Fortran's or the other byte order, and those that do not stand at a multiple of their size in
  /// the file, which only bytes are sure to do. The checksum of each entry is compared all the same.
  ///
  /// - Parameters:
  ///   - path: A file.
  ///   - limit: The most bytes that all entries together may expand to.
  /// - Throws: `TensorError` as `init(npzFile:limit:)`.
  public init(mappingNPZFile path: String, limit: Int = 1 << 40) throws {
    try self.init(npzFile: path, limit: limit, mapping: true)
  }

  private init(npzFile path: String, limit: Int, mapping: Bool) throws {
    do {
      let file = try OpenFile(reading: path)
      defer { file.close() }
      try self.init(
        reading: ZipArchive(file), limit: limit, mapping: mapping ? ZipDirectory(file) : nil)
    } catch let error as TensorError {
      throw error.naming(path)
    }
  }

  /// The tensors of `.npz` data, stored or deflated.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of a `.npz` file.
  ///   - limit: The most bytes that all entries together may expand to.
  /// - Throws: `TensorError` when the data is damaged, expands beyond the limit, or holds what is
  ///   not a `.npy` array.
  public init(npz bytes: [UInt8], limit: Int = 1 << 36) throws {
    self = try bytes.withUnsafeBytes { buffer in
      var error = zip_error_t()
      zip_error_init(&error)
      defer { zip_error_fini(&error) }
      let count = zip_uint64_t(buffer.count)
      guard let source = zip_source_buffer_create(buffer.baseAddress, count, 0, &error) else {
        throw ZipArchive.failure(&error)
      }
      guard let zip = zip_open_from_source(source, ZIP_RDONLY, &error) else {
        zip_source_free(source)
        throw ZipArchive.failure(&error)
      }
      return try TensorArchive(
        reading: ZipArchive(zip: zip, byteCount: buffer.count), limit: limit)
    }
  }

  /// Reads all entries and closes the archive.
  ///
  /// - Parameter directory: Where the entries stand in a file that may be read in place.
  private init(
    reading archive: consuming ZipArchive, limit: Int, mapping directory: ZipDirectory? = nil
  ) throws {
    self.init()
    let entries = try archive.entries(limit: limit)
    for entry in entries {
      try entry.naming {
        if let directory, let mapped = try archive.mappedTensor(of: entry, directory) {
          try append(mapped, named: entry.name)
        } else {
          try append(try archive.tensor(of: entry), named: entry.name)
        }
      }
    }
  }
}

/// An open zip archive, closed when it goes out of scope; used by one thread at a time, any.
struct ZipArchive: ~Copyable, @unchecked Sendable {
  struct Entry {
    var index: zip_uint64_t
    var name: String
    var byteCount: Int

    /// Calls `body`, whose errors are those of the entry.
    func naming<Result>(_ body: () throws -> Result) throws -> Result {
      do {
        return try body()
      } catch let error as TensorError {
        throw TensorError("entry '\(name)': \(error)")
      }
    }
  }

  /// The most that deflate can expand a byte to.
  private static let maximumExpansion = 1032

  let zip: OpaquePointer
  /// The size of the whole archive.
  let byteCount: Int

  init(zip: OpaquePointer, byteCount: Int) {
    self.zip = zip
    self.byteCount = byteCount
  }

  /// Opens a file.
  ///
  /// - Throws: `TensorError` when it is none that can be read in any order, or no zip file.
  init(_ file: OpenFile) throws {
    guard let size = try file.regularSize(limit: .max) else {
      throw TensorError(
        "cannot read '\(file.path)': a zip file is read in any order, a pipe is not")
    }
    var code: Int32 = 0
    guard let zip = zip_open(file.path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw Self.failure(&error)
    }
    self.init(zip: zip, byteCount: size)
  }

  deinit { zip_discard(zip) }

  /// An error with the library's words.
  static func failure(_ error: UnsafeMutablePointer<zip_error_t>) -> TensorError {
    TensorError("the zip data cannot be read: \(String(cString: zip_error_strerror(error)))")
  }

  /// What the archive's directory lists, without folders.
  ///
  /// - Throws: `TensorError` when an entry's size is impossible, or all together expand beyond
  ///   the limit.
  func entries(limit: Int) throws -> [Entry] {
    guard byteCount > 0 else { throw TensorError("the zip data cannot be read: it is empty") }
    var total = 0
    var result: [Entry] = []
    for index in 0..<zip_uint64_t(max(zip_get_num_entries(zip, 0), 0)) {
      var status = zip_stat_t()
      zip_stat_init(&status)
      guard zip_stat_index(zip, index, 0, &status) == 0, let name = status.name else {
        throw Self.failure(zip_get_error(zip))
      }
      let entry = try entry(index, String(cString: name), status)
      if entry.name.utf8.last == UInt8(ascii: "/") && entry.byteCount == 0 { continue }
      let (sum, overflow) = total.addingReportingOverflow(entry.byteCount)
      guard !overflow, sum <= limit else {
        throw TensorError(
          "the entries up to '\(entry.name)' expand to more than the limit of \(limit) bytes")
      }
      total = sum
      result.append(entry)
    }
    return result
  }

  private func entry(_ index: zip_uint64_t, _ name: String, _ status: zip_stat_t) throws -> Entry {
    let needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD
    guard status.valid & zip_uint64_t(needed) == needed,
      let size = Int(exactly: status.size), let compressed = Int(exactly: status.comp_size),
      compressed <= byteCount
    else { throw TensorError("entry '\(name)' claims more bytes than the archive has") }
    if status.valid & zip_uint64_t(ZIP_STAT_ENCRYPTION_METHOD) != 0,
      status.encryption_method != ZIP_EM_NONE
    {
      throw TensorError("entry '\(name)' is encrypted")
    }
    let expansion: Int
    switch Int32(status.comp_method) {
    case ZIP_CM_STORE: expansion = 1
    case ZIP_CM_DEFLATE: expansion = Self.maximumExpansion
    default:
      throw TensorError(
        "entry '\(name)' is compressed by method \(status.comp_method); stored and deflated "
          + "entries are read")
    }
    guard size / expansion <= compressed else {
      throw TensorError("entry '\(name)' claims \(size) bytes, which \(compressed) cannot hold")
    }
    return Entry(index: index, name: name, byteCount: size)
  }

  /// What the header of an entry says, and how its elements are stored.
  func description(of entry: Entry) throws -> (header: NPYHeader, element: NPYElement) {
    let file = try open(entry)
    defer { zip_fclose(file) }
    let (header, dataCount) = try readNPYHeader(byteCount: entry.byteCount) {
      try Self.fill($0, from: file)
    }
    return (header, try header.checkedElement(dataCount: dataCount))
  }

  /// The array of an entry.
  func tensor(of entry: Entry) throws -> Tensor {
    try reading(entry) { fill in try readNPY(byteCount: entry.byteCount, fill: fill) }
  }

  /// Fills memory of its size with the elements of an entry, which stand there in order.
  func read(_ entry: Entry, into memory: UnsafeMutableRawBufferPointer) throws {
    try reading(entry) { fill in
      let (header, dataCount) = try readNPYHeader(byteCount: entry.byteCount, fill: fill)
      let element = try header.checkedElement(dataCount: dataCount)
      guard dataCount == memory.count else {
        throw TensorError("there are \(dataCount) bytes of elements, not \(memory.count)")
      }
      try element.read(into: memory, fill)
    }
  }

  private func open(_ entry: Entry) throws -> OpaquePointer {
    guard let file = zip_fopen_index(zip, entry.index, 0) else {
      throw Self.failure(zip_get_error(zip))
    }
    return file
  }

  /// Calls `body` with what fills memory with the entry's next bytes; it is to read all.
  private func reading<Result>(
    _ entry: Entry,
    _ body: (_ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> Result
  ) throws -> Result {
    let file = try open(entry)
    defer { zip_fclose(file) }
    let result = try body { try Self.fill($0, from: file) }
    // The checksum is compared when the end is read.
    var byte: UInt8 = 0
    guard zip_fread(file, &byte, 1) == 0 else { throw Self.failure(zip_file_get_error(file)) }
    return result
  }

  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from file: OpaquePointer
  ) throws {
    var rest = buffer[...]
    while !rest.isEmpty {
      let part = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(1 << 30))
      let count = zip_fread(file, part.baseAddress!, zip_uint64_t(part.count))
      if count < 0 { throw failure(zip_file_get_error(file)) }
      if count == 0 { throw TensorError("the data ends before its last element") }
      rest = rest.dropFirst(Int(count))
    }
  }
}
