import GraphIR
import Tensors

/// An elementwise operator with two inputs of one shape, which only gradients append.
///
/// What all of them share stands here; each adds its name, its signature, its gradient and its
/// loops.
protocol PairedOperator: Operator {
  /// The inner loop for each type that is computed.
  static var loops: BinaryLoops { get }
}

extension PairedOperator {
  public static var traits: OperatorTraits { .elementwise }
  public static var function: GraphFunction? { nil }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try pairedShape(request, Self.signature)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, Self.loops)
  }

  /// Appends the operator.
  func applied(to x: Value, _ y: Value) -> Value {
    x.graph.append(self, [x, y], origin: .unknown).output
  }
}

extension Signature {
  /// A result y and what flows back into it, dy, to what flows back through the function.
  static let gradientFromResult = Signature(
    inputs: [.init("y", "T"), .init("dy", "T")], outputs: [.init("z", "T")],
    types: ["T": .floatingPoint])

  /// What flows back into an activation, and its features, to what flows back through it.
  static func gradientFromFeatures(_ types: TypeSet = .floatingPoint) -> Signature {
    Signature(
      inputs: [.init("gradients", "T"), .init("features", "T")],
      outputs: [.init("backprops", "T")], types: ["T": types])
  }

  /// What flows back into an activation, and its result, to what flows back through it.
  static let gradientFromOutputs = Signature(
    inputs: [.init("gradients", "T"), .init("outputs", "T")],
    outputs: [.init("backprops", "T")], types: ["T": .floatingPoint])
}

/// The shape rule of an operator whose two inputs have the same shape.
///
/// - Throws: `ShapeError` when they do not.
func pairedShape(_ request: ShapeRequest, _ signature: Signature) throws -> [Shape] {
  guard let shape = request.shape(0).merged(with: request.shape(1)) else {
    let (x, y) = (signature.inputs[0].name, signature.inputs[1].name)
    throw ShapeError(
      "\(x) is \(request.inputs[0]), but \(y) is \(request.inputs[1]);"
        + " both must have the same shape")
  }
  return [shape]
}

/// What every operator whose two inputs have the same shape is tried with.
///
/// - Parameters:
///   - x: Where the numbers of the first input lie.
///   - y: Where those of the second lie.
@_optimize(none)
func pairedSamples(
  _ operation: any Operator, x: ClosedRange<Double> = -2...2, y: ClosedRange<Double> = -2...2
) -> [Sample] {
  let inputs = type(of: operation).signature.inputs
  func pair(_ sizes: [Int]) -> [Tensor] {
    [.sample(sizes, in: x), .sample(sizes, in: y, seed: 2)]
  }
  return [
    Sample("a matrix", operation, pair([3, 5])),
    Sample("scalars", operation, pair([])),
    Sample("nothing", operation, pair([2, 0])),
    Sample("many elements", operation, pair([70_001]), differentiable: false),
    Sample(
      failing: "shapes that differ", operation, [.sample([2, 3]), .sample([3])],
      message: "\(inputs[0].name) is Float64[2, 3], but \(inputs[1].name) is Float64[3];"
        + " both must have the same shape"),
    Sample(
      failing: "types that differ", operation, [.sample([2]), Tensor([Float(1), 2])],
      message: "\(inputs[0].name) is Float64[2], but \(inputs[1].name) is Float32[2];"
        + " both must have the same type of elements"),
  ]
}

/// A sample of NaN, infinities and zeros as either input.
func specialPairs(_ operation: any Operator) -> Sample {
  Sample(
    "special numbers", operation,
    [
      Tensor([Double.nan, -.infinity, .infinity, 0, -0.0, 2, 2, 2, -1, 0, 0]),
      Tensor([2, 2, 2, 2, -1, Double.nan, -.infinity, .infinity, 0, -0.0, 0]),
    ], everyType: false, differentiable: false)
}
