import GraphIR
import Tensors

/// A tensor whose elements stand in reverse along some axes.
public struct ReverseV2: MovingOperator {
  public static let name = "ReverseV2"
  public static let summary = "A tensor whose elements stand in reverse along some axes."
  public static let signature = Signature(
    inputs: [.init("tensor", "T"), .init("axis", "Tidx", label: "axes")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tidx": .index])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = .derived(from: ReverseV2.self, named: "reverse")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "axes")
    if let axes = request.integers(1), let rank = request.shape(0).rank {
      _ = try normalizedAxes(axes, rank: rank, of: request.inputs[0], named: "tensor")
    }
    return [request.shape(0)]
  }

  public static let gradient = GradientRule.rule { g in
    let back = g.graph.append(ReverseV2(), [g.outputGradient, g.y], origin: .unknown)
    return [back.output, nil]
  }

  private func axes(_ request: KernelRequest) -> [Int] {
    let rank = request.inputSizes(0).count
    return request.integers(1).map { $0 < 0 ? $0 + rank : $0 }
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    axes(request).allSatisfy { request.inputSizes(0)[$0] == 1 }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try reversingKernel(request, axes: axes(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", ReverseV2(), [.sample([5]), Tensor([Int32(0)])]),
      Sample("columns", ReverseV2(), [.sample([2, 3]), Tensor([Int64(-1)])]),
      Sample("the outer axes", ReverseV2(), [.sample([2, 3, 4]), Tensor([Int32(0), 1])]),
      Sample("all axes", ReverseV2(), [.sample([2, 3]), Tensor([Int32(1), 0])]),
      Sample("no axes", ReverseV2(), [.sample([2, 3]), Tensor([Int32]())]),
      Sample("nothing", ReverseV2(), [.sample([0, 3]), Tensor([Int32(0)])]),
      Sample(
        failing: "an axis twice", ReverseV2(), [.sample([2, 3]), Tensor([Int32(1), -1])],
        message: "axis -1 stands twice in [1, -1]"),
      Sample(
        failing: "no such axis", ReverseV2(), [.sample([2, 3]), Tensor([Int32(2)])],
        message: "tensor is Float64[2, 3], which has no axis 2"),
    ]
  }
}

/// A kernel that turns the first input round along some axes.
func reversingKernel(_ request: KernelRequest, axes: [Int]) throws -> Kernel {
  if request.outputCount() == 0 { return Kernel { _ in } }
  let sizes = request.inputSizes(0)
  var source = Movement.Place.whole(sizes)
  for axis in axes {
    source.start += (sizes[axis] - 1) * source.strides[axis]
    source.strides[axis] = -source.strides[axis]
  }
  return try movementKernel(
    request.inputs[0].dataType, [Movement(sizes, from: source, to: .whole(sizes))])
}

/// A tensor whose elements stand in reverse along some axes.
///
/// - Parameters:
///   - tensor: Any tensor.
///   - axes: The axes, negative ones counted from the end.
public func reverse(
  _ tensor: Value, axes: [Int], name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return tensor.graph.append(
    ReverseV2(), [tensor, sizesConstant(axes, tensor.graph, origin)], name: name, origin: origin
  ).output
}
