import GraphIR
import Tensors

/// A box cut out of a tensor.
public struct SliceOperator: MovingOperator {
  public static let name = "Slice"
  public static let summary = "A box cut out of a tensor."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("begin", "Index", label: "begin"),
      .init("size", "Index", label: "size"),
    ],
    outputs: [.init("output", "T")], types: ["T": .any, "Index": .index])
  public static let shapeInputs = [1, 2]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let begin = try request.integersForAxes(1, named: "begin", of: 0, named: "input")
    let size = try request.integersForAxes(2, named: "size", of: 0, named: "input")
    let input = request.shape(0)
    let rank = input.rank ?? request.shape(1)[0] ?? request.shape(2)[0]
    guard let rank else { return [.unknown] }
    guard begin?.count ?? rank == rank, size?.count ?? rank == rank else {
      throw ShapeError("begin is \(request.inputs[1]), but size is \(request.inputs[2])")
    }
    let partial = request.sizes(2)
    return [
      Shape(
        dimensions: try (0..<rank).map { axis in
          guard let begin, let size else {
            return partial?.rank == rank ? partial?[axis] : nil
          }
          return try length(begin[axis], size[axis], input[axis], axis, request.inputs[0])
        })
    ]
  }

  private func length(
    _ begin: Int, _ size: Int, _ available: Int?, _ axis: Int, _ type: TensorType
  ) throws -> Int? {
    guard begin >= 0, size >= -1 else {
      throw ShapeError(
        "begin must be at least 0 and size at least -1, but on axis \(axis) they are \(begin) and"
          + " \(size)")
    }
    guard let available else { return size < 0 ? nil : size }
    guard begin <= available, size <= available - begin else {
      throw ShapeError(
        "input is \(type), so that \(size < 0 ? "a slice" : "\(size) elements") from \(begin) on"
          + " axis \(axis) \(size < 0 ? "begins" : "would lie") outside of it")
    }
    return size < 0 ? available - begin : size
  }

  // What flows back into the box, with zeros around it.
  public static let gradient = GradientRule.rule { g in
    let (x, begin, dy) = (g.x, g.y, g.outputGradient)
    if let starts = g.graph.constantIntegers(begin), let whole = x.shape.known,
      let box = g.output.shape.known
    {
      let paddings = starts.indices.map { [starts[$0], whole[$0] - starts[$0] - box[$0]] }
      return [pad(dy, paddings: paddings), nil, nil]
    }
    let type = begin.dataType
    let after = shapeTensor(x, type) - begin - shapeTensor(g.output, type)
    return [pad(dy, paddings: stack([begin, after], axis: 1)), nil, nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputSizes(0) == request.outputSizes()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let sizes = request.outputSizes()
    let strides = rowMajorStrides(request.inputSizes(0))
    let start = zip(request.integers(1), strides).reduce(0) { $0 + $1.0 * $1.1 }
    return try movementKernel(
      request.inputs[0].dataType,
      [Movement(sizes, from: .init(start: start, strides: strides), to: .whole(sizes))])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "a matrix", SliceOperator(),
        [.sample([3, 4]), Tensor([Int32(1), 1]), Tensor([Int32(2), 2])]),
      Sample(
        "the rest of an axis", SliceOperator(),
        [.sample([2, 3, 4]), Tensor([Int64(0), 1, 2]), Tensor([Int64(2), -1, 1])]),
      Sample(
        "all", SliceOperator(), [.sample([2, 3]), Tensor([Int32(0), 0]), Tensor([Int32(-1), 3])]),
      Sample("a scalar", SliceOperator(), [.sample([]), Tensor([Int32]()), Tensor([Int32]())]),
      Sample(
        "nothing", SliceOperator(),
        [.sample([2, 3]), Tensor([Int32(2), 0]), Tensor([Int32(0), 3])]),
      Sample(
        failing: "beyond the end", SliceOperator(),
        [.sample([2, 3]), Tensor([Int32(0), 1]), Tensor([Int32(2), 3])],
        message:
          "input is Float64[2, 3], so that 3 elements from 1 on axis 1 would lie outside of it"
      ),
      Sample(
        failing: "a negative beginning", SliceOperator(),
        [.sample([2, 3]), Tensor([Int32(0), -1]), Tensor([Int32(2), 1])],
        message: "begin must be at least 0 and size at least -1, but on axis 1 they are -1 and 1"),
      Sample(
        failing: "too few axes", SliceOperator(),
        [.sample([2, 3]), Tensor([Int32(0)]), Tensor([Int32(2)])],
        message: "begin has length 1, but input is Float64[2, 3], which has rank 2"),
    ]
  }
}

/// A box cut out of a tensor.
///
/// - Parameters:
///   - input: Any tensor.
///   - begin: The first position of the box on each axis.
///   - size: The size of the box along each axis; −1 for all that is left.
public func slice(
  _ input: Value, begin: [Int], size: [Int], name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let type: DataType = (begin + size).allSatisfy { Int32(exactly: $0) != nil } ? .int32 : .int64
  return slice(
    input, begin: input.graph.vector(begin, type), size: input.graph.vector(size, type),
    name: name, fileID: fileID, line: line)
}

/// A box cut out of a tensor, at a place that the graph computes.
///
/// - Parameters:
///   - input: Any tensor.
///   - begin: The first position of the box on each axis, `Int32` or `Int64`.
///   - size: The size of the box along each axis, of the same type; −1 for all that is left.
public func slice(
  _ input: Value, begin: Value, size: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    SliceOperator(), [input, begin, size], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
