import CKernels
import GraphIR
import Tensors

/// x − y, elementwise with broadcasting.
public struct Sub: Operator {
  public static let name = "Sub"
  public static let summary = "x − y, elementwise with broadcasting."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("z", "T")],
    types: ["T": .numeric])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request)
  }

  // ∂(x − y) = ∂x − ∂y
  public static let gradient = GradientRule.rule { g in
    [
      g.isNeeded[0] ? g.reduced(g.outputGradient, toShapeOf: 0, broadcastWith: 1) : nil,
      g.isNeeded[1] ? -g.reduced(g.outputGradient, toShapeOf: 1, broadcastWith: 0) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_sub_float32, .float64: staticgraph_sub_float64,
    .int32: staticgraph_sub_int32, .int64: staticgraph_sub_int64,
    .uint8: staticgraph_sub_uint8,
  ]

  public static let samples = broadcastSamples(Sub())
}

/// x − y, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Their difference, of the broadcast shape.
public func sub(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sub(), [x, y], name: name, origin: Origin(fileID: fileID, line: line)).output
}

extension Value {
  /// x − y, elementwise with broadcasting.
  public static func - (x: Value, y: Value) -> Value {
    x.graph.append(Sub(), [x, y], origin: .caller()).output
  }

  /// x − y, where the number takes the type of the value.
  public static func - (x: Double, y: Value) -> Value {
    let origin = Origin.caller()
    return y.graph.append(Sub(), [y.scalar(x, origin: origin), y], origin: origin).output
  }

  /// x − y, where the number takes the type of the value.
  public static func - (x: Value, y: Double) -> Value {
    let origin = Origin.caller()
    return x.graph.append(Sub(), [x, x.scalar(y, origin: origin)], origin: origin).output
  }
}
