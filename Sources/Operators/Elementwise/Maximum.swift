import CKernels
import GraphIR
import Tensors

/// The larger of each x and y, with broadcasting.
public struct Maximum: BinaryOperator {
  public static let name = "Maximum"
  public static let summary = "The larger of each x and y, with broadcasting."
  static let elementTypes: TypeSet = .numeric

  public init() {}

  // What flows back goes to the larger of the two, to x where they are equal.
  public static let gradient = GradientRule.binary(
    { g in select(g.y .> g.x, zeros(like: g.outputGradient), g.outputGradient) },
    { g in select(g.y .> g.x, g.outputGradient, zeros(like: g.outputGradient)) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_maximum_float32, .float64: staticgraph_maximum_float64,
    .int32: staticgraph_maximum_int32, .int64: staticgraph_maximum_int64,
    .uint8: staticgraph_maximum_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    broadcastSamples(Maximum()) + [
      Sample(
        "what is no number", Maximum(),
        [Tensor([Double.nan, 1, .infinity]), Tensor([1, Double.nan, -.infinity])],
        differentiable: false),
      Sample(
        "equal numbers", Maximum(), [Tensor([0.0, 1, -1]), Tensor([0.0, 1, -1])],
        differentiable: false),
    ]
  }
}

/// The larger of each x and y, with broadcasting.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The larger ones, of the broadcast shape; NaN where one of the two is NaN.
public func maximum(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Maximum.applied(x, y, name, Origin(fileID: fileID, line: line))
}

/// The larger of each x and a number that takes the type of x.
public func maximum(
  _ x: Value, _ y: Double, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return Maximum.applied(x, x.scalar(y, origin: origin), name, origin)
}
