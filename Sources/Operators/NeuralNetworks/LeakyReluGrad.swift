import GraphIR
import Tensors

/// What flows back through a leaky rectifier: alpha times as much where the feature is not positive.
public struct LeakyReluGrad: Operator {
  public static let name = "LeakyReluGrad"
  public static let summary =
    "What flows back through leakyRelu: alpha times as much where the feature is not positive."
  public static let signature = Signature.gradientFromFeatures()
  public static let attributes: [Attribute<LeakyReluGrad>] = [
    .init("alpha", \.alpha, "The slope for features that are not positive.")
  ]
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = nil

  /// The slope for features that are not positive.
  public var alpha: Float = 0.2

  public init() {}

  /// The gradient of a leaky rectifier of that slope.
  public init(_ alpha: Float) {
    self.alpha = alpha
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try pairedShape(request, Self.signature)
  }

  // What flows back again goes the same way; the features only choose it.
  public static let gradient = GradientRule.rule { g in
    let alpha = g.operation(as: LeakyReluGrad.self).alpha
    return [g.isNeeded[0] ? LeakyReluGrad(alpha).applied(to: g.outputGradient, g.y) : nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try leakyKernel(request, alpha: alpha, features: 1)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(LeakyReluGrad()) + [
      specialPairs(LeakyReluGrad()),
      Sample("another slope", LeakyReluGrad(-0.5), [.sample([7]), .sample([7], seed: 2)]),
    ]
  }

  /// Appends the operator.
  func applied(to gradients: Value, _ features: Value) -> Value {
    gradients.graph.append(self, [gradients, features], origin: .unknown).output
  }
}
