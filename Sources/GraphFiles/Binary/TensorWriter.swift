internal import CGraphFile
import GraphIR
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension GraphFileWriter {
  /// A tensor as a message: one value of a typed list when all elements are equal, else the bytes.
  func tensor(_ record: TensorRecord) throws -> UnsafeMutablePointer<Staticgraph__Tensor> {
    switch record {
    case .value(let tensor): return try message(of: tensor)
    case .uninterpreted(let type, let bytes): return try unpack(bytes, type)
    }
  }

  private func unpack(
    _ bytes: [UInt8], _ type: Int32
  ) throws -> UnsafeMutablePointer<Staticgraph__Tensor> {
    var bytes = bytes
    // An empty array has no address, which protobuf-c asks for.
    let count = bytes.count
    if bytes.isEmpty { bytes.append(0) }
    guard let message = staticgraph__tensor__unpack(nil, count, bytes) else {
      throw fail("the message of a tensor of type number \(type) does not unpack")
    }
    arena.own(message)
    return message
  }

  private func message(of tensor: Tensor) throws -> UnsafeMutablePointer<Staticgraph__Tensor> {
    let message = arena.message(staticgraph__tensor__init)
    message.pointee.dtype = typeMessage(tensor.dataType.rawValue)
    message.pointee.tensor_shape = shape(tensor.shape)
    if tensor.dataType == .string {
      let strings = try tensor.strings()
      let isUniform = strings.allSatisfy { $0 == strings[0] }
      let stored = isUniform ? Array(strings.prefix(1)) : strings
      message.pointee.n_string_val = stored.count
      message.pointee.string_val = arena.array(stored.map { arena.bytes($0) })
    } else {
      tensor.withUnsafeBytes { bytes in
        guard !bytes.isEmpty else { return }
        if isUniform(bytes, elementSize: tensor.dataType.byteCount) {
          setSingleValue(of: message, tensor.dataType, bytes)
        } else {
          message.pointee.tensor_content = arena.bytes(bytes)
        }
      }
    }
    return message
  }

  /// Whether every element has the bits of the one before it.
  private func isUniform(_ bytes: UnsafeRawBufferPointer, elementSize: Int) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    return memcmp(base, base + elementSize, bytes.count - elementSize) == 0
  }

  private func setSingleValue(
    of message: UnsafeMutablePointer<Staticgraph__Tensor>, _ dataType: DataType,
    _ bytes: UnsafeRawBufferPointer
  ) {
    func first<Element: BitwiseCopyable>(_ type: Element.Type) -> Element {
      bytes.loadUnaligned(as: type)
    }
    func set<Value>(
      _ value: Value, _ list: WritableKeyPath<Staticgraph__Tensor, UnsafeMutablePointer<Value>?>,
      _ count: WritableKeyPath<Staticgraph__Tensor, Int>
    ) {
      message.pointee[keyPath: list] = arena.array([value])
      message.pointee[keyPath: count] = 1
    }
    switch dataType {
    case .float32: set(first(Float.self), \.float_val, \.n_float_val)
    case .float64: set(first(Double.self), \.double_val, \.n_double_val)
    case .int32: set(first(Int32.self), \.int_val, \.n_int_val)
    case .int16: set(Int32(first(Int16.self)), \.int_val, \.n_int_val)
    case .int8: set(Int32(first(Int8.self)), \.int_val, \.n_int_val)
    case .uint16: set(Int32(first(UInt16.self)), \.int_val, \.n_int_val)
    case .uint8: set(Int32(first(UInt8.self)), \.int_val, \.n_int_val)
    case .int64: set(first(Int64.self), \.int64_val, \.n_int64_val)
    case .uint32: set(first(UInt32.self), \.uint32_val, \.n_uint32_val)
    case .uint64: set(first(UInt64.self), \.uint64_val, \.n_uint64_val)
    case .bool: set(first(UInt8.self) == 0 ? 0 : 1, \.bool_val, \.n_bool_val)
    case .float16, .bfloat16: set(Int32(first(UInt16.self)), \.half_val, \.n_half_val)
    case .string: break
    }
  }
}
