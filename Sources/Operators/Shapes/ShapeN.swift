import GraphIR
import Tensors

/// The shapes of several tensors, each as a vector of integers.
public struct ShapeN: Operator {
  public static let name = "ShapeN"
  public static let summary = "The shapes of several tensors, each as a vector of integers."
  public static let signature = Signature(
    inputs: [.init("input", "T", count: "N")],
    outputs: [.init("output", "out_type", count: "N")],
    types: ["T": .any, "out_type": .index])
  public static let attributes: [Attribute<ShapeN>] = [
    .init("out_type", \.outputType, "The type of the sizes.", label: "type")
  ]
  public static let traits: OperatorTraits = .dependsOnSizesOnly

  /// The type of the sizes.
  public var outputType = DataType.int32

  public init() {}

  /// The shapes as integers of that type.
  public init(_ outputType: DataType) {
    self.outputType = outputType
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] {
    request.inputs.map { Shape(dimensions: [$0.shape.rank]) }
  }

  public static let gradient = GradientRule.none(
    because: "a shape does not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let sizes = request.inputs.indices.map { request.inputSizes($0) }
    let isNarrow = outputType == .int32
    return Kernel { context in
      for (number, sizes) in sizes.enumerated() {
        for (axis, size) in sizes.enumerated() {
          if isNarrow {
            context.output(number, as: Int32.self)[axis] = Int32(truncatingIfNeeded: size)
          } else {
            context.output(number, as: Int64.self)[axis] = Int64(size)
          }
        }
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost { Cost(operations: 0, bytesMoved: 0) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("one", ShapeN(), [.sample([2, 3])]),
      Sample("of several ranks", ShapeN(), [.sample([2, 3]), .sample([]), .sample([0, 3, 1])]),
      Sample("in Int64", ShapeN(.int64), [.sample([2, 3]), .sample([4])]),
      Sample(
        failing: "in another type", ShapeN(.float32), [.sample([2])],
        message: "attribute out_type must be Int32 or Int64, but it is Float32"),
      Sample(
        failing: "no inputs", ShapeN(), [], message: "takes at least 1 input, but 0 were given"),
    ]
  }
}

/// The shapes of several tensors, each as a vector of integers.
///
/// - Parameters:
///   - input: Tensors of one type; at least one.
///   - type: `Int32` or `Int64`.
/// - Returns: As many vectors; a single invalid value when there are no inputs.
public func shapeN(
  _ input: [Value], type: DataType = .int32, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> [Value] {
  // Without inputs there is no graph to tell, and the result is invalid.
  let graph = input.first?.graph ?? Graph()
  return graph.append(
    ShapeN(type), input, name: name, origin: Origin(fileID: fileID, line: line)
  ).outputs
}
