import GraphIR
import Tensors

/// The shape of a tensor, as a vector of integers.
public struct ShapeOperator: Operator {
  public static let name = "Shape"
  public static let summary = "The shape of a tensor, as a vector of integers."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "out_type")],
    types: ["T": .any, "out_type": .index])
  public static let attributes: [Attribute<ShapeOperator>] = [
    .init("out_type", \.outputType, "The type of the sizes.", label: "type")
  ]
  public static let traits: OperatorTraits = [.givesShapeOfInput, .dependsOnSizesOnly]

  /// The type of the sizes.
  public var outputType = DataType.int32

  public init() {}

  /// The shape as integers of that type.
  public init(_ outputType: DataType) {
    self.outputType = outputType
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] {
    [Shape(dimensions: [request.shape(0).rank])]
  }

  public static let gradient = GradientRule.none(
    because: "a shape does not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    sizesKernel(request.inputSizes(0), outputType)
  }

  public func cost(_ request: KernelRequest) -> Cost { Cost(operations: 0, bytesMoved: 0) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", ShapeOperator(), [.sample([2, 3])], differentiable: false),
      Sample("a scalar, in Int64", ShapeOperator(.int64), [.sample([])], differentiable: false),
      Sample("nothing", ShapeOperator(), [.sample([0, 3])], differentiable: false),
      Sample(
        failing: "in another type", ShapeOperator(.float32), [.sample([2])],
        message: "attribute out_type must be Int32 or Int64, but it is Float32"),
    ]
  }
}

/// The shape of a tensor, as a vector of integers.
///
/// - Parameters:
///   - input: Any tensor.
///   - type: `Int32` or `Int64`.
/// - Returns: A vector with one size for each axis of `input`.
public func shape(
  _ input: Value, type: DataType = .int32, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    ShapeOperator(type), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

/// The shape of a value: a constant where it is known, computed when the graph runs where not.
///
/// - Parameter type: `Int32`, which a constant of larger sizes is not, or `Int64`.
package func shapeTensor(_ x: Value, type: DataType = .int32) -> Value {
  if let sizes = x.shape.known, type == .int64 || sizes.allSatisfy({ $0 <= Int32.max }) {
    let constant = type == .int64 ? Tensor(sizes) : Tensor(sizes.map { Int32($0) })
    return x.graph.constant(constant, origin: .unknown)
  }
  return shape(x, type: type)
}
