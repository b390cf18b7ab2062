import CKernels
import GraphIR
import Tensors

/// Whether x > y, elementwise with broadcasting.
public struct Greater: Operator {
  public static let name = "Greater"
  public static let summary = "Whether x > y, elementwise with broadcasting."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("z", .fixed(.bool))],
    types: ["T": .numeric])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request)
  }

  public static let gradient = GradientRule.none(
    because: "a truth value does not change smoothly with the numbers that are compared")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_greater_float32, .float64: staticgraph_greater_float64,
    .int32: staticgraph_greater_int32, .int64: staticgraph_greater_int64,
    .uint8: staticgraph_greater_uint8,
  ]

  public static let samples: [Sample] =
    broadcastSamples(Greater()) + [
      Sample(
        "equal numbers", Greater(), [Tensor([0.0, 1, -1]), Tensor([-0.0, 1, -1])],
        differentiable: false),
      Sample(
        "no numbers", Greater(),
        [Tensor([Double.nan, 1, .infinity]), Tensor([1, Double.nan, -.infinity])],
        everyType: false, differentiable: false),
    ]
}

/// Whether x > y, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Truth values of the broadcast shape; false where one of the two is NaN.
public func greater(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Greater(), [x, y], name: name, origin: Origin(fileID: fileID, line: line)).output
}

extension Value {
  /// Whether x > y, elementwise with broadcasting.
  public static func .> (x: Value, y: Value) -> Value {
    x.graph.append(Greater(), [x, y], origin: .caller()).output
  }

  /// Whether x > y, where the number takes the type of the value.
  public static func .> (x: Double, y: Value) -> Value {
    let origin = Origin.caller()
    return y.graph.append(Greater(), [y.scalar(x, origin: origin), y], origin: origin).output
  }

  /// Whether x > y, where the number takes the type of the value.
  public static func .> (x: Value, y: Double) -> Value {
    let origin = Origin.caller()
    return x.graph.append(Greater(), [x, x.scalar(y, origin: origin)], origin: origin).output
  }
}

// A value is computed when the graph runs, so that no `if` can ask for it.
extension Value {
  /// Values are compared elementwise, with the dotted operator.
  @available(*, unavailable, message: "compare elementwise with .> instead")
  public static func > (x: Value, y: Value) -> Value { x }

  /// Values are compared elementwise, with the dotted operator.
  @available(*, unavailable, message: "compare elementwise with .> instead")
  public static func > (x: Value, y: Double) -> Value { x }

  /// Values are compared elementwise, with the dotted operator.
  @available(*, unavailable, message: "compare elementwise with .> and the operands swapped")
  public static func < (x: Value, y: Value) -> Value { x }

  /// Values are compared elementwise, with the dotted operator.
  @available(*, unavailable, message: "compare elementwise with .> and the operands swapped")
  public static func < (x: Value, y: Double) -> Value { x }
}
