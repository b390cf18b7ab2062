import CKernels
import GraphIR
import Tensors

/// x to the power of y, elementwise with broadcasting.
public struct Pow: BinaryOperator {
  public static let name = "Pow"
  public static let summary = "x to the power of y, elementwise with broadcasting."
  static let elementTypes: TypeSet = [
    .bfloat16, .float32, .float16, .float64, .int8, .int16, .int32, .int64,
  ]

  public init() {}

  // With z = xʸ:  ∂z = y·xʸ⁻¹ · ∂x + z·ln x · ∂y, where the logarithm counts as 0 unless x > 0.
  public static let gradient = GradientRule.binary(
    { g in g.outputGradient * g.y * pow(g.x, g.y - 1) },
    { g in
      let x = broadcast(g.x, to: shapeTensor(g.output))
      let power = select(x .> 0, g.output, zeros(like: g.output))
      return g.outputGradient * xlogy(power, g.x)
    })

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let power = try binaryKernel(request, Self.loops)
    let type = request.inputs[1].dataType
    guard type.isInteger, request.outputCount() > 0 else { return power }
    let count = request.inputCount(1)
    return Kernel { context in
      let negative = staticgraph_first_negative(count, type.byteCount, context.inputs[1])
      guard negative == count else {
        throw KernelError("element \(negative) of y is negative, which no power of integers allows")
      }
      try power.body(context)
    }
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_pow_float32, .float64: staticgraph_pow_float64,
    .int32: staticgraph_pow_int32, .int64: staticgraph_pow_int64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    broadcastSamples(Pow(), x: 1...3, y: 0...2) + [
      Sample(
        "negative bases", Pow(), [Tensor([-2.0, -1, -3, 0]), Tensor([2.0, 3, 1, 2])],
        differentiable: false),
      Sample("squares", Pow(), [.sample([3]), Tensor(2.0)], differentiable: false),
      Sample(
        "fractions and special numbers", Pow(),
        [
          Tensor([2.0, -8, 0, 0, .infinity, .nan, .nan, -1]),
          Tensor([-1.5, 1.0 / 3, -1, 0, -2, 0, 2, .infinity]),
        ], everyType: false, differentiable: false),
      Sample(
        "integers that wrap", Pow(),
        [Tensor([Int32(3), -2, 7, 0]), Tensor([Int32(40), 31, 0, 0])],
        everyType: false, differentiable: false),
    ]
  }
}

/// x to the power of y, elementwise with broadcasting.
///
/// Powers of integers wrap where they are larger than their type; running the graph throws where an
/// integer has a negative exponent. The gradient for the exponent is 0 where x is not positive.
///
/// - Parameters:
///   - x: The bases.
///   - y: The exponents, of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The powers, of the broadcast shape.
public func pow(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Pow.applied(x, y, name, Origin(fileID: fileID, line: line))
}

/// x to the power of a number that takes the type of x.
public func pow(
  _ x: Value, _ y: Double, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return Pow.applied(x, x.scalar(y, origin: origin), name, origin)
}
