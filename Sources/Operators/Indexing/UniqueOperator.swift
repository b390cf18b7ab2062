import GraphIR
import Tensors

/// An operator that finds the distinct elements of a vector.
///
/// What all of them share stands here; each adds its name, its outputs and its samples.
public protocol UniqueOperator: Operator {
  /// The type of positions and counts.
  var indexType: DataType { get set }
}

extension UniqueOperator {
  static func uniqueSignature(_ indices: [String]) -> Signature {
    Signature(
      inputs: [.init("x", "T")],
      outputs: [.init("y", "T")] + indices.map { .init($0, "out_idx") },
      types: ["T": .any, "out_idx": .index])
  }

  /// The type of positions and counts is the only attribute.
  public static var attributes: [Attribute<Self>] {
    [.init("out_idx", \.indexType, "The type of positions and counts.", label: "indexType")]
  }

  /// How many distinct elements there are follows from the elements.
  public static var traits: OperatorTraits { .sizesDependOnValues }

  /// An operator that gives positions and counts in a type.
  public init(_ indexType: DataType) {
    self.init()
    self.indexType = indexType
  }

  /// A position for each element of the vector, and as many of the others as there are distinct
  /// elements.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "x")
    let size = request.shape(0)[0]
    let distinct = Shape(dimensions: [size == 0 ? 0 : nil])
    return [distinct, Shape(dimensions: [size])]
      + Self.signature.outputs.dropFirst(2).map { _ in distinct }
  }

  /// There is none: the number of distinct elements is not known when kernels are made.
  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("the number of distinct elements is known only after the elements")
  }

  /// Appends the operator, and gives its outputs.
  func applied(to x: Value, name: String?, origin: Origin) -> GraphNode {
    x.graph.append(self, [x], name: name, origin: origin)
  }
}

/// What every such operator is tried with.
@_optimize(none)
func uniqueSamples<Op: UniqueOperator>(_ type: Op.Type) -> [Sample] {
  [
    Sample(
      "some twice", Op(), [Tensor([1.0, 1, 2, 4, 4, 4, 7, 8, 8, 1])], differentiable: false),
    Sample("positions in Int64", Op(.int64), [Tensor([3.0, 3, 1])], differentiable: false),
    Sample(
      "zeros of both signs, and no numbers", Op(), [Tensor([0.0, -0.0, .nan, 1, .nan])],
      everyType: false, differentiable: false),
    Sample("nothing", Op(), [Tensor([Double]())], differentiable: false),
    Sample("texts", Op(), [Tensor(["a", "b", "a"])], everyType: false, differentiable: false),
    Sample(
      failing: "a matrix", Op(), [.sample([2, 3])],
      message: "x must have rank 1, but it is Float64[2, 3]"),
    Sample(
      failing: "positions in another type", Op(.float32), [.sample([2])],
      message: "attribute out_idx must be Int32 or Int64, but it is Float32"),
  ]
}
