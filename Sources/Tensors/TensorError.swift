/// Why a tensor could not be made, read or stored.
public struct TensorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what was expected, with both values.
  public let description: String

  /// An error with that text.
  public init(_ description: String) {
    self.description = description
  }

  static func elementCount(shape: Shape, given: Int) -> TensorError {
    TensorError(
      "shape \(shape) holds \(shape.elementCount.map(String.init) ?? "too many") elements, "
        + "but \(given) were given")
  }

  static func byteCount(type: TensorType, given: Int) -> TensorError {
    TensorError(
      "a tensor of type \(type) takes \(type.byteCount.map(String.init) ?? "too many") bytes, "
        + "but \(given) were given")
  }

  static func negativeSize(_ dimensions: [Int]) -> TensorError {
    TensorError("a size cannot be negative: \(dimensions)")
  }

  static func overflow(_ dimensions: [Int]) -> TensorError {
    TensorError("a tensor of sizes \(dimensions) is larger than any memory")
  }

  static func elementType(asked: DataType, holds: TensorType) -> TensorError {
    TensorError("elements of type \(asked) were asked of a tensor of type \(holds)")
  }

  static func notScalar(_ type: TensorType) -> TensorError {
    TensorError("a single element was asked of a tensor of type \(type)")
  }
}
