import CZip

extension TensorArchive {
  /// Writes the tensors to a `.npz` file that NumPy reads.
  ///
  /// The same tensors under the same names give the same bytes. The path names either what it
  /// named before or the whole file, at every moment.
  ///
  /// - Parameters:
  ///   - path: Where the file is to be.
  ///   - compressed: Whether entries are deflated, which takes longer and makes most weights
  ///     little smaller.
  /// - Throws: `TensorError` that names the path, when the file cannot be written or a tensor is
  ///   of a type that `Tensor.npy()` refuses.
  public func writeNPZ(to path: String, compressed: Bool = false) throws {
    do {
      let headers = try zip(names, tensors).map { name, tensor in
        do {
          return try tensor.npyHeader()
        } catch let error as TensorError {
          throw TensorError("tensor '\(name)': \(error)")
        }
      }
      if tensors.isEmpty { return try writeFileAtomically(path, bytes: Self.emptyZip) }
      try replaceFile(path) { temporary in
        try writeZip(to: temporary, headers: headers, compressed: compressed)
      }
    } catch let error as TensorError {
      throw error.naming(path)
    }
  }

  /// The end of the directory alone, which the library writes for no archive without entries.
  private static let emptyZip: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)

  private func writeZip(to path: String, headers: [[UInt8]], compressed: Bool) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw ZipArchive.failure(&error)
    }
    // The library reads the bytes of the entries when it closes the archive.
    let copies = headers.map { header in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: header.count, alignment: 1)
      copy.copyBytes(from: header)
      return copy
    }
    defer { copies.forEach { $0.deallocate() } }
    try withExtendedLifetime(tensors) {
      do {
        for index in tensors.indices {
          try addEntry(index, header: copies[index], to: archive, compressed: compressed)
        }
        guard zip_close(archive) == 0 else { throw Self.failure(of: archive) }
      } catch {
        zip_discard(archive)
        throw error
      }
    }
  }

  private func addEntry(
    _ index: Int, header: UnsafeMutableRawBufferPointer, to archive: OpaquePointer,
    compressed: Bool
  ) throws {
    var fragments: [zip_buffer_fragment_t] = []
    func append(_ bytes: UnsafeMutableRawBufferPointer) {
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
      let data = base.assumingMemoryBound(to: zip_uint8_t.self)
      fragments.append(zip_buffer_fragment_t(data: data, length: zip_uint64_t(bytes.count)))
    }
    append(header)
    if case .memory(let memory) = tensors[index].storage { append(memory.bytes) }
    guard
      let source = zip_source_buffer_fragment(archive, fragments, zip_uint64_t(fragments.count), 0)
    else { throw Self.failure(of: archive) }
    let position = zip_file_add(
      archive, names[index] + ".npy", source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard position >= 0 else {
      zip_source_free(source)
      throw Self.failure(of: archive)
    }
    let method = compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE
    // The first day that the format knows, so that the bytes do not depend on the time.
    let firstDay: zip_uint16_t = 1 << 5 | 1
    guard zip_set_file_compression(archive, zip_uint64_t(position), method, 0) == 0,
      zip_file_set_dostime(archive, zip_uint64_t(position), 0, firstDay, 0) == 0
    else { throw Self.failure(of: archive) }
  }

  private static func failure(of archive: OpaquePointer) -> TensorError {
    TensorError(
      "the zip data cannot be written: \(String(cString: zip_error_strerror(zip_get_error(archive))))"
    )
  }
}
