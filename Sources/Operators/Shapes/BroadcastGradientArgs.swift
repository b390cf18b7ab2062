import GraphIR
import Tensors

/// The axes along which each of two shapes is repeated when they broadcast together.
public struct BroadcastGradientArgs: Operator {
  public static let name = "BroadcastGradientArgs"
  public static let summary =
    "The axes along which each of two shapes is repeated when they broadcast together."
  public static let signature = Signature(
    inputs: [.init("s0", "T"), .init("s1", "T")], outputs: [.init("r0", "T"), .init("r1", "T")],
    types: ["T": .index])
  public static let shapeInputs = [0, 1]
  public static let function: GraphFunction? = .derived(
    from: BroadcastGradientArgs.self, named: "broadcastGradientArguments")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "s0")
    try request.require(rank: 1, of: 1, named: "s1")
    guard let s0 = request.integers(0), let s1 = request.integers(1) else {
      return [.unknown(rank: 1), .unknown(rank: 1)]
    }
    guard let axes = Self.axes(s0, s1) else {
      throw ShapeError("the shapes do not broadcast: s0 is \(s0), s1 is \(s1)")
    }
    return [Shape([axes.0.count]), Shape([axes.1.count])]
  }

  /// The axes for each of two shapes, or `nil` when they do not broadcast.
  ///
  /// As in TensorFlow, an axis that has size 1 in both counts for both, unless the shapes are
  /// equal altogether.
  static func axes(_ s0: [Int], _ s1: [Int]) -> ([Int], [Int])? {
    if s0 == s1 { return ([], []) }
    let rank = max(s0.count, s1.count)
    var axes: ([Int], [Int]) = ([], [])
    for axis in 0..<rank {
      let left = axis < rank - s0.count ? 1 : s0[axis - (rank - s0.count)]
      let right = axis < rank - s1.count ? 1 : s1[axis - (rank - s1.count)]
      guard left == right || left == 1 || right == 1 else { return nil }
      if left == 1 { axes.0.append(axis) }
      if right == 1 { axes.1.append(axis) }
    }
    return axes
  }

  public static let gradient = GradientRule.none(because: "axes do not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let axes = Self.axes(request.integers(0), request.integers(1)) ?? ([], [])
    if request.inputs[0].dataType == .int32 { return Self.kernel(axes, Int32.self) }
    return Self.kernel(axes, Int64.self)
  }

  private static func kernel<Element: FixedWidthInteger & Sendable>(
    _ axes: ([Int], [Int]), _ type: Element.Type
  ) -> Kernel {
    Kernel { context in
      let (r0, r1) = (context.output(0, as: type), context.output(1, as: type))
      for position in axes.0.indices { r0[position] = Element(axes.0[position]) }
      for position in axes.1.indices { r1[position] = Element(axes.1[position]) }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "a row against a matrix", BroadcastGradientArgs(),
        [Tensor([Int32(2), 3]), Tensor([Int32(3)])], differentiable: false),
      Sample(
        "a column against a row", BroadcastGradientArgs(),
        [Tensor([Int64(2), 1]), Tensor([Int64(1), 3])], differentiable: false),
      Sample(
        "equal shapes", BroadcastGradientArgs(),
        [Tensor([Int32(2), 1]), Tensor([Int32(2), 1])], differentiable: false),
      Sample(
        "size 1 in both", BroadcastGradientArgs(),
        [Tensor([Int32(2), 1, 3]), Tensor([Int32(1), 3])], differentiable: false),
      Sample(
        failing: "shapes that do not broadcast", BroadcastGradientArgs(),
        [Tensor([Int32(2)]), Tensor([Int32(3)])],
        message: "the shapes do not broadcast: s0 is [2], s1 is [3]"),
    ]
  }
}

/// The axes along which each of two shapes is repeated when they broadcast together.
///
/// What a gradient must be summed over to have the shape of an input that was broadcast.
///
/// - Parameters:
///   - s0: A vector of sizes, `Int32` or `Int64`.
///   - s1: A vector of sizes of the same type.
/// - Returns: A vector of axes for each of the two.
public func broadcastGradientArguments(
  _ s0: Value, _ s1: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> (Value, Value) {
  let node = s0.graph.append(
    BroadcastGradientArgs(), [s0, s1], name: name, origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1))
}
