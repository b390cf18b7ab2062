import GraphIR
import Tensors

/// The number of elements of a tensor.
public struct Size: Operator {
  public static let name = "Size"
  public static let summary = "The number of elements of a tensor."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "out_type")],
    types: ["T": .any, "out_type": .index])
  public static let attributes: [Attribute<Size>] = [
    .init("out_type", \.outputType, "The type of the number.", label: "type")
  ]
  public static let traits: OperatorTraits = .dependsOnSizesOnly

  /// The type of the number.
  public var outputType = DataType.int32

  public init() {}

  /// The number of elements as an integer of that type.
  public init(_ outputType: DataType) {
    self.outputType = outputType
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { [.scalar] }

  public static let gradient = GradientRule.none(
    because: "a number of elements does not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    sizesKernel([request.inputCount(0)], outputType)
  }

  public func cost(_ request: KernelRequest) -> Cost { Cost(operations: 0, bytesMoved: 0) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", Size(), [.sample([2, 3])], differentiable: false),
      Sample("a scalar, in Int64", Size(.int64), [.sample([])], differentiable: false),
      Sample("nothing", Size(), [.sample([0, 3])], differentiable: false),
      Sample(
        failing: "in another type", Size(.float32), [.sample([2])],
        message: "attribute out_type must be Int32 or Int64, but it is Float32"),
    ]
  }
}

/// The number of elements of a tensor.
///
/// - Parameters:
///   - input: Any tensor.
///   - type: `Int32` or `Int64`; an `Int32` keeps the low bits of a larger number.
/// - Returns: A scalar.
public func size(
  _ input: Value, type: DataType = .int32, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    Size(type), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
