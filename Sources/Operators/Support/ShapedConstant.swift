import GraphIR
import Tensors

/// The constant of a call that gives a shape beside the value: its elements in order, one element
/// for all of them, or their bytes.
func shapedTensor(_ call: FunctionCall, _ type: DataType?, _ sizes: [Int]) throws -> Tensor {
  let limit = call.graph.snapshot { $0.limits.byteCount }
  let count = try checkedCount(sizes, type, limit: limit)
  if case .bytes(let bytes)? = call["value"], type != .string {
    guard let type else { throw ShapeError("type must be given where value is bytes") }
    guard bytes.count == count * type.byteCount else {
      throw ShapeError(
        "value has \(bytes.count) bytes, but \(TensorType(type, Shape(sizes))) takes"
          + " \(count * type.byteCount)")
    }
    return try Tensor(uninitialized: type, dimensions: sizes) { $0.copyBytes(from: bytes) }
  }
  return try shaped(call.tensor("value", literalType: type), sizes, count)
}

/// The constant of a shape that has the elements of a tensor in order, or its one element in all
/// places.
func shapedTensor(_ value: Tensor, _ sizes: [Int], limit: Int) throws -> Tensor {
  try shaped(value, sizes, checkedCount(sizes, value.dataType, limit: limit))
}

private func shaped(_ value: Tensor, _ sizes: [Int], _ count: Int) throws -> Tensor {
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

/// The number of elements of a constant of those sizes.
private func checkedCount(_ sizes: [Int], _ type: DataType?, limit: Int) throws -> Int {
  guard sizes.allSatisfy({ $0 >= 0 }) else {
    throw ShapeError("shape must hold sizes from 0 up, but it is \(sizes)")
  }
  // A file holds no larger tensors.
  let limit = min(limit, Int(Int32.max))
  let width = type.map { $0 == .string ? 16 : $0.byteCount } ?? 8
  guard let count = Shape.elementCount(of: sizes), count <= limit / width else {
    throw ShapeError("shape \(sizes) is larger than the limit of \(limit) bytes")
  }
  return count
}
