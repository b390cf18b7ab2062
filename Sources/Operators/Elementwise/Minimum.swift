import CKernels
import GraphIR
import Tensors

/// The smaller of each x and y, with broadcasting.
public struct Minimum: BinaryOperator {
  public static let name = "Minimum"
  public static let summary = "The smaller of each x and y, with broadcasting."
  static let elementTypes: TypeSet = .numeric

  public init() {}

  // What flows back goes to the smaller of the two, to x where they are equal.
  public static let gradient = GradientRule.binary(
    { g in select(g.x .> g.y, zeros(like: g.outputGradient), g.outputGradient) },
    { g in select(g.x .> g.y, g.outputGradient, zeros(like: g.outputGradient)) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_minimum_float32, .float64: staticgraph_minimum_float64,
    .int32: staticgraph_minimum_int32, .int64: staticgraph_minimum_int64,
    .uint8: staticgraph_minimum_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    broadcastSamples(Minimum()) + [
      Sample(
        "what is no number", Minimum(),
        [Tensor([Double.nan, 1, .infinity]), Tensor([1, Double.nan, -.infinity])],
        differentiable: false),
      Sample(
        "equal numbers", Minimum(), [Tensor([0.0, 1, -1]), Tensor([0.0, 1, -1])],
        differentiable: false),
    ]
  }
}

/// The smaller of each x and y, with broadcasting.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The smaller ones, of the broadcast shape; NaN where one of the two is NaN.
public func minimum(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Minimum.applied(x, y, name, Origin(fileID: fileID, line: line))
}

/// The smaller of each x and a number that takes the type of x.
public func minimum(
  _ x: Value, _ y: Double, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return Minimum.applied(x, x.scalar(y, origin: origin), name, origin)
}
