import GraphIR
import Tensors

/// An elementwise operator with two inputs of one type, which broadcast, and a result of that type.
///
/// What all of them share stands here; each adds its names, its types, its gradient and its loops.
protocol BinaryOperator: Operator {
  /// The types of elements that TensorFlow declares.
  static var elementTypes: TypeSet { get }
  /// The inner loop for each type that is computed with.
  static var loops: BinaryLoops { get }
}

extension BinaryOperator {
  public static var signature: Signature { binarySignature(elementTypes) }
  public static var traits: OperatorTraits { .elementwise }

  static func binarySignature(_ types: TypeSet, _ x: String = "x", _ y: String = "y") -> Signature {
    Signature(
      inputs: [.init(x, "T"), .init(y, "T")], outputs: [.init("z", "T")], types: ["T": types])
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let inputs = Self.signature.inputs
    return try broadcastShape(request, (inputs[0].name, inputs[1].name))
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, Self.loops)
  }

  /// Appends the operator, applied to two values.
  static func applied(_ x: Value, _ y: Value, _ name: String?, _ origin: Origin) -> Value {
    x.graph.append(Self(), [x, y], name: name, origin: origin).output
  }
}

extension GradientRule {
  /// The gradient of an elementwise operator with two inputs that broadcast.
  ///
  /// - Parameters:
  ///   - x: What flows back to the first input, in the shape of the result.
  ///   - y: The same for the second input.
  static func binary(
    _ x: @escaping @Sendable (GradientContext) -> Value,
    _ y: @escaping @Sendable (GradientContext) -> Value
  ) -> GradientRule {
    .rule { g in
      [
        g.isNeeded[0] ? g.reduced(x(g), toShapeOf: 0, broadcastWith: 1) : nil,
        g.isNeeded[1] ? g.reduced(y(g), toShapeOf: 1, broadcastWith: 0) : nil,
      ]
    }
  }
}

/// An operator with two inputs that divides the first by the second.
///
/// Running it throws where an integer is divided by 0.
protocol DivisionOperator: BinaryOperator {}

extension DivisionOperator {
  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try divisionKernel(request, Self.loops)
  }
}
