import Tensors

/// The work that one run of a kernel takes.
public struct Cost: Hashable, Sendable {
  /// Additions and multiplications of numbers.
  public var operations: Double
  /// Bytes read and written.
  public var bytesMoved: Double

  /// A number of operations and of bytes.
  public init(operations: Double, bytesMoved: Double) {
    self.operations = operations
    self.bytesMoved = bytesMoved
  }

  /// One operation for each element of the outputs, every tensor moved once.
  public static func elementwise(_ request: KernelRequest) -> Cost {
    let elements = request.outputs.reduce(0.0) { $0 + Double($1.shape.elementCount!) }
    return Cost(operations: elements, bytesMoved: moving(request))
  }

  /// The bytes of all inputs and outputs.
  public static func moving(_ request: KernelRequest) -> Double {
    bytes(request.inputs) + bytes(request.outputs)
  }

  private static func bytes(_ types: [TensorType]) -> Double {
    types.reduce(0.0) { $0 + Double($1.shape.elementCount!) * Double($1.dataType.byteCount) }
  }
}
