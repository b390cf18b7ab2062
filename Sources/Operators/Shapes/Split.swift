import GraphIR
import Tensors

/// A tensor cut along an axis into parts of equal size.
public struct Split: MovingOperator {
  public static let name = "Split"
  public static let summary = "A tensor cut along an axis into parts of equal size."
  public static let signature = Signature(
    inputs: [.init("split_dim", .fixed(.int32), label: "axis"), .init("value", "T")],
    outputs: [.init("output", "T", count: "num_split")], types: ["T": .any])
  public static let attributes: [Attribute<Split>] = [
    .init("num_split", \.count, "The number of parts.", label: "into", isRequired: true)
  ]
  public static let shapeInputs = [0]
  public static let function: GraphFunction? = GraphFunction(
    "split",
    [
      .positional("value"), .labelled("into", default: "none"),
      .labelled("sizes", default: "none"), .labelled("axis", default: "0"),
    ]
  ) { call in
    let value = try call.value("value")
    let axis: Value
    if call["axis"] == nil {
      axis = call.graph.constant(Tensor(Int32(0)), origin: call.origin)
    } else {
      axis = try call.value("axis", literalType: .int32)
    }
    switch (call["into"], call["sizes"]) {
    case (.integer(let count), nil):
      return call.graph.append(Split(into: count), [axis, value], origin: call.origin).outputs
    case (nil, _?):
      guard let sizes = try? call.integers("sizes") else {
        throw ShapeError("sizes must be a list of integers")
      }
      let lengths = sizesConstant(sizes, call.graph, call.origin)
      return call.graph.append(
        SplitV(into: sizes.count), [value, lengths, axis], origin: call.origin
      ).outputs
    default:
      throw ShapeError("either into must be an integer, or sizes a list of integers")
    }
  }

  /// The number of parts.
  public var count = 1

  public init() {}

  /// Cuts into so many parts.
  public init(into count: Int) {
    self.count = count
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let axis = try request.integer(0, named: "axis")
    guard var dimensions = request.shape(1).dimensions else {
      return Array(repeating: .unknown, count: count)
    }
    guard let axis else { return Array(repeating: .unknown(rank: dimensions.count), count: count) }
    let position = try normalizedAxis(
      axis, rank: dimensions.count, of: request.inputs[1], named: "value")
    if let size = dimensions[position] {
      guard size % count == 0 else {
        throw ShapeError(
          "value is \(request.inputs[1]), whose axis \(axis) of size \(size) does not divide into"
            + " \(count) equal parts")
      }
      dimensions[position] = size / count
    }
    return Array(repeating: Shape(dimensions: dimensions), count: count)
  }

  // Each part flows back to where it was cut from.
  public static let gradient = GradientRule.rule { g in
    [nil, concat(g.filledOutputGradients, axis: g.inputs[0])]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try splittingKernel(request, input: 1, axis: request.integers(0)[0])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", Split(into: 3), [Tensor(Int32(0)), .sample([6])]),
      Sample("rows", Split(into: 2), [Tensor(Int32(0)), .sample([4, 3])]),
      Sample("columns", Split(into: 2), [Tensor(Int32(-1)), .sample([3, 4])]),
      Sample("a middle axis", Split(into: 3), [Tensor(Int32(1)), .sample([2, 3, 2])]),
      Sample("one part", Split(into: 1), [Tensor(Int32(0)), .sample([2, 3])]),
      Sample("nothing", Split(into: 2), [Tensor(Int32(0)), .sample([0, 3])]),
      Sample(
        "many elements", Split(into: 4), [Tensor(Int32(1)), .sample([70, 2004])],
        differentiable: false),
      Sample(
        failing: "parts that differ", Split(into: 2), [Tensor(Int32(1)), .sample([2, 5])],
        message: "value is Float64[2, 5], whose axis 1 of size 5 does not divide into 2 equal parts"
      ),
      Sample(
        failing: "no such axis", Split(into: 2), [Tensor(Int32(2)), .sample([2, 4])],
        message: "value is Float64[2, 4], which has no axis 2"),
      Sample(
        failing: "no parts", Split(into: 0), [Tensor(Int32(0)), .sample([2, 4])],
        message: "attribute num_split must count the outputs, from 1 to 1048576"),
    ]
  }
}

/// A tensor cut along an axis into parts of equal size.
///
/// - Parameters:
///   - value: Any tensor whose size along the axis is a multiple of `count`.
///   - count: The number of parts.
///   - axis: The axis, a negative one counted from the end.
/// - Returns: The parts in order; one invalid value when the call is wrong.
public func split(
  _ value: Value, into count: Int, axis: Int = 0, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> [Value] {
  let origin = Origin(fileID: fileID, line: line)
  let position = int32Constant(axis, "split: axis", value.graph, origin)
  return value.graph.append(Split(into: count), [position, value], name: name, origin: origin)
    .outputs
}
