import GraphIR
import Tensors

/// The shape of a tensor, as a vector of integers.
public struct ShapeOperator: Operator {
  public static let name = "Shape"
  public static let summary = "The shape of a tensor, as a vector of integers."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("output", "out_type")],
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
    let sizes = request.inputSizes(0)
    if outputType == .int32 {
      return Kernel { context in
        let output = context.output(as: Int32.self)
        for axis in sizes.indices { output[axis] = Int32(truncatingIfNeeded: sizes[axis]) }
      }
    }
    return Kernel { context in
      let output = context.output(as: Int64.self)
      for axis in sizes.indices { output[axis] = Int64(sizes[axis]) }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost { Cost(operations: 0, bytesMoved: 0) }

  public static let samples: [Sample] = [
    Sample("a matrix", ShapeOperator(), [.sample([2, 3])], differentiable: false),
    Sample("a scalar, in Int64", ShapeOperator(.int64), [.sample([])], differentiable: false),
    Sample("nothing", ShapeOperator(), [.sample([0, 3])], differentiable: false),
  ]
}

/// The shape of a tensor, as a vector of integers.
///
/// - Parameters:
///   - x: Any tensor.
///   - type: `Int32` or `Int64`.
/// - Returns: A vector with one size for each axis of `x`.
public func shape(
  _ x: Value, type: DataType = .int32, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  x.graph.append(
    ShapeOperator(type), [x], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

/// The shape of a value: a constant where it is known, computed when the graph runs where not.
package func shapeTensor(_ x: Value) -> Value {
  if let sizes = x.shape.known, sizes.allSatisfy({ $0 <= Int32.max }) {
    return x.graph.constant(Tensor(sizes.map { Int32($0) }), origin: .unknown)
  }
  return shape(x)
}
