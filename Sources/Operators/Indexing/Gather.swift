import GraphIR
import Tensors

/// Rows of a tensor, by their numbers: the older form, along the first axis.
public struct Gather: Operator {
  public static let name = "Gather"
  public static let summary = "Rows of a tensor, by their numbers along the first axis."
  public static let signature = Signature(
    inputs: [.init("params", "Tparams"), .init("indices", "Tindices")],
    outputs: [.init("output", "Tparams")], types: ["Tparams": .any, "Tindices": .index])
  public static let attributes: [Attribute<Gather>] = [
    .init("validate_indices", \.validatesIndices, "Without effect: indices are always checked.")
  ]
  public static let function: GraphFunction? = nil

  /// Whether indices are checked; they always are.
  public var validatesIndices = true

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard let params = request.shape(0).dimensions else { return [.unknown] }
    guard !params.isEmpty else {
      throw ShapeError("params is \(request.inputs[0]), which has no rows")
    }
    guard let indices = request.shape(1).dimensions else { return [.unknown] }
    return [Shape(dimensions: indices + params.dropFirst())]
  }

  // What flows back is added to the rows that it was taken from.
  public static let gradient = GradientRule.rule { g in
    [gatherGradient(g, axis: .known(0), batchRank: .known(0)), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try gatherKernel(request, axis: 0, batchRank: 0)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("rows of a matrix", Gather(), [.sample([4, 3]), Tensor([Int32(2), 0, 2])]),
      Sample("one element", Gather(), [.sample([4]), Tensor(Int64(3))]),
      Sample(
        "a matrix of indices", Gather(),
        [.sample([3, 2]), try! Tensor([Int32(0), 1, 2, 2], dimensions: [2, 2])]),
      Sample("no indices", Gather(), [.sample([3, 2]), Tensor([Int32]())]),
      Sample(
        failing: "a scalar", Gather(), [.sample([]), Tensor([Int32(0)])],
        message: "params is Float64, which has no rows"),
    ]
  }
}

/// What flows back into a gather, added to the elements that it was taken from.
func gatherGradient(_ g: GradientContext, axis: Extent, batchRank: Extent) -> Value {
  let (params, indices) = (g.x, g.y)
  if case (.known(0), .known(0)) = (axis, batchRank) {
    let count = elementExtent(of: params, from: .known(0), to: .known(1))
    let sums = unsortedSegmentSum(g.outputGradient, ids: indices, count: count.value(in: g.graph))
    return reshape(sums, like: params)
  }
  let rows = TakenRows(
    batches: elementExtent(of: params, from: .known(0), to: batchRank),
    groups: elementExtent(of: params, from: batchRank, to: axis),
    size: elementExtent(of: params, from: axis, to: axis + 1),
    indices: elementExtent(of: indices, from: batchRank, to: rankExtent(indices)),
    elements: elementExtent(of: params, from: axis + 1, to: rankExtent(params)))
  return rows.added(g.outputGradient, at: indices, like: params)
}
