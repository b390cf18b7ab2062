import GraphIR
import Tensors

/// An operator that compares two tensors elementwise, with broadcasting.
///
/// What all of them share stands here; each adds its name, its types and its loops.
public protocol Comparison: Operator {}

extension Comparison {
  /// The inputs and the output of a comparison of those types.
  static func comparisonSignature(_ types: TypeSet) -> Signature {
    Signature(
      inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("z", .fixed(.bool))],
      types: ["T": types])
  }

  /// Each result depends on one element of either input.
  public static var traits: OperatorTraits { .elementwise }

  /// None.
  public static var gradient: GradientRule {
    .none(because: "a truth value does not change smoothly with the numbers that are compared")
  }

  /// The broadcast shape.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request)
  }

  /// Appends the comparison.
  func applied(_ x: Value, _ y: Value, name: String? = nil, origin: Origin) -> Value {
    x.graph.append(self, [x, y], name: name, origin: origin).output
  }

  /// Appends the comparison with a number, which takes the type of the value.
  func applied(_ x: Double, _ y: Value, origin: Origin) -> Value {
    applied(y.scalar(x, origin: origin), y, origin: origin)
  }

  /// Appends the comparison with a number, which takes the type of the value.
  func applied(_ x: Value, _ y: Double, origin: Origin) -> Value {
    applied(x, x.scalar(y, origin: origin), origin: origin)
  }
}

/// What every comparison is tried with.
@_optimize(none)
func comparisonSamples(_ operation: some Comparison) -> [Sample] {
  broadcastSamples(operation) + [
    Sample(
      "equal numbers", operation, [Tensor([0.0, 1, -1]), Tensor([-0.0, 1, -1])],
      differentiable: false),
    Sample(
      "no numbers", operation,
      [Tensor([Double.nan, 1, .infinity]), Tensor([1, Double.nan, -.infinity])],
      everyType: false, differentiable: false),
    Sample(
      "many elements", operation, [.sample([70_001]), .sample([70_001], seed: 2)],
      differentiable: false),
  ]
}

/// Whether two tensors are equal, or differ, which can be asked of every type.
public protocol EqualityComparison: Comparison {
  /// Whether shapes that do not broadcast are an error; without it the tensors then differ as a
  /// whole, and the result is one truth value.
  var rejectsIncompatibleShapes: Bool { get set }

  /// Whether tensors of shapes that do not broadcast give true.
  static var resultForIncompatibleShapes: Bool { get }
}

extension EqualityComparison {
  /// What incompatible shapes give is the only attribute.
  public static var attributes: [Attribute<Self>] {
    [
      .init(
        "incompatible_shape_error", \.rejectsIncompatibleShapes,
        "Whether shapes that do not broadcast are an error.", isArgument: false)
    ]
  }

  /// A comparison that rejects shapes which do not broadcast, or finds such tensors different.
  public init(rejectsIncompatibleShapes: Bool) {
    self.init()
    self.rejectsIncompatibleShapes = rejectsIncompatibleShapes
  }

  /// The broadcast shape, or that of a scalar.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    if rejectsIncompatibleShapes { return try broadcastShape(request) }
    guard let shape = request.shape(0).broadcast(with: request.shape(1)) else { return [.scalar] }
    let areKnown = request.shape(0).isKnown && request.shape(1).isKnown
    return [areKnown ? shape : .unknown]
  }

  /// A kernel that compares elements, or knows the result from the sizes alone.
  func equalityKernel(_ request: KernelRequest, _ loops: BinaryLoops) throws -> Kernel {
    if request.inputs[0].shape.broadcast(with: request.inputs[1].shape) == nil {
      return Kernel { context in
        context.output(as: UInt8.self).pointee = Self.resultForIncompatibleShapes ? 1 : 0
      }
    }
    return try binaryKernel(request, loops)
  }
}

/// What equality and inequality are tried with.
@_optimize(none)
func equalitySamples<Op: EqualityComparison>(_ type: Op.Type) -> [Sample] {
  comparisonSamples(Op()) + [
    Sample(
      "truth values", Op(),
      [Tensor([true, true, false, false]), Tensor([true, false])]
        .map { try! $0.reshaped(to: [$0.elementCount / 2, 2]) }, everyType: false,
      differentiable: false),
    Sample(
      "shapes that do not broadcast, allowed", Op(rejectsIncompatibleShapes: false),
      [.sample([2, 3]), .sample([2, 2])], differentiable: false),
    Sample(
      "shapes that broadcast, where others are allowed", Op(rejectsIncompatibleShapes: false),
      [.sample([2, 3]), .sample([1, 3])], differentiable: false),
  ]
}
