import CKernels
import GraphIR
import Tensors

/// The slices of a tensor that tuples of indices point to.
public struct GatherNd: Operator {
  public static let name = "GatherNd"
  public static let summary = "The slices of a tensor that tuples of indices point to."
  public static let signature = Signature(
    inputs: [.init("params", "Tparams"), .init("indices", "Tindices")],
    outputs: [.init("output", "Tparams")], types: ["Tparams": .any, "Tindices": sliceIndexTypes])
  public static let attributes: [Attribute<GatherNd>] = [
    .init(
      "bad_indices_policy", \.badIndicesPolicy, "What becomes of indices that lie outside.",
      isArgument: false)
  ]

  /// What becomes of indices that lie outside.
  public var badIndicesPolicy = BadIndicesPolicy.unspecified

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try request.slices(at: 1, of: request.inputs[0], named: "params")]
  }

  // Each slice gathers what flows back into its copies.
  public static let gradient = GradientRule.rule { g in
    var scatter = ScatterNd()
    scatter.badIndicesPolicy = g.operation(as: GatherNd.self).badIndicesPolicy
    let sizes = shapeTensor(g.x, type: g.y.dataType)
    return [g.graph.append(scatter, [g.y, g.outputGradient, sizes], origin: .unknown).output, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[0].dataType.byteCount
    guard size > 0 else { throw unsupported(request.inputs[0].dataType) }
    let indexing = try SliceIndexing(
      request.inputs[1], into: request.inputs[0], named: "params", policy: badIndicesPolicy)
    let sliceBytes = indexing.sliceCount * size
    let perPiece = max(1, elementsPerPiece / max(1, indexing.sliceCount))
    let pieces = (indexing.count + perPiece - 1) / perPiece
    return Kernel(scratchByteCount: indexing.scratchByteCount) { context in
      let numbers = context.scratch.assumingMemoryBound(to: Int64.self)
      try indexing.resolve(context.inputs[1], into: numbers)
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * perPiece
        staticgraph_gather_slices(
          min(perPiece, indexing.count - start), sliceBytes, context.inputs[0], numbers + start,
          context.outputs[0] + start * sliceBytes)
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let moved = Double(request.outputCount()) * Double(request.outputs[0].dataType.byteCount) * 2
    let indices = Double(request.inputCount(1)) * Double(request.inputs[1].dataType.byteCount)
    return Cost(operations: 0, bytesMoved: moved + indices)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "elements of a matrix", GatherNd(),
        [.sample([3, 4]), try! Tensor([Int32(0), 1, 2, 3, 0, 1], dimensions: [3, 2])]),
      Sample(
        "rows of a matrix", GatherNd(),
        [.sample([3, 2]), try! Tensor([Int64(2), 0, 2], dimensions: [3, 1])]),
      Sample(
        "slices of a cube", GatherNd(),
        [
          .sample([2, 3, 2]), try! Tensor([Int32(1), 2, 0, 0, 1, 1, 0, 2], dimensions: [2, 2, 2]),
        ]),
      Sample(
        "one tuple", GatherNd(), [.sample([3, 2]), Tensor([Int32(2), 1])], differentiable: false),
      Sample(
        "tuples of nothing", GatherNd(), [.sample([2, 2]), .init(emptyIndices: [3, 0])],
        differentiable: false),
      Sample("no tuples", GatherNd(), [.sample([3, 2]), .init(emptyIndices: [0, 1])]),
      Sample(
        "many slices", GatherNd(),
        [
          .sample([5, 3]),
          try! Tensor((0..<40_000).map { Int32($0 % 5) }, dimensions: [40_000, 1]),
        ], differentiable: false),
      Sample(
        failing: "a scalar for a tuple", GatherNd(), [.sample([3]), Tensor(Int32(1))],
        message: "indices must have at least rank 1, but it is Int32"),
      Sample(
        failing: "tuples that are too long", GatherNd(),
        [.sample([3]), try! Tensor([Int32(0), 1], dimensions: [1, 2])],
        message: "indices is Int32[1, 2], whose tuples have 2 indices, but params is Float64[3]"),
    ]
  }
}

/// The slices of a tensor that tuples of indices point to.
///
/// ```swift
/// let diagonal = gatherNd(matrix, graph.constant([[0, 0], [1, 1]]))
/// ```
/// - Parameters:
///   - params: Any tensor.
///   - indices: Integers whose last axis holds tuples: indices along the first axes of `params`,
///     each from 0 up. A run fails where one lies outside.
/// - Returns: One slice for each tuple: a value of the sizes of `indices` without the last, and
///   of the sizes of `params` behind those that the tuples index.
public func gatherNd(
  _ params: Value, _ indices: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  params.graph.append(
    GatherNd(), [params, indices], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
