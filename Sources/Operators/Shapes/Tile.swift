import GraphIR
import Tensors

/// A tensor repeated along its axes.
public struct Tile: MovingOperator {
  public static let name = "Tile"
  public static let summary = "A tensor repeated along its axes."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("multiples", "Tmultiples", label: "multiples")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tmultiples": .index])
  public static let shapeInputs = [1]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let multiples = try request.integersForAxes(1, named: "multiples", of: 0, named: "input")
    let input = request.shape(0)
    guard let multiples else {
      return [(input.rank ?? request.shape(1)[0]).map { .unknown(rank: $0) } ?? .unknown]
    }
    if let negative = multiples.first(where: { $0 < 0 }) {
      throw ShapeError("multiples must be at least 0, but one is \(negative)")
    }
    return [
      Shape(
        dimensions: try multiples.indices.map { axis in
          guard let size = input[axis] else { return nil }
          let (product, overflow) = size.multipliedReportingOverflow(by: multiples[axis])
          if overflow {
            throw ShapeError("input is \(request.inputs[0]), too large for multiples \(multiples)")
          }
          return product
        })
    ]
  }

  // Each element gathers what flows back into its copies.
  public static let gradient = GradientRule.rule { g in
    let (x, multiples, dy) = (g.x, g.y, g.outputGradient)
    if let sizes = x.shape.known, let counts = g.graph.constantIntegers(multiples) {
      let parts = zip(counts, sizes).flatMap { [$0, $1] }
      let axes = counts.indices.filter { counts[$0] != 1 }.map { 2 * $0 }
      if axes.isEmpty { return [dy, nil] }
      return [reshape(sum(reshape(dy, to: parts), axes: axes), to: sizes), nil]
    }
    let sizes = shapeTensor(x, multiples.dataType)
    let parts = reshape(stack([multiples, sizes], axis: 1), to: [-1])
    // The shape of a single copy, as if the copies had come from broadcasting.
    let ones = fill(shapeTensor(sizes), sizes.scalar(1, origin: .unknown))
    let single = reshape(stack([ones, sizes], axis: 1), to: [-1])
    let axes = broadcastGradientArguments(single, parts).0
    return [reshape(sum(reshape(dy, to: parts), axes: axes), like: x), nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.integers(1).allSatisfy { $0 == 1 }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let sizes = request.inputSizes(0)
    if request.outputCount() == 0 { return Kernel { _ in } }
    let parts = zip(request.integers(1), sizes).flatMap { [$0, $1] }
    let source = Movement.Place(strides: rowMajorStrides(sizes).flatMap { [0, $0] })
    return try movementKernel(
      request.inputs[0].dataType, [Movement(parts, from: source, to: .whole(parts))])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", Tile(), [.sample([3]), Tensor([Int32(2)])]),
      Sample("a matrix", Tile(), [.sample([2, 3]), Tensor([Int64(3), 2])]),
      Sample("the first axis", Tile(), [.sample([2, 3]), Tensor([Int32(2), 1])]),
      Sample("sizes of 1", Tile(), [.sample([1, 3, 1]), Tensor([Int32(2), 1, 4])]),
      Sample("once", Tile(), [.sample([2, 3]), Tensor([Int32(1), 1])]),
      Sample("not at all", Tile(), [.sample([2, 3]), Tensor([Int32(0), 1])]),
      Sample("nothing", Tile(), [.sample([0, 3]), Tensor([Int32(2), 2])]),
      Sample("a scalar", Tile(), [.sample([]), Tensor([Int32]())]),
      Sample(
        failing: "too few axes", Tile(), [.sample([2, 3]), Tensor([Int32(2)])],
        message: "multiples has length 1, but input is Float64[2, 3], which has rank 2"),
      Sample(
        failing: "a negative multiple", Tile(), [.sample([2]), Tensor([Int32(-1)])],
        message: "multiples must be at least 0, but one is -1"),
    ]
  }
}

/// A tensor repeated along its axes.
///
/// - Parameters:
///   - input: Any tensor.
///   - multiples: How often to repeat it along each axis.
/// - Returns: A tensor whose size along axis i is `multiples[i]` times that of `input`.
public func tile(
  _ input: Value, multiples: [Int], name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return tile(
    input, multiples: sizesConstant(multiples, input.graph, origin), name: name, fileID: fileID,
    line: line)
}

/// A tensor repeated along its axes, as often as the graph computes.
///
/// - Parameters:
///   - input: Any tensor.
///   - multiples: A vector, `Int32` or `Int64`: how often to repeat it along each axis.
public func tile(
  _ input: Value, multiples: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    Tile(), [input, multiples], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
