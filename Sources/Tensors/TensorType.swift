/// What is known of a tensor before it is computed: the type of its elements and its shape.
public struct TensorType: Hashable, Sendable {
  /// The type of the elements.
  public var dataType: DataType
  /// The shape, as far as it is known.
  public var shape: Shape

  /// A type of elements together with a shape.
  public init(_ dataType: DataType, _ shape: Shape = .scalar) {
    self.dataType = dataType
    self.shape = shape
  }

  /// The bytes of a tensor of this type; `nil` when a size is unknown or the product overflows.
  public var byteCount: Int? {
    guard let count = shape.elementCount else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dataType.byteCount)
    return overflow ? nil : bytes
  }
}

extension TensorType: CustomStringConvertible {
  /// As a `.graph` file writes it: `Float64` for a scalar, `Float32[?, 3]` else.
  public var description: String {
    shape == .scalar ? dataType.name : "\(dataType.name)\(shape)"
  }
}
