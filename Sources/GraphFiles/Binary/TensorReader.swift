internal import CGraphFile
import GraphIR
import Tensors

extension GraphFileReader {
  /// The most dimensions that a tensor may have, in TensorFlow as well.
  private static let maximumRank = 254

  /// The tensor that a message holds, repeated values written out.
  mutating func tensor(_ message: UnsafeMutablePointer<Staticgraph__Tensor>) throws -> TensorRecord
  {
    let number = typeNumber(message.pointee.dtype)
    guard let dataType = DataType(rawValue: number) else {
      let bytes = UnsafeRawPointer(message).assumingMemoryBound(to: ProtobufCMessage.self)
      return .uninterpreted(type: number, message: packed(bytes))
    }
    do {
      return .value(try value(message.pointee, dataType))
    } catch let error as TensorError {
      throw fail(error.description)
    }
  }

  private mutating func value(
    _ message: Staticgraph__Tensor, _ dataType: DataType
  ) throws -> Tensor {
    let dimensions = try knownSizes(message.tensor_shape?.pointee)
    let count = try reserve(dataType, dimensions)
    let content = rawBuffer(message.tensor_content)
    if dataType == .string { return try strings(message, content, dimensions, count) }
    if content.isEmpty { return try listed(message, dataType, dimensions, count) }
    guard content.count == count * dataType.byteCount else {
      throw fail(
        "a tensor of type \(TensorType(dataType, Shape(dimensions))) takes "
          + "\(counted(count * dataType.byteCount, "byte")), but its content has \(content.count)")
    }
    return try Tensor(uninitialized: dataType, dimensions: dimensions) { bytes in
      bytes.copyMemory(from: content)
      // A Bool of Swift must be 0 or 1, whatever the file says.
      guard dataType == .bool else { return }
      for index in bytes.indices where bytes[index] > 1 { bytes[index] = 1 }
    }
  }

  private func knownSizes(_ message: Staticgraph__Shape?) throws -> [Int] {
    guard let message else { return [] }
    let shape = try shape(message)
    guard let sizes = shape.known else {
      throw fail("a tensor has the shape \(shape), of which not every size is known")
    }
    guard sizes.count <= Self.maximumRank else {
      throw fail(
        "a tensor has \(sizes.count) dimensions, but at most \(Self.maximumRank) are possible")
    }
    return sizes
  }

  /// Takes the bytes of a tensor from what is left for all, before any are allocated.
  private mutating func reserve(_ dataType: DataType, _ sizes: [Int]) throws -> Int {
    let type = TensorType(dataType, Shape(sizes))
    let perElement = dataType == .string ? MemoryLayout<[UInt8]>.stride : dataType.byteCount
    guard let count = type.shape.elementCount else {
      throw fail("a tensor of type \(type) is larger than any memory")
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: perElement)
    guard !overflow, bytes <= tensorBytesLeft else {
      throw fail(
        "a tensor of type \(type) takes \(overflow ? "too many" : String(bytes)) bytes, but "
          + "\(tensorBytesLeft) are left of \(limits.tensorBytes) for the tensors of a file")
    }
    tensorBytesLeft -= bytes
    return count
  }

  private func listed(
    _ message: Staticgraph__Tensor, _ dataType: DataType, _ sizes: [Int], _ count: Int
  ) throws -> Tensor {
    func fill<Stored, Element: BitwiseCopyable>(
      _ list: UnsafeMutablePointer<Stored>?, _ given: Int, _ element: (Stored) -> Element?
    ) throws -> Tensor {
      try checkCount(given, dataType, sizes, count)
      return try Tensor(uninitialized: dataType, dimensions: sizes) { bytes in
        guard let list, given > 0 else {
          return _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
        }
        let elements = bytes.bindMemory(to: Element.self)
        for index in 0..<given {
          guard let value = element(list[index]) else {
            throw fail("element \(index) of a tensor is \(list[index]), which is no \(dataType)")
          }
          elements.initializeElement(at: index, to: value)
        }
        let last = elements[given - 1]
        elements[given...].initialize(repeating: last)
      }
    }
    switch dataType {
    case .float32: return try fill(message.float_val, message.n_float_val) { $0 }
    case .float64: return try fill(message.double_val, message.n_double_val) { $0 }
    case .int32: return try fill(message.int_val, message.n_int_val) { $0 }
    case .int16: return try fill(message.int_val, message.n_int_val) { Int16(exactly: $0) }
    case .int8: return try fill(message.int_val, message.n_int_val) { Int8(exactly: $0) }
    case .uint16: return try fill(message.int_val, message.n_int_val) { UInt16(exactly: $0) }
    case .uint8: return try fill(message.int_val, message.n_int_val) { UInt8(exactly: $0) }
    case .int64: return try fill(message.int64_val, message.n_int64_val) { $0 }
    case .uint32: return try fill(message.uint32_val, message.n_uint32_val) { $0 }
    case .uint64: return try fill(message.uint64_val, message.n_uint64_val) { $0 }
    case .bool: return try fill(message.bool_val, message.n_bool_val) { $0 == 0 ? 0 as UInt8 : 1 }
    case .float16, .bfloat16:
      return try fill(message.half_val, message.n_half_val) { UInt16(exactly: $0) }
    case .string: return try Tensor(zeros: .string, dimensions: sizes)
    }
  }

  private func checkCount(
    _ given: Int, _ dataType: DataType, _ sizes: [Int], _ count: Int
  ) throws {
    guard given <= count else {
      throw fail(
        "a tensor of type \(TensorType(dataType, Shape(sizes))) has "
          + "\(counted(count, "element")), but \(given) are given")
    }
  }

  private mutating func strings(
    _ message: Staticgraph__Tensor, _ content: UnsafeRawBufferPointer, _ sizes: [Int], _ count: Int
  ) throws -> Tensor {
    var elements: [[UInt8]]
    if content.isEmpty {
      let list = UnsafeBufferPointer(start: message.string_val, count: message.n_string_val)
      try checkCount(list.count, .string, sizes, count)
      elements = list.map { Array(rawBuffer($0)) }
      elements += repeatElement(elements.last ?? [], count: count - elements.count)
    } else {
      elements = try packedStrings(content, count)
    }
    return try Tensor(strings: elements, dimensions: sizes)
  }

  /// Strings in `tensor_content`: all lengths as varints, then all bytes.
  private func packedStrings(_ content: UnsafeRawBufferPointer, _ count: Int) throws -> [[UInt8]] {
    guard count <= content.count else {
      throw fail("the content of a tensor has \(content.count) bytes for \(count) strings")
    }
    var position = 0
    var lengths: [Int] = []
    lengths.reserveCapacity(count)
    var left = content.count
    for index in 0..<count {
      guard
        let length = readVarint(content, at: position, end: content.count, maximumBytes: 5),
        length.value <= UInt64(left)
      else { throw fail("the length of string \(index) of a tensor's content is wrong") }
      left -= Int(length.value)
      position = length.next
      lengths.append(Int(length.value))
    }
    guard left == position else {
      throw fail(
        "the strings of a tensor's content take \(content.count - left) bytes, but "
          + "\(content.count - position) follow their lengths")
    }
    return lengths.map { length in
      defer { position += length }
      return Array(content[position..<position + length])
    }
  }
}
