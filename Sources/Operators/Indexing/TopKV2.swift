import CKernels
import GraphIR
import Tensors

/// The largest elements along the last axis, and where they stand.
public struct TopKV2: Operator {
  public static let name = "TopKV2"
  public static let summary = "The largest elements along the last axis, and where they stand."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("k", "Tk", label: "k")],
    outputs: [.init("values", "T"), .init("indices", "index_type")],
    types: [
      "T": .numeric, "Tk": [.int16, .int32, .int64], "index_type": [.int16, .int32, .int64],
    ])
  public static let attributes: [Attribute<TopKV2>] = [
    .init(
      "sorted", \.sorted, "Whether the largest must come first; here it does so either way."),
    .init("index_type", \.indexType, "The type of the positions.", label: "indexType"),
  ]
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = .derived(from: TopKV2.self, named: "topK")

  /// Whether the largest must come first; here it does so either way.
  public var sorted = true
  /// The type of the positions.
  public var indexType = DataType.int32

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 0, of: 1, named: "k")
    let k = request.integers(1)?.first
    if let k, k < 0 { throw ShapeError("k must be at least 0, but it is \(k)") }
    guard var dimensions = request.shape(0).dimensions else { return [.unknown, .unknown] }
    guard let last = dimensions.popLast() else {
      throw ShapeError("input is \(request.inputs[0]), which has no axis to search")
    }
    if let k, let last, k > last {
      throw ShapeError("k is \(k), but input is \(request.inputs[0]) with \(last) elements a row")
    }
    return Array(repeating: Shape(dimensions: dimensions + [k]), count: 2)
  }

  // What flows back goes to the elements that were chosen.
  public static let gradient = GradientRule.rule { g in
    guard let gradient = g.outputGradients[0] else { return [nil, nil] }
    let (rank, indices) = (rankExtent(g.x), g.outputs[1])
    let rows = TakenRows(
      batches: elementExtent(of: g.x, from: .known(0), to: rank + -1), groups: .known(1),
      size: elementExtent(of: g.x, from: rank + -1, to: rank),
      indices: elementExtent(of: indices, from: rank + -1, to: rank), elements: .known(1))
    return [rows.added(gradient, at: indices, like: g.x), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = Self.loops[type] else { throw unsupported(type) }
    guard TypeSet.index.contains(indexType) else { throw unsupported(indexType) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (count, k) = (request.inputSizes(0).last!, request.outputSizes().last!)
    let rows = request.inputCount(0) / count
    let rowsPerPiece = max((rows + 15) / 16, 1, elementsPerPiece / count)
    let pieces = (rows + rowsPerPiece - 1) / rowsPerPiece
    let heapBytes = k * MemoryLayout<Int>.stride
    let (isWide, indexSize) = (indexType == .int64, indexType.byteCount)
    return Kernel(scratchByteCount: pieces * heapBytes) { context in
      let (x, values, indices) = (context.inputs[0], context.outputs[0], context.outputs[1])
      let scratch = context.scratch
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * rowsPerPiece
        loop(
          min(rowsPerPiece, rows - start), count, k, x + start * count * type.byteCount, isWide,
          (scratch + piece * heapBytes).assumingMemoryBound(to: Int.self),
          values + start * k * type.byteCount, indices + start * k * indexSize)
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  static let loops: [DataType: staticgraph_top] = [
    .float32: staticgraph_top_float32, .float64: staticgraph_top_float64,
    .int32: staticgraph_top_int32, .int64: staticgraph_top_int64, .uint8: staticgraph_top_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("rows of a matrix", TopKV2(), [.sample([3, 5]), Tensor(Int32(2))]),
      Sample("a vector, all of it", TopKV2(), [.sample([4]), Tensor(Int32(4))]),
      Sample("of a cube", TopKV2(), [.sample([2, 2, 6]), Tensor(Int32(3))]),
      Sample("none", TopKV2(), [.sample([2, 3]), Tensor(Int32(0))]),
      Sample(
        "equal elements", TopKV2(), [Tensor([1.0, 3, 0, 3, 1, 1]), Tensor(Int32(4))],
        differentiable: false),
      Sample("no rows", TopKV2(), [.sample([0, 3]), Tensor(Int32(2))]),
      Sample(
        "many elements", TopKV2(), [.sample([20, 5000]), Tensor(Int32(100))], differentiable: false),
      Sample(
        failing: "more than there are", TopKV2(), [.sample([2, 3]), Tensor(Int32(4))],
        message: "k is 4, but input is Float64[2, 3] with 3 elements a row"),
      Sample(
        failing: "a negative number", TopKV2(), [.sample([2, 3]), Tensor(Int32(-1))],
        message: "k must be at least 0, but it is -1"),
      Sample(
        failing: "of a scalar", TopKV2(), [.sample([]), Tensor(Int32(0))],
        message: "input is Float64, which has no axis to search"),
    ]
  }
}

/// The largest elements along the last axis, the largest first, and where they stand.
///
/// Of equal elements, those that stand first are taken first.
///
/// - Parameters:
///   - input: Numbers of rank 1 or more.
///   - k: How many to take from each row, at most the size of the last axis.
///   - sorted: Whether the largest must come first; here it does so either way.
///   - indexType: The type of the positions, `Int32` or `Int64`.
/// - Returns: The elements, and their positions along the last axis.
public func topK(
  _ input: Value, k: Int, sorted: Bool = true, indexType: DataType = .int32,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> (values: Value, indices: Value) {
  let origin = Origin(fileID: fileID, line: line)
  var operation = TopKV2()
  operation.sorted = sorted
  operation.indexType = indexType
  let node = input.graph.append(
    operation, [input, sizeConstant(k, input.graph, origin)], name: name, origin: origin)
  return (node.output(0), node.output(1))
}
