import GraphIR
import Tensors

/// An operator whose result is a tensor changed where tuples of indices point.
///
/// What all of them share stands here; each adds its name, its gradient and how it changes.
public protocol TensorScatter: Operator {
  /// What becomes of indices that lie outside.
  var badIndicesPolicy: BadIndicesPolicy { get set }
}

extension TensorScatter {
  static func tensorScatterSignature(_ types: TypeSet, _ indexTypes: TypeSet) -> Signature {
    Signature(
      inputs: [.init("tensor", "T"), .init("indices", "Tindices"), .init("updates", "T")],
      outputs: [.init("output", "T")], types: ["T": types, "Tindices": indexTypes])
  }

  /// What becomes of bad indices is the only attribute.
  public static var attributes: [Attribute<Self>] {
    [
      .init(
        "bad_indices_policy", \.badIndicesPolicy, "What becomes of indices that lie outside.",
        isArgument: false)
    ]
  }

  /// The shape of the tensor that is changed.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.requireSlices(2, at: 1, of: request.inputs[0], named: "tensor")
    return [request.shape(0)]
  }

  func kernel(_ request: KernelRequest, _ loops: ScatterLoops?) throws -> Kernel {
    try scatterKernel(
      request, indices: 1, updates: 2, begin: 0, loops: loops, policy: badIndicesPolicy,
      named: "tensor")
  }

  /// Appends the operator.
  static func applied(
    _ tensor: Value, _ indices: Value, _ updates: Value, name: String? = nil, origin: Origin
  ) -> Value {
    tensor.graph.append(Self(), [tensor, indices, updates], name: name, origin: origin).output
  }

  /// What flows back into the updates: the slices of what flows back into the result.
  static func updatesGradient(_ g: GradientContext) -> Value {
    var gather = GatherNd()
    gather.badIndicesPolicy = g.operation(as: Self.self).badIndicesPolicy
    return g.graph.append(gather, [g.outputGradient, g.y], origin: .unknown).output
  }
}

/// What every such operator is tried with.
///
/// - Parameter combines: Whether indices may stand twice, which would leave it open what the
///   derivative of a replacement is.
@_optimize(none)
func tensorScatterSamples(_ operation: some TensorScatter, combines: Bool) -> [Sample] {
  func indices(_ numbers: [Int32], _ dimensions: [Int]) -> Tensor {
    try! Tensor(numbers, dimensions: dimensions)
  }
  return [
    Sample(
      "elements", operation,
      [.sample([8]), indices([4, 3, 1, 7], [4, 1]), .sample([4], seed: 2)]),
    Sample(
      "rows", operation,
      [
        .sample([3, 4]), try! Tensor([Int64(2), 0], dimensions: [2, 1]),
        .sample([2, 4], seed: 2),
      ]),
    Sample(
      "elements of a matrix", operation,
      [.sample([2, 3]), indices([1, 2, 0, 0], [2, 2]), .sample([2], seed: 2)]),
    Sample(
      "tuples in a matrix", operation,
      [.sample([2, 3, 2]), indices([1, 2, 0, 0], [1, 2, 2]), .sample([1, 2, 2], seed: 2)]),
    Sample(
      "indices that stand twice", operation,
      [.sample([3]), indices([1, 0, 1], [3, 1]), .sample([3], seed: 2)],
      differentiable: combines),
    Sample(
      "no tuples", operation,
      [.sample([3, 2]), .init(emptyIndices: [0, 1]), .sample([0, 2])]),
    Sample(
      failing: "updates of another shape", operation,
      [.sample([3, 4]), indices([2, 0], [2, 1]), .sample([2, 3])],
      message: "updates must have the shape [2, 4], one slice of tensor, Float64[3, 4], for each"
        + " tuple of indices, Int32[2, 1], but it is Float64[2, 3]"),
    Sample(
      failing: "tuples that are too long", operation,
      [.sample([3]), indices([2, 0], [1, 2]), .sample([1])],
      message: "indices is Int32[1, 2], whose tuples have 2 indices, but tensor is Float64[3]"),
  ]
}

extension Tensor {
  /// Tuples of `Int32` indices, or none, without an element.
  init(emptyIndices dimensions: [Int]) {
    self = try! Tensor([Int32](), dimensions: dimensions)
  }
}
