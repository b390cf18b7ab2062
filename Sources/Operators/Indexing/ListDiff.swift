import GraphIR
import Tensors

/// The elements of a vector that another does not hold, and their positions.
public struct ListDiff: Operator {
  public static let name = "ListDiff"
  public static let summary =
    "The elements of a vector that another does not hold, and their positions."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")],
    outputs: [.init("out", "T"), .init("idx", "out_idx")],
    types: ["T": .any, "out_idx": .index])
  public static let attributes: [Attribute<ListDiff>] = [
    .init("out_idx", \.indexType, "The type of positions.", label: "indexType")
  ]
  public static let traits: OperatorTraits = .sizesDependOnValues

  /// The type of positions.
  public var indexType = DataType.int32

  public init() {}

  /// The difference, with positions of that type.
  public init(_ indexType: DataType) {
    self.indexType = indexType
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "x")
    try request.require(rank: 1, of: 1, named: "y")
    return [.unknown(rank: 1), .unknown(rank: 1)]
  }

  public static let gradient = GradientRule.none(
    because: "which elements are equal does not change smoothly with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("the number of elements that are left is known only after the elements")
  }

  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    var difference = Difference()
    let positions = try visitElements(inputs, &difference)
    return [
      try Slices(inputs[0], axes: 1).gathered(positions), try indexVector(positions, indexType),
    ]
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "some in both", ListDiff(),
        [Tensor([Int32(1), 2, 3, 4, 5, 6, 2]), Tensor([Int32(1), 3, 5])],
        differentiable: false),
      Sample(
        "positions in Int64", ListDiff(.int64), [Tensor([1.0, 2, 2]), Tensor([1.0])],
        everyType: false, differentiable: false),
      Sample(
        "zeros of both signs, and no numbers", ListDiff(),
        [Tensor([0.0, -0.0, .nan, 1, .nan]), Tensor([0.0, .nan])], everyType: false,
        differentiable: false),
      Sample(
        "nothing to take away", ListDiff(), [Tensor([Float(1), 1]), Tensor([Float]())],
        differentiable: false),
      Sample(
        "nothing", ListDiff(), [Tensor([UInt8]()), Tensor([UInt8(1)])], differentiable: false),
      Sample(
        "texts", ListDiff(), [Tensor(["a", "b", "a"]), Tensor(["b"])], everyType: false,
        differentiable: false),
      Sample(
        failing: "a matrix", ListDiff(), [.sample([2, 3]), .sample([2])],
        message: "x must have rank 1, but it is Float64[2, 3]"),
      Sample(
        failing: "a scalar", ListDiff(), [.sample([2]), .sample([])],
        message: "y must have rank 1, but it is Float64"),
    ]
  }
}

/// The elements of a vector that another does not hold, and their positions.
///
/// - Parameters:
///   - x: A vector of any type.
///   - y: A vector of the same type: what to leave out.
///   - indexType: `Int32` or `Int64`: the type of positions.
/// - Returns: Those elements of `x` in their order, also where they are equal, of which how many
///   there are is known only when the graph runs; and the position in `x` of each.
public func listDiff(
  _ x: Value, _ y: Value, indexType: DataType = .int32, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> (values: Value, positions: Value) {
  let node = x.graph.append(
    ListDiff(indexType), [x, y], name: name, origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1))
}
