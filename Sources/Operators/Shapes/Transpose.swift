import GraphIR
import Tensors

/// A tensor with its axes in another order.
public struct Transpose: MovingOperator {
  public static let name = "Transpose"
  public static let summary = "A tensor with its axes in another order."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("perm", "Tperm", label: "permutation")],
    outputs: [.init("y", "T")], types: ["T": .any, "Tperm": .index])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = GraphFunction(
    "transpose", [.positional("x"), .labelled("permutation", default: "reversed")]
  ) { call in
    let x = try call.value("x")
    guard case .value(let permutation) = call["permutation"] else {
      return [transpose(x, try call.integers("permutation"), origin: call.origin)]
    }
    return call.graph.append(Transpose(), [x, permutation], origin: call.origin).outputs
  }

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let permutation = try request.integersForAxes(1, named: "permutation", of: 0, named: "x")
    let x = request.shape(0)
    guard let permutation else {
      return [(x.rank ?? request.shape(1)[0]).map { .unknown(rank: $0) } ?? .unknown]
    }
    guard permutation.sorted() == Array(permutation.indices) else {
      throw ShapeError(
        "permutation must hold each axis from 0 up once, but it is \(permutation)")
    }
    return [Shape(dimensions: permutation.map { x[$0] })]
  }

  // ∂(x with its axes moved): the axes move back.
  public static let gradient = GradientRule.rule { g in
    guard let permutation = g.graph.constantIntegers(g.y) else {
      return [transpose(g.outputGradient, permutation: invertPermutation(g.y)), nil]
    }
    return [transpose(g.outputGradient, permutation: inverse(permutation)), nil]
  }

  private static func inverse(_ permutation: [Int]) -> [Int] {
    permutation.indices.sorted { permutation[$0] < permutation[$1] }
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    let sizes = request.inputSizes(0)
    let moved = request.integers(1).filter { sizes[$0] != 1 }
    return zip(moved, moved.dropFirst()).allSatisfy(<)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let strides = rowMajorStrides(request.inputSizes(0))
    let sizes = request.outputSizes()
    let source = Movement.Place(strides: request.integers(1).map { strides[$0] })
    return try movementKernel(
      request.inputs[0].dataType, [Movement(sizes, from: source, to: .whole(sizes))])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", Transpose(), [.sample([2, 3]), Tensor([Int32(1), 0])]),
      Sample("a cube", Transpose(), [.sample([2, 3, 4]), Tensor([Int32(2), 0, 1])]),
      Sample(
        "channels first", Transpose(), [.sample([2, 3, 2, 4]), Tensor([Int64(0), 3, 1, 2])]),
      Sample("the last axis stays", Transpose(), [.sample([2, 3, 4]), Tensor([Int32(1), 0, 2])]),
      Sample("no change", Transpose(), [.sample([2, 3]), Tensor([Int32(0), 1])]),
      Sample("sizes of 1", Transpose(), [.sample([1, 3, 1]), Tensor([Int32(2), 1, 0])]),
      Sample("a scalar", Transpose(), [.sample([]), Tensor([Int32]())]),
      Sample("nothing", Transpose(), [.sample([0, 3]), Tensor([Int32(1), 0])]),
      Sample(
        "a large matrix", Transpose(), [.sample([270, 311]), Tensor([Int32(1), 0])],
        differentiable: false),
      Sample(
        "many small ones", Transpose(), [.sample([5, 2000, 2, 5]), Tensor([Int32(1), 3, 0, 2])],
        differentiable: false),
      Sample(
        failing: "an axis twice", Transpose(), [.sample([2, 3]), Tensor([Int32(1), 1])],
        message: "permutation must hold each axis from 0 up once, but it is [1, 1]"),
      Sample(
        failing: "too few axes", Transpose(), [.sample([2, 3]), Tensor([Int32(0)])],
        message: "permutation has length 1, but x is Float64[2, 3], which has rank 2"),
    ]
  }
}

/// A tensor with its axes in another order.
///
/// - Parameters:
///   - x: Any tensor.
///   - permutation: For each axis of the result, the axis of `x` that it is; without it the axes
///     are reversed, so that the columns of a matrix become rows.
/// - Returns: The same elements; the size of axis i is that of axis `permutation[i]` of `x`.
public func transpose(
  _ x: Value, permutation: [Int]? = nil, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  transpose(x, permutation, name: name, origin: Origin(fileID: fileID, line: line))
}

/// A tensor with its axes in an order that the graph computes.
///
/// - Parameters:
///   - x: Any tensor.
///   - permutation: For each axis of the result, the axis of `x` that it is, `Int32` or `Int64`.
public func transpose(
  _ x: Value, permutation: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  x.graph.append(
    Transpose(), [x, permutation], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

private func transpose(
  _ x: Value, _ permutation: [Int]?, name: String? = nil, origin: Origin
) -> Value {
  guard x.isValid else { return x }
  guard let permutation = permutation ?? x.shape.rank.map({ (0..<$0).reversed() }) else {
    return x.graph.invalid(
      "transpose: x has unknown rank, so that permutation must be given", origin)
  }
  let axes = sizesConstant(permutation, x.graph, origin)
  return x.graph.append(Transpose(), [x, axes], name: name, origin: origin).output
}
