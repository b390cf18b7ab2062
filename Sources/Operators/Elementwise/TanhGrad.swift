import CKernels
import GraphIR
import Tensors

/// dy · (1 − y²): what flows back through `tanh`, from its result y.
public struct TanhGrad: Operator {
  public static let name = "TanhGrad"
  public static let summary = "dy · (1 − y²): what flows back through tanh, from its result y."
  public static let signature = Signature(
    inputs: [.init("y", "T"), .init("dy", "T")], outputs: [.init("z", "T")],
    types: ["T": .floatingPoint])
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard let shape = request.shape(0).merged(with: request.shape(1)) else {
      throw ShapeError(
        "y is \(request.inputs[0]), but dy is \(request.inputs[1]); both must have the same shape")
    }
    return [shape]
  }

  // ∂z = (1 − y²) · ∂dy − 2·y·dy · ∂y
  public static let gradient = GradientRule.rule { g in
    let (y, dy, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? -2 * (y * dy * dz) : nil,
      g.isNeeded[1] ? tanhGrad(y, dz) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_tanh_grad_float32, .float64: staticgraph_tanh_grad_float64,
  ]

  public static let samples: [Sample] = [
    Sample("a matrix", TanhGrad(), [.sample([3, 5], in: -1...1), .sample([3, 5], seed: 2)]),
    Sample("scalars", TanhGrad(), [.sample([], in: -1...1), .sample([], seed: 2)]),
    Sample("nothing", TanhGrad(), [.sample([2, 0]), .sample([2, 0])]),
    Sample(
      failing: "shapes that differ", TanhGrad(), [.sample([2, 3]), .sample([3])],
      message: "y is Float64[2, 3], but dy is Float64[3]; both must have the same shape"),
  ]
}

/// (1 − y²) · dy, the gradient of a hyperbolic tangent.
///
/// - Parameters:
///   - y: The results of `tanh`.
///   - dy: What flows back into them, of the same type and shape.
func tanhGrad(_ y: Value, _ dy: Value) -> Value {
  y.graph.append(TanhGrad(), [y, dy], origin: .unknown).output
}
