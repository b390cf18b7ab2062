import CKernels
import GraphIR
import Tensors

/// A tensor of a given shape, each of whose elements is the same.
public struct Fill: Operator {
  public static let name = "Fill"
  public static let summary = "A tensor of a given shape, each of whose elements is the same."
  public static let signature = Signature(
    inputs: [.init("dims", "index_type"), .init("value", "T")], outputs: [.init("output", "T")],
    types: ["T": .any, "index_type": .index])
  public static let shapeInputs = [0]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "dims")
    try request.require(rank: 0, of: 1, named: "value")
    return [try statedShape(request, 0, named: "dims")]
  }

  // The element gathers what flows back into each of its copies.
  public static let gradient = GradientRule.rule { g in
    [nil, sum(reshape(g.outputGradient, to: [-1]), axes: [0])]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[1].dataType.byteCount
    guard size > 0 else { throw unsupported(request.inputs[1].dataType) }
    let count = request.outputCount()
    let pieces = pieceCount(count)
    return Kernel { context in
      let (element, result) = (context.inputs[1], context.outputs[0])
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        staticgraph_expand(
          1, min(elementsPerPiece, count - start), size, element, 0, true, result + start * size)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", Fill(), [Tensor([Int32(2), 3]), .sample([])]),
      Sample("a scalar", Fill(), [Tensor([Int32]()), .sample([])]),
      Sample("sizes in Int64", Fill(), [Tensor([Int64(4)]), .sample([])]),
      Sample("nothing", Fill(), [Tensor([Int32(0), 3]), .sample([])]),
      Sample(
        "truth values", Fill(), [Tensor([Int32(3)]), Tensor(true)], everyType: false,
        differentiable: false),
      Sample(
        failing: "a vector of elements", Fill(), [Tensor([Int32(2)]), .sample([2])],
        message: "value must have rank 0, but it is Float64[2]"),
      Sample(
        failing: "a negative size", Fill(), [Tensor([Int32(-1), 2]), .sample([])],
        message: "dims holds sizes, which are at least 0, but it is [-1, 2]"),
    ]
  }
}

/// A tensor of a given shape, each of whose elements is the same.
///
/// - Parameters:
///   - dims: A vector of sizes, `Int32` or `Int64`.
///   - value: A scalar.
/// - Returns: A value of the type of `value` and of those sizes.
public func fill(
  _ dims: Value, _ value: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  value.graph.append(
    Fill(), [dims, value], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
