/// A value of any rank and element type: what a graph is fed, holds as constants and gives back.
///
/// ```swift
/// let a: Tensor = [[1, 2, 3], [4, 5, 6]]
/// let b = try Tensor([1, 2, 3, 4] as [Float], dimensions: [2, 2])
/// print(b)            // [[1. 2.]
///                     //  [3. 4.]]
/// ```
/// Tensors are values: a copy shares memory until one of the two is changed. Elements stand in
/// row-major order.
public struct Tensor: Sendable {
  enum Storage: Sendable {
    case memory(TensorMemory)
    case strings([[UInt8]])
  }

  /// The type of the elements.
  public let dataType: DataType
  /// The size of each dimension.
  public let dimensions: [Int]
  var storage: Storage

  /// Whether the tensor was written as a literal, so that it takes the type of what it meets.
  ///
  /// A literal fed to a `Float32` placeholder becomes a `Float32` tensor; on its own it is
  /// `Float64`, `Int64` or `Bool`.
  public internal(set) var isLiteral = false

  /// What is wrong with the literal that the tensor was written as, or `nil`.
  ///
  /// A literal cannot throw. One whose lists differ in length, or that mixes types, keeps its
  /// error here, holds no elements, and throws the error wherever its elements are asked for.
  public internal(set) var literalError: TensorError?

  init(dataType: DataType, dimensions: [Int], storage: Storage) {
    self.dataType = dataType
    self.dimensions = dimensions
    self.storage = storage
  }

  /// The shape, every size known.
  public var shape: Shape { Shape(unchecked: dimensions) }

  /// The type of the elements together with the shape.
  public var type: TensorType { TensorType(dataType, shape) }

  /// The number of dimensions.
  public var rank: Int { dimensions.count }

  /// The number of elements.
  public var elementCount: Int {
    // A tensor cannot exist with a count that overflows.
    Shape.elementCount(of: dimensions)!
  }

  /// The bytes of the elements; 0 for strings.
  public var byteCount: Int { elementCount * dataType.byteCount }
}

extension Tensor {
  /// A tensor whose bytes `initialize` writes.
  ///
  /// - Parameters:
  ///   - dataType: Any type but `string`.
  ///   - dimensions: The size of each dimension.
  ///   - initialize: Is handed all bytes, 64-byte aligned, and must write each of them.
  /// - Throws: `TensorError` when the size does not fit in memory's address range, or what
  ///   `initialize` throws.
  public init(
    uninitialized dataType: DataType, dimensions: [Int],
    initializingWith initialize: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    let bytes = try Self.checkedByteCount(dataType, dimensions)
    let memory = try TensorMemory(byteCount: bytes)
    try initialize(memory.bytes)
    self.init(dataType: dataType, dimensions: dimensions, storage: .memory(memory))
  }

  /// A tensor of the given elements in row-major order.
  ///
  /// - Throws: `TensorError` when the number of elements is not the product of the sizes.
  public init<Element: FixedSizeElement>(_ elements: [Element], dimensions: [Int]) throws {
    let expected = try Self.checkedElementCount(dimensions)
    guard expected == elements.count else {
      throw TensorError.elementCount(shape: Shape(dimensions), given: elements.count)
    }
    self.init(filling: dimensions, with: elements)
  }

  /// A vector of the given elements.
  public init<Element: FixedSizeElement>(_ elements: [Element]) {
    self.init(filling: [elements.count], with: elements)
  }

  /// A scalar.
  public init<Element: FixedSizeElement>(_ element: Element) {
    self.init(filling: [], with: CollectionOfOne(element))
  }

  /// A tensor whose every element is the given one.
  ///
  /// - Throws: `TensorError` when the size overflows.
  public init<Element: FixedSizeElement>(repeating element: Element, dimensions: [Int]) throws {
    let count = try Self.checkedElementCount(dimensions)
    try self.init(uninitialized: Element.dataType, dimensions: dimensions) { bytes in
      _ = bytes.bindMemory(to: Element.self).initialize(from: repeatElement(element, count: count))
    }
  }

  private init<Elements: Collection>(filling dimensions: [Int], with elements: Elements)
  where Elements.Element: FixedSizeElement {
    // The elements are in memory already, so that a second block of their size is no request
    // that a user's number could make too large.
    let memory = try! TensorMemory(
      byteCount: elements.count * MemoryLayout<Elements.Element>.stride)
    _ = memory.bytes.bindMemory(to: Elements.Element.self).initialize(from: elements)
    self.init(
      dataType: Elements.Element.dataType, dimensions: dimensions, storage: .memory(memory))
  }

  /// A tensor of strings in row-major order, each a sequence of bytes.
  ///
  /// - Throws: `TensorError` when the number of elements is not the product of the sizes.
  public init(strings: [[UInt8]], dimensions: [Int]) throws {
    guard try Self.checkedElementCount(dimensions) == strings.count else {
      throw TensorError.elementCount(shape: Shape(dimensions), given: strings.count)
    }
    self.init(dataType: .string, dimensions: dimensions, storage: .strings(strings))
  }

  /// A vector of strings.
  public init(_ strings: [String]) {
    let bytes = strings.map { Array($0.utf8) }
    self.init(dataType: .string, dimensions: [strings.count], storage: .strings(bytes))
  }

  /// A scalar string.
  public init(_ string: String) {
    self.init(dataType: .string, dimensions: [], storage: .strings([Array(string.utf8)]))
  }

  /// A tensor of zeros: 0, `false` or empty strings.
  ///
  /// - Throws: `TensorError` when the size overflows.
  public init(zeros dataType: DataType, dimensions: [Int]) throws {
    if dataType == .string {
      let count = try Self.checkedElementCount(dimensions)
      try self.init(strings: Array(repeating: [], count: count), dimensions: dimensions)
    } else {
      try self.init(uninitialized: dataType, dimensions: dimensions) { bytes in
        _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
      }
    }
  }

  /// A tensor that reads memory of the caller in place, without a copy.
  ///
  /// The memory must neither change nor go away until `release` is called, which happens once,
  /// on any thread, when the last copy of the tensor is gone. Memory aligned to 64 bytes is read
  /// fastest; memory aligned to less than one element is copied.
  ///
  /// - Throws: `TensorError` when the number of bytes is not what type and sizes ask for.
  public init(
    viewing bytes: UnsafeRawBufferPointer, dataType: DataType, dimensions: [Int],
    release: @escaping @Sendable () -> Void
  ) throws {
    let expected = try Self.checkedByteCount(dataType, dimensions)
    guard dataType != .string, expected == bytes.count else {
      throw TensorError.byteCount(type: TensorType(dataType, Shape(dimensions)), given: bytes.count)
    }
    let address = UInt(bitPattern: bytes.baseAddress)
    if bytes.isEmpty || address % UInt(dataType.byteCount) != 0 {
      defer { release() }
      try self.init(uninitialized: dataType, dimensions: dimensions) { $0.copyMemory(from: bytes) }
    } else {
      self.init(
        dataType: dataType, dimensions: dimensions,
        storage: .memory(TensorMemory(viewing: bytes, release: release)))
    }
  }

  /// The same elements in the same order under other sizes; memory is shared.
  ///
  /// - Throws: `TensorError` when the number of elements differs.
  public func reshaped(to dimensions: [Int]) throws -> Tensor {
    if let literalError { throw literalError }
    guard try Self.checkedElementCount(dimensions) == elementCount else {
      throw TensorError.elementCount(shape: Shape(dimensions), given: elementCount)
    }
    var result = Tensor(dataType: dataType, dimensions: dimensions, storage: storage)
    result.isLiteral = isLiteral
    return result
  }
}

extension Tensor {
  static func checkedElementCount(_ dimensions: [Int]) throws -> Int {
    guard dimensions.allSatisfy({ $0 >= 0 }) else { throw TensorError.negativeSize(dimensions) }
    guard let count = Shape.elementCount(of: dimensions) else {
      throw TensorError.overflow(dimensions)
    }
    return count
  }

  static func checkedByteCount(_ dataType: DataType, _ dimensions: [Int]) throws -> Int {
    let count = try checkedElementCount(dimensions)
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dataType.byteCount)
    // Room is left for the rounding that the allocation does.
    guard !overflow, bytes <= Int.max - 4096 else { throw TensorError.overflow(dimensions) }
    return bytes
  }
}
