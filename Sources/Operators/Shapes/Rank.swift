import GraphIR
import Tensors

/// The number of axes of a tensor.
public struct Rank: Operator {
  public static let name = "Rank"
  public static let summary = "The number of axes of a tensor."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", .fixed(.int32))],
    types: ["T": .any])
  public static let traits: OperatorTraits = .dependsOnSizesOnly

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { [.scalar] }

  public static let gradient = GradientRule.none(
    because: "a number of axes does not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    sizesKernel([request.inputSizes(0).count], .int32)
  }

  public func cost(_ request: KernelRequest) -> Cost { Cost(operations: 0, bytesMoved: 0) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", Rank(), [.sample([2, 3])]),
      Sample("a scalar", Rank(), [.sample([])]),
      Sample("nothing", Rank(), [.sample([0, 3, 1])]),
    ]
  }
}

/// The number of axes of a tensor.
///
/// - Parameter input: Any tensor.
/// - Returns: A scalar `Int32`.
public func rank(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Rank(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
