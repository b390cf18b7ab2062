import CKernels
import GraphIR
import Tensors

/// Zeros to which slices are added where tuples of indices point.
public struct ScatterNd: Operator {
  public static let name = "ScatterNd"
  public static let summary = "Zeros to which slices are added where tuples of indices point."
  public static let signature = Signature(
    inputs: [
      .init("indices", "Tindices"), .init("updates", "T"), .init("shape", "Tindices"),
    ],
    outputs: [.init("output", "T")], types: ["T": .any, "Tindices": sliceIndexTypes])
  public static let attributes: [Attribute<ScatterNd>] = [
    .init(
      "bad_indices_policy", \.badIndicesPolicy, "What becomes of indices that lie outside.",
      isArgument: false)
  ]
  public static let shapeInputs = [2]

  /// What becomes of indices that lie outside.
  public var badIndicesPolicy = BadIndicesPolicy.unspecified

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard TypeSet.index.contains(request.inputs[2].dataType) else {
      throw ShapeError("shape must be \(TypeSet.index), but it is \(request.inputs[2])")
    }
    try request.require(rank: 1, of: 2, named: "shape")
    let shape = try statedShape(request, 2, named: "shape")
    try request.requireSlices(
      1, at: 0, of: TensorType(request.inputs[1].dataType, shape), named: "the result")
    return [shape]
  }

  // Each slice is part of the one that it was added to.
  public static let gradient = GradientRule.rule { g in
    var gather = GatherNd()
    gather.badIndicesPolicy = g.operation(as: ScatterNd.self).badIndicesPolicy
    return [nil, g.graph.append(gather, [g.outputGradient, g.x], origin: .unknown).output, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try scatterKernel(
      request, indices: 0, updates: 1, begin: nil, loops: Self.loops, policy: badIndicesPolicy,
      named: "the result")
  }

  private static let loops = scatterAddLoops.merging([.bool: staticgraph_scatter_add_truth]) {
    $1
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "elements", ScatterNd(),
        [
          try! Tensor([Int32(4), 3, 1, 7], dimensions: [4, 1]), .sample([4]), Tensor([Int32(8)]),
        ]),
      Sample(
        "indices that stand twice", ScatterNd(),
        [
          try! Tensor([Int64(1), 1, 0, 0, 1, 1], dimensions: [3, 2]), .sample([3]),
          Tensor([Int64(2), 2]),
        ]),
      Sample(
        "rows", ScatterNd(),
        [
          try! Tensor([Int32(2), 0, 2], dimensions: [3, 1]), .sample([3, 4]),
          Tensor([Int32(3), 4]),
        ]),
      Sample(
        "tuples in a matrix", ScatterNd(),
        [
          try! Tensor([Int32(1), 2, 0, 0], dimensions: [1, 2, 2]), .sample([1, 2, 2]),
          Tensor([Int32(2), 3, 2]),
        ]),
      Sample(
        "no tuples", ScatterNd(),
        [.init(emptyIndices: [0, 1]), .sample([0, 2]), Tensor([Int32(3), 2])]),
      Sample(
        "long slices", ScatterNd(),
        [
          try! Tensor([Int32(1), 0, 1], dimensions: [3, 1]), .sample([3, 40_000]),
          Tensor([Int32(2), 40_000]),
        ], differentiable: false),
      Sample(
        failing: "updates of another shape", ScatterNd(),
        [
          try! Tensor([Int32(2), 0], dimensions: [2, 1]), .sample([3, 4]), Tensor([Int32(3), 4]),
        ],
        message: "updates must have the shape [2, 4], one slice of the result, Float64[3, 4], for"
          + " each tuple of indices, Int32[2, 1], but it is Float64[3, 4]"),
      Sample(
        failing: "a negative size", ScatterNd(),
        [try! Tensor([Int32(2), 0], dimensions: [2, 1]), .sample([2]), Tensor([Int32(-1)])],
        message: "shape holds sizes, which are at least 0, but it is [-1]"),
    ]
  }
}

/// Zeros to which slices are added where tuples of indices point.
///
/// - Parameters:
///   - indices: Integers whose last axis holds tuples: indices along the first axes of the
///     result, each from 0 up. A run fails where one lies outside.
///   - updates: One slice for each tuple; slices for the same tuple are added up, in order.
///   - shape: The sizes of the result, a vector of the type of `indices`.
/// - Returns: A value of the type of `updates` and of those sizes.
public func scatterNd(
  _ indices: Value, _ updates: Value, _ shape: Value, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  updates.graph.append(
    ScatterNd(), [indices, updates, shape], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
