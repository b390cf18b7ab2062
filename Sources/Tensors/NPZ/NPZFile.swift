import Synchronization

/// An open `.npz` file whose arrays are read one by one; closed with the last user.
package final class NPZFile: Sendable {
  /// What the file says of an array.
  package struct Entry: Sendable {
    /// The name without the suffix `.npy`.
    package let name: String
    package let dataType: DataType
    package let dimensions: [Int]
    fileprivate let place: ZipArchive.Entry
    /// Whether the elements stand in the file in the order of a tensor's.
    fileprivate let isInOrder: Bool
  }

  package let path: String
  /// The arrays in the order of the file.
  package let entries: [Entry]
  /// The library reads for one caller at a time.
  private let archive: Mutex<ZipArchive>

  /// Opens a file, and reads what it says of its arrays.
  ///
  /// - Parameters:
  ///   - path: A file.
  ///   - limit: The most bytes that all entries together may expand to.
  /// - Throws: `TensorError` that names the path, when the file cannot be read, expands beyond the
  ///   limit, or holds what is not a `.npy` array.
  package init(_ path: String, limit: Int) throws {
    do {
      let file = try OpenFile(reading: path)
      defer { file.close() }
      let archive = try ZipArchive(file)
      var names: Set<String> = []
      self.path = path
      entries = try archive.entries(limit: limit).map { place in
        try place.naming {
          let name = try TensorArchive.checkedName(place.name) { names.contains($0) }
          names.insert(name)
          let (header, element) = try archive.description(of: place)
          let isInOrder = element.dataType != .string && !header.isColumnMajor
          return Entry(
            name: name, dataType: element.dataType, dimensions: header.dimensions, place: place,
            isInOrder: isInOrder)
        }
      }
      self.archive = Mutex(archive)
    } catch let error as TensorError {
      throw error.naming(path)
    }
  }

  /// Reads an array.
  ///
  /// - Throws: `TensorError` that names the path and the entry, when its data is damaged.
  package func tensor(at position: Int) throws -> Tensor {
    try reading(position) { archive, place in try archive.tensor(of: place) }
  }

  /// Fills memory of its size with the elements of an array, which are no texts.
  ///
  /// - Throws: `TensorError` that names the path and the entry, when its data is damaged.
  package func read(at position: Int, into memory: UnsafeMutableRawBufferPointer) throws {
    guard entries[position].isInOrder else {
      return try tensor(at: position).withUnsafeBytes { memory.copyMemory(from: $0) }
    }
    try reading(position) { archive, place in try archive.read(place, into: memory) }
  }

  private func reading<Result: Sendable>(
    _ position: Int, _ body: (borrowing ZipArchive, ZipArchive.Entry) throws -> Result
  ) throws -> Result {
    let place = entries[position].place
    do {
      return try archive.withLock { archive in try place.naming { try body(archive, place) } }
    } catch let error as TensorError {
      throw error.naming(path)
    }
  }
}
