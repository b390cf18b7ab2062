import CKernels
import GraphIR
import Tensors

/// Each element, or the nearer of two bounds where it lies outside of them.
public struct ClipByValue: Operator {
  public static let name = "ClipByValue"
  public static let summary =
    "Each element, or the nearer of two bounds where it lies outside of them."
  public static let signature = Signature(
    inputs: [
      .init("t", "T"), .init("clip_value_min", "T", label: "min"),
      .init("clip_value_max", "T", label: "max"),
    ],
    outputs: [.init("output", "T")], types: ["T": .numeric])
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = .derived(from: ClipByValue.self, named: "clip")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    var shape = request.shape(0)
    for (input, name) in [(1, "min"), (2, "max")] {
      guard let rank = request.shape(input).rank, rank > 0 else { continue }
      guard let merged = shape.merged(with: request.shape(input)) else {
        throw ShapeError(
          "t is \(request.inputs[0]), but \(name) is \(request.inputs[input]); a bound is a scalar"
            + " or has the shape of t")
      }
      shape = merged
    }
    return [shape]
  }

  // What flows back goes to the bound where that was taken.
  public static let gradient = GradientRule.rule { g in
    let (t, gradient) = (g.x, g.outputGradient)
    let below = t .< g.inputs[1]
    let above = t .> g.inputs[2]
    let none = zeros(like: gradient)
    return [
      g.isNeeded[0] ? select(below .| above, none, gradient) : nil,
      g.isNeeded[1] ? g.reduced(select(below, gradient, none), toShapeOf: g.inputs[1]) : nil,
      g.isNeeded[2] ? g.reduced(select(above, gradient, none), toShapeOf: g.inputs[2]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = Self.loops[type] else { throw unsupported(type) }
    let size = type.byteCount
    let count = request.outputCount()
    let pieces = pieceCount(count)
    let (lowStep, highStep) = (
      request.inputCount(1) == count ? size : 0, request.inputCount(2) == count ? size : 0
    )
    let role = ElementwiseRole(.bounding(loop), inputSizes: (0..<3).map(request.inputSizes))
    return Kernel(role: role) { context in
      let (t, low, high) = (context.inputs[0], context.inputs[1], context.inputs[2])
      let result = context.outputs[0]
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        loop(
          min(elementsPerPiece, count - start), t + start * size, low + start * lowStep,
          lowStep == 0, high + start * highStep, highStep == 0, result + start * size)
      }
    }
  }

  static let loops: [DataType: staticgraph_ternary] = [
    .float32: staticgraph_clip_float32, .float64: staticgraph_clip_float64,
    .int32: staticgraph_clip_int32, .int64: staticgraph_clip_int64,
    .uint8: staticgraph_clip_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", ClipByValue(), [.sample([3, 5]), Tensor(0.25), Tensor(1.25)]),
      Sample("a scalar", ClipByValue(), [Tensor(2.5), Tensor(-1.0), Tensor(1.0)]),
      Sample(
        "bounds of the same shape", ClipByValue(),
        [
          .sample([3, 4]), .sample([3, 4], in: -2 ... -0.5, seed: 2),
          .sample([3, 4], in: 0.5...2, seed: 3),
        ]),
      Sample(
        "a lower bound for each", ClipByValue(),
        [.sample([3, 4]), .sample([3, 4], in: -2 ... -0.5, seed: 2), Tensor(0.75)]),
      Sample(
        "an upper bound for each", ClipByValue(),
        [.sample([3, 4]), Tensor(-0.75), .sample([3, 4], in: 0.5...2, seed: 2)]),
      Sample("nothing", ClipByValue(), [.sample([0, 3]), Tensor(0.0), Tensor(1.0)]),
      Sample(
        "bounds the wrong way round", ClipByValue(),
        [Tensor([-5.0, 1, 5]), Tensor(1.0), Tensor(-1.0)], everyType: false, differentiable: false),
      Sample(
        "no numbers", ClipByValue(),
        [Tensor([Double.nan, .infinity, -.infinity]), Tensor(-1.0), Tensor(1.0)], everyType: false,
        differentiable: false),
      Sample(
        "many elements", ClipByValue(), [.sample([70_001]), Tensor(0.5), Tensor(1.0)],
        differentiable: false),
      Sample(
        failing: "a row of bounds", ClipByValue(), [.sample([2, 3]), .sample([3]), Tensor(1.0)],
        message: "t is Float64[2, 3], but min is Float64[3]; a bound is a scalar or has the shape"
          + " of t"),
    ]
  }
}

/// Each element, or the nearer of two bounds where it lies outside of them.
///
/// NaN stays NaN. Where `max` is below `min`, the result is `min`.
///
/// - Parameters:
///   - t: Any numbers.
///   - min: The least result: a scalar of the same type, or one for each element.
///   - max: The greatest result, likewise.
/// - Returns: Numbers of the type and shape of `t`.
public func clip(
  _ t: Value, min: Value, max: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  t.graph.append(
    ClipByValue(), [t, min, max], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

/// Each element, or the nearer of two numbers, which take its type, where it lies outside of them.
///
/// - Parameters:
///   - t: Any numbers.
///   - min: The least result.
///   - max: The greatest result.
public func clip(
  _ t: Value, min: Double, max: Double, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return t.graph.append(
    ClipByValue(), [t, t.scalar(min, origin: origin), t.scalar(max, origin: origin)], name: name,
    origin: origin
  ).output
}
