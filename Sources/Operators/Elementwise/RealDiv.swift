import CKernels
import GraphIR
import Tensors

/// x / y, elementwise with broadcasting.
public struct RealDiv: Operator {
  public static let name = "RealDiv"
  public static let summary = "x / y, elementwise with broadcasting."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("z", "T")],
    types: ["T": .numeric])
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = .derived(from: RealDiv.self, named: "div")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request)
  }

  // With z = x / y:  ∂z = ∂x / y − z · ∂y / y
  public static let gradient = GradientRule.rule { g in
    let share = g.outputGradient / g.y
    return [
      g.isNeeded[0] ? g.reduced(share, toShapeOf: 0, broadcastWith: 1) : nil,
      g.isNeeded[1] ? -g.reduced(share * g.output, toShapeOf: 1, broadcastWith: 0) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try divisionKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_div_float32, .float64: staticgraph_div_float64,
    .int32: staticgraph_div_int32, .int64: staticgraph_div_int64,
    .uint8: staticgraph_div_uint8,
  ]

  public static let samples = broadcastSamples(RealDiv(), y: 1...3)
}

/// x / y, elementwise with broadcasting.
///
/// A quotient of integers drops its fraction; running the graph throws where an integer is
/// divided by 0. TensorFlow itself divides floating-point numbers only.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Their quotient, of the broadcast shape.
public func div(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(RealDiv(), [x, y], name: name, origin: Origin(fileID: fileID, line: line)).output
}

extension Value {
  /// x / y, elementwise with broadcasting.
  public static func / (x: Value, y: Value) -> Value {
    x.graph.append(RealDiv(), [x, y], origin: .caller()).output
  }

  /// x / y, where the number takes the type of the value.
  public static func / (x: Double, y: Value) -> Value {
    let origin = Origin.caller()
    return y.graph.append(RealDiv(), [y.scalar(x, origin: origin), y], origin: origin).output
  }

  /// x / y, where the number takes the type of the value.
  public static func / (x: Value, y: Double) -> Value {
    let origin = Origin.caller()
    return x.graph.append(RealDiv(), [x, x.scalar(y, origin: origin)], origin: origin).output
  }
}
