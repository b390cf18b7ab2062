import GraphIR
import Tensors

/// The constant of a call that gives a shape beside the value: its elements in order, one element
/// for all of them, or their bytes.
func shapedTensor(_ call: FunctionCall, _ type: DataType?, _ sizes: [Int]) throws -> Tensor {
  guard sizes.allSatisfy({ $0 >= 0 }) else {
    throw ShapeError("shape must hold sizes from 0 up, but it is \(sizes)")
  }
  // A file holds no larger tensors.
  let limit = min(call.graph.snapshot { $0.limits.byteCount }, Int(Int32.max))
  let width = type.map { $0 == .string ? 16 : $0.byteCount } ?? 8
  guard let count = Shape.elementCount(of: sizes), count <= limit / width else {
    throw ShapeError("shape \(sizes) is larger than the limit of \(limit) bytes")
  }
  if case .bytes(let bytes)? = call["value"], type != .string {
    guard let type else { throw ShapeError("type must be given where value is bytes") }
    guard bytes.count == count * type.byteCount else {
      throw ShapeError(
        "value has \(bytes.count) bytes, but \(TensorType(type, Shape(sizes))) takes"
          + " \(count * type.byteCount)")
    }
    return try Tensor(uninitialized: type, dimensions: sizes) { $0.copyBytes(from: bytes) }
  }
  let value = try call.tensor("value", literalType: type)
  if value.elementCount == count { return try value.reshaped(to: sizes) }
  guard value.elementCount == 1 else {
    throw ShapeError("value has \(value.elementCount) elements, but shape \(sizes) takes \(count)")
  }
  if value.dataType == .string {
    let element = try value.strings()[0]
    return try Tensor(strings: Array(repeating: element, count: count), dimensions: sizes)
  }
  return try value.withUnsafeBytes { element in
    try Tensor(uninitialized: value.dataType, dimensions: sizes) { bytes in
      for start in stride(from: 0, to: bytes.count, by: element.count) {
        UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + element.count])
          .copyMemory(from: element)
      }
    }
  }
}
