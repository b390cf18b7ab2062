import GraphIR
import Tensors

/// Slices of a tensor along an axis, by their numbers.
public struct GatherV2: Operator {
  public static let name = "GatherV2"
  public static let summary = "Slices of a tensor along an axis, by their numbers."
  public static let signature = Signature(
    inputs: [
      .init("params", "Tparams"), .init("indices", "Tindices"),
      .init("axis", "Taxis", label: "axis"),
    ],
    outputs: [.init("output", "Tparams")],
    types: ["Tparams": .any, "Tindices": [.int16, .int32, .int64], "Taxis": .index])
  public static let attributes: [Attribute<GatherV2>] = [
    .init(
      "batch_dims", \.batchRank, "How many leading axes params and indices share.",
      label: "batchDimensions")
  ]
  public static let shapeInputs = [2]
  public static let function: GraphFunction? = GraphFunction(
    "gather",
    [
      .positional("params"), .positional("indices"), .labelled("axis", default: "0"),
      .labelled("batchDimensions", default: "0"),
    ]
  ) { call in
    let (params, indices) = (try call.value("params"), try call.value("indices"))
    let axis =
      call["axis"] == nil ? sizeConstant(0, params.graph, call.origin) : try call.value("axis")
    let batchRank = try call.integers("batchDimensions") ?? [0]
    guard batchRank.count == 1 else {
      throw ShapeError("batchDimensions must be one integer, but it is \(batchRank)")
    }
    return params.graph.append(
      GatherV2(batchRank: batchRank[0]), [params, indices, axis], origin: call.origin
    ).outputs
  }

  /// How many leading axes params and indices share; negative ones counted from the end of the
  /// axes of indices.
  public var batchRank = 0

  public init() {}

  /// A gather whose operands share that many leading axes.
  public init(batchRank: Int) {
    self.batchRank = batchRank
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let axis = try statedAxis(request, 2, of: 0, named: "params")
    let types = request.inputs
    guard let params = request.shape(0).dimensions else { return [.unknown] }
    guard !params.isEmpty else { throw ShapeError("params is \(types[0]), which has no rows") }
    guard let indices = request.shape(1).dimensions else { return [.unknown] }
    guard (-indices.count...indices.count).contains(batchRank) else {
      throw ShapeError("batchDimensions is \(batchRank), but indices is \(types[1])")
    }
    let shared = batchRank < 0 ? batchRank + indices.count : batchRank
    guard shared < params.count, axis.map({ shared <= $0 }) ?? true else {
      let axis = axis.map { "axis \($0) of " } ?? ""
      throw ShapeError("batchDimensions is \(shared), which is beyond \(axis)params, \(types[0])")
    }
    guard
      let batch = Shape(dimensions: Array(params[..<shared]))
        .merged(with: Shape(dimensions: Array(indices[..<shared])))?.dimensions
    else {
      throw ShapeError(
        "params is \(types[0]), but indices is \(types[1]);"
          + " the first \(shared) sizes must be the same")
    }
    guard let axis else { return [.unknown(rank: params.count - 1 + indices.count - shared)] }
    return [
      Shape(
        dimensions: batch + params[shared..<axis] + indices[shared...] + params[(axis + 1)...])
    ]
  }

  // What flows back is added to the elements that it was taken from.
  public static let gradient = GradientRule.rule { g in
    let batchRank = g.operation(as: GatherV2.self).batchRank
    let shared = batchRank < 0 ? rankExtent(g.y) + batchRank : .known(batchRank)
    return [
      gatherGradient(g, axis: axisExtent(g.inputs[2], of: g.x), batchRank: shared), nil, nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try gatherKernel(
      request, axis: request.axis(2, of: 0),
      batchRank: batchRank < 0 ? batchRank + request.inputSizes(1).count : batchRank)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    gatherSamples
  }
}

/// Slices of a tensor along an axis, by their numbers.
///
/// ```swift
/// let words = gather(embeddings, wordNumbers)  // a row of `embeddings` for each number
/// ```
/// - Parameters:
///   - params: Any tensor of rank 1 or more.
///   - indices: Numbers of slices, `Int32` or `Int64`, from 0 up to the size of the axis. Others
///     make the run throw.
///   - axis: The axis to take slices along, negative ones counted from the end.
///   - batchDimensions: How many leading axes `params` and `indices` share, so that each of their
///     positions has slices and numbers of its own.
/// - Returns: The shape of `params` with the axis replaced by the axes of `indices`.
public func gather(
  _ params: Value, _ indices: Value, axis: Int = 0, batchDimensions: Int = 0,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return params.graph.append(
    GatherV2(batchRank: batchDimensions),
    [params, indices, sizeConstant(axis, params.graph, origin)], name: name, origin: origin
  ).output
}

/// A constant size or axis: `Int32`, or `Int64` where it needs to be.
func sizeConstant(_ number: Int, _ graph: Graph, _ origin: Origin) -> Value {
  let tensor = Int32(exactly: number).map { Tensor($0) } ?? Tensor(Int64(number))
  return graph.constant(tensor, origin: origin)
}

/// A constant for an input that is `Int32` alone; it is recorded as wrong where the number is none.
///
/// - Parameter argument: What messages call it, as `oneHot: depth`.
func int32Constant(_ number: Int, _ argument: String, _ graph: Graph, _ origin: Origin) -> Value {
  guard let narrow = Int32(exactly: number) else {
    graph.record("\(argument) must be a value of Int32, but it is \(number)", origin)
    return graph.node(at: -1).output
  }
  return graph.constant(Tensor(narrow), origin: origin)
}
