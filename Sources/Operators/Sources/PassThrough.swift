import GraphIR
import Tensors

/// An operator whose output is its only input.
///
/// What all of them share stands here; each adds its name, its attributes and its gradient.
public protocol PassThrough: Operator {}

extension PassThrough {
  /// One tensor of any type, in and out.
  static var passThroughSignature: Signature {
    Signature(
      inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": .any])
  }

  /// The output has the bytes of the input.
  public static var traits: OperatorTraits { .view }

  /// The input's shape.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }

  /// A copy, where one is needed at all.
  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }
}

/// What every such operator is tried with.
@_optimize(none)
func passThroughSamples(_ operation: some PassThrough, differentiable: Bool = true) -> [Sample] {
  [
    Sample("a matrix", operation, [.sample([2, 3])], differentiable: differentiable),
    Sample("a scalar", operation, [.sample([])], differentiable: differentiable),
    Sample("nothing", operation, [.sample([0, 3])], differentiable: differentiable),
    Sample("texts", operation, [Tensor(["a", "bc"])], everyType: false, differentiable: false),
  ]
}
