#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Tensor {
  /// Calls `body` with the bytes of the elements, which stay valid during the call only.
  ///
  /// A tensor of strings has no bytes of this kind and gives an empty buffer.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    switch storage {
    case .memory(let memory):
      return try withExtendedLifetime(memory) { try body(UnsafeRawBufferPointer(memory.bytes)) }
    case .strings:
      return try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
  }

  /// Calls `body` with the bytes of the elements for writing, after a copy where they are shared.
  public mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    guard case .memory(var memory) = storage else {
      return try body(UnsafeMutableRawBufferPointer(start: nil, count: 0))
    }
    // The enum must not hold a second reference while uniqueness is asked for.
    storage = .strings([])
    if !memory.isOwned || !isKnownUniquelyReferenced(&memory) {
      let copy = try! TensorMemory(byteCount: memory.bytes.count)
      copy.bytes.copyMemory(from: UnsafeRawBufferPointer(memory.bytes))
      memory = copy
    }
    defer { storage = .memory(memory) }
    return try body(memory.bytes)
  }

  /// The elements in row-major order.
  ///
  /// - Throws: `TensorError` when the tensor holds elements of another type; nothing is converted.
  public func elements<Element: FixedSizeElement>(
    as type: Element.Type = Element.self
  ) throws -> [Element] {
    if let literalError { throw literalError }
    guard Element.dataType == dataType else {
      throw TensorError.elementType(asked: Element.dataType, holds: self.type)
    }
    if dataType == .bool {
      // Bytes of a caller or a file may be neither 0 nor 1, which no `Bool` survives.
      return withUnsafeBytes { bytes in bytes.map { $0 != 0 } } as! [Element]
    }
    return withUnsafeBytes { Array($0.bindMemory(to: Element.self)) }
  }

  /// The only element.
  ///
  /// - Throws: `TensorError` when there is not exactly one, or it is of another type.
  public func scalar<Element: FixedSizeElement>(
    as type: Element.Type = Element.self
  ) throws -> Element {
    if let literalError { throw literalError }
    guard elementCount == 1 else { throw TensorError.notScalar(self.type) }
    return try elements(as: type)[0]
  }

  /// The strings in row-major order, each a sequence of bytes.
  ///
  /// - Throws: `TensorError` when the tensor does not hold strings.
  public func strings() throws -> [[UInt8]] {
    if let literalError { throw literalError }
    guard case .strings(let strings) = storage else {
      throw TensorError.elementType(asked: .string, holds: type)
    }
    return strings
  }

  /// A key that tells apart tensors that share no memory.
  public var memoryIdentity: ObjectIdentifier? {
    guard case .memory(let memory) = storage else { return nil }
    return ObjectIdentifier(memory)
  }
}

extension Tensor: Hashable {
  /// Whether type, sizes and the bits of every element are equal.
  ///
  /// Bits, not numbers: a NaN equals itself, and 0.0 differs from −0.0.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    guard left.dataType == right.dataType, left.dimensions == right.dimensions,
      left.literalError == right.literalError
    else { return false }
    switch (left.storage, right.storage) {
    case (.memory(let mine), .memory(let theirs)):
      return mine === theirs
        || mine.bytes.isEmpty
        || memcmp(mine.bytes.baseAddress!, theirs.bytes.baseAddress!, mine.bytes.count) == 0
    case (.strings(let mine), .strings(let theirs)):
      return mine == theirs
    default:
      return false
    }
  }

  /// Feeds type, sizes and the first bytes of the elements to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(dataType)
    hasher.combine(dimensions)
    switch storage {
    case .memory(let memory):
      hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: memory.bytes.prefix(256)))
    case .strings(let strings):
      hasher.combine(strings.first)
    }
  }
}
