import GraphIR
import Tensors

/// A tensor cut along an axis into parts of given sizes.
public struct SplitV: MovingOperator {
  public static let name = "SplitV"
  public static let summary = "A tensor cut along an axis into parts of given sizes."
  public static let signature = Signature(
    inputs: [
      .init("value", "T"), .init("size_splits", "Tlen", label: "sizes"),
      .init("split_dim", .fixed(.int32), label: "axis"),
    ],
    outputs: [.init("output", "T", count: "num_split")],
    types: ["T": .any, "Tlen": [.int8, .int32, .int64]])
  public static let attributes: [Attribute<SplitV>] = [
    .init("num_split", \.count, "The number of parts.", isArgument: false, isRequired: true)
  ]
  public static let shapeInputs = [1, 2]
  // `split(…, sizes:)` of a .graph file stands with `Split`.
  public static let function: GraphFunction? = nil

  /// The number of parts.
  public var count = 1

  public init() {}

  /// Cuts into so many parts.
  public init(into count: Int) {
    self.count = count
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "sizes")
    let axis = try request.integer(2, named: "axis")
    if let stated = request.shape(1)[0], stated != count {
      throw ShapeError("sizes holds \(stated) sizes, but there are \(count) parts")
    }
    guard let dimensions = request.shape(0).dimensions else {
      return Array(repeating: .unknown, count: count)
    }
    guard let axis else { return Array(repeating: .unknown(rank: dimensions.count), count: count) }
    let position = try normalizedAxis(
      axis, rank: dimensions.count, of: request.inputs[0], named: "value")
    let lengths =
      try request.integers(1).map { try resolved($0, request, axis, dimensions[position]) }
      ?? Array(repeating: nil, count: count)
    return lengths.map { length in
      var part = dimensions
      part[position] = length
      return Shape(dimensions: part)
    }
  }

  /// The sizes with the one that is −1 found from the others.
  private func resolved(
    _ sizes: [Int], _ request: ShapeRequest, _ axis: Int, _ total: Int?
  ) throws -> [Int?] {
    guard sizes.allSatisfy({ $0 >= -1 }), sizes.filter({ $0 == -1 }).count <= 1 else {
      throw ShapeError("sizes may hold sizes and at most one -1, but it is \(sizes)")
    }
    guard let total else { return sizes.map { $0 < 0 ? nil : $0 } }
    var rest = total
    for size in sizes where size > 0 { rest = rest < size ? -1 : rest - size }
    guard rest == 0 || (rest > 0 && sizes.contains(-1)) else {
      throw ShapeError(
        "value is \(request.inputs[0]), whose axis \(axis) of size \(total) is not the sum of the"
          + " sizes \(sizes)")
    }
    return sizes.map { $0 < 0 ? rest : $0 }
  }

  // Each part flows back to where it was cut from.
  public static let gradient = GradientRule.rule { g in
    [concat(g.filledOutputGradients, axis: g.inputs[2]), nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try splittingKernel(request, input: 0, axis: request.integers(2)[0])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "columns", SplitV(into: 3), [.sample([2, 6]), Tensor([Int32(1), 3, 2]), Tensor(Int32(1))]),
      Sample(
        "a size to find", SplitV(into: 2),
        [.sample([5, 2]), Tensor([Int64(2), -1]), Tensor(Int32(0))]
      ),
      Sample(
        "a part without elements", SplitV(into: 2),
        [.sample([3]), Tensor([Int32(0), 3]), Tensor(Int32(-1))]),
      Sample("one part", SplitV(into: 1), [.sample([3]), Tensor([Int32(3)]), Tensor(Int32(0))]),
      Sample(
        failing: "sizes of another sum", SplitV(into: 2),
        [.sample([2, 6]), Tensor([Int32(1), 3]), Tensor(Int32(1))],
        message: "value is Float64[2, 6], whose axis 1 of size 6 is not the sum of the sizes [1, 3]"
      ),
      Sample(
        failing: "two sizes to find", SplitV(into: 2),
        [.sample([6]), Tensor([Int32(-1), -1]), Tensor(Int32(0))],
        message: "sizes may hold sizes and at most one -1, but it is [-1, -1]"),
      Sample(
        failing: "another number of parts", SplitV(into: 3),
        [.sample([6]), Tensor([Int32(4), 2]), Tensor(Int32(0))],
        message: "sizes holds 2 sizes, but there are 3 parts"),
    ]
  }
}

/// A tensor cut along an axis into parts of given sizes.
///
/// - Parameters:
///   - value: Any tensor.
///   - sizes: The size of each part along the axis; one may be −1, to be found from the others.
///   - axis: The axis, a negative one counted from the end.
/// - Returns: The parts in order; one invalid value when the call is wrong.
public func split(
  _ value: Value, sizes: [Int], axis: Int = 0, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> [Value] {
  let origin = Origin(fileID: fileID, line: line)
  let lengths = sizesConstant(sizes, value.graph, origin)
  let position = int32Constant(axis, "split: axis", value.graph, origin)
  return value.graph.append(
    SplitV(into: sizes.count), [value, lengths, position], name: name, origin: origin
  ).outputs
}
