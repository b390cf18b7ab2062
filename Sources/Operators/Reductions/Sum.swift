import CKernels
import GraphIR
import Tensors

/// The sum over some axes.
public struct Sum: Operator {
  public static let name = "Sum"
  public static let summary = "The sum over some axes."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("axes", "Tidx", label: "axes")],
    outputs: [.init("output", "T")], types: ["T": .numeric, "Tidx": .index])
  public static let attributes: [Attribute<Sum>] = [
    .init(
      "keep_dims", \.keepsDimensions, "Whether a summed axis stays, with size 1.",
      label: "keepDimensions")
  ]
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = reductionFunction("sum") {
    sum($0, axes: $1, keepDimensions: $2, origin: $3)
  }

  /// Whether a summed axis stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  /// A sum that keeps the summed axes, or not.
  public init(keepsDimensions: Bool) {
    self.keepsDimensions = keepsDimensions
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try reductionShape(request, keepingDimensions: keepsDimensions)
  }

  // ∂ Σ x = Σ ∂x: what flows back goes to each of the elements that were added.
  public static let gradient = GradientRule.rule { g in
    [spread(g.outputGradient, overAxesOf: g), nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .float32: (staticgraph_sum_float32, staticgraph_sum_rows_float32),
    .float64: (staticgraph_sum_float64, staticgraph_sum_rows_float64),
    .int32: (staticgraph_sum_int32, staticgraph_sum_rows_int32),
    .int64: (staticgraph_sum_int64, staticgraph_sum_rows_int64),
    .uint8: (staticgraph_sum_uint8, staticgraph_sum_rows_uint8),
  ]

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  public static let samples: [Sample] = reductionSamples { Sum(keepsDimensions: $0) }
}

/// The sum over some axes.
///
/// - Parameters:
///   - x: Numbers.
///   - axes: The axes to sum over, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether a summed axis stays, with size 1.
/// - Returns: The sums, of the type of `x`.
public func sum(
  _ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  sum(
    x, axes: axes, keepDimensions: keepDimensions, name: name,
    origin: Origin(fileID: fileID, line: line))
}

func sum(
  _ x: Value, axes: [Int]?, keepDimensions: Bool, name: String? = nil, origin: Origin
) -> Value {
  x.graph.append(
    Sum(keepsDimensions: keepDimensions), [x, reductionAxes(axes, of: x, "sum", origin)],
    name: name, origin: origin
  ).output
}

/// The sum over axes that the graph computes.
///
/// - Parameters:
///   - x: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether a summed axis stays, with size 1.
public func sum(
  _ x: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(
    Sum(keepsDimensions: keepDimensions), [x, axes], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
