import CKernels
import GraphIR
import Tensors

/// Each element where it is positive, alpha times the element elsewhere.
public struct LeakyRelu: Operator {
  public static let name = "LeakyRelu"
  public static let summary =
    "Each element where it is positive, alpha times the element elsewhere."
  public static let signature = Signature.activation
  public static let attributes: [Attribute<LeakyRelu>] = [
    .init("alpha", \.alpha, "The slope for elements that are not positive.")
  ]
  public static let traits: OperatorTraits = .elementwise

  /// The slope for elements that are not positive.
  public var alpha: Float = 0.2

  public init() {}

  /// A leaky rectifier of that slope.
  public init(_ alpha: Float) {
    self.alpha = alpha
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // ∂y = ∂x where x > 0, alpha · ∂x elsewhere
  public static let gradient = GradientRule.rule { g in
    let alpha = g.operation(as: LeakyRelu.self).alpha
    return [LeakyReluGrad(alpha).applied(to: g.outputGradient, g.x)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try leakyKernel(request, alpha: alpha, features: 0)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(LeakyRelu()) + [
      specialNumbers(LeakyRelu()),
      Sample("a slope above 1", LeakyRelu(1.5), [.sample([7])]),
      Sample("a negative slope", LeakyRelu(-0.25), [.sample([7])]),
    ]
  }
}

/// A kernel that gives elements of the first input where the feature is positive, and `alpha`
/// times these elsewhere.
///
/// - Parameter features: The input that holds the features.
func leakyKernel(_ request: KernelRequest, alpha: Float, features: Int) throws -> Kernel {
  let loops: [DataType: staticgraph_leaky] = [
    .float32: staticgraph_leaky_float32, .float64: staticgraph_leaky_float64,
  ]
  let type = request.inputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  let count = request.outputCount()
  let pieces = pieceCount(count)
  return Kernel { context in
    let (x, y, result) = (context.inputs[0], context.inputs[features], context.outputs[0])
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      let offset = start * type.byteCount
      loop(
        min(elementsPerPiece, count - start), alpha, x + offset, y + offset, result + offset)
    }
  }
}

/// Each element where it is positive, `alpha` times the element elsewhere.
///
/// The derivative at 0 is `alpha`.
///
/// - Parameters:
///   - features: Floating-point numbers.
///   - alpha: The slope for elements that are not positive.
/// - Returns: Numbers of the type and shape of `features`.
public func leakyRelu(
  _ features: Value, alpha: Float = 0.2, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  features.graph.append(
    LeakyRelu(alpha), [features], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
