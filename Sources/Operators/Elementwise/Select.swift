import CKernels
import GraphIR
import Tensors

/// The elements of one tensor where a condition is true, of another where it is false; a condition
/// may stand for a row each.
public struct Select: Operator {
  public static let name = "Select"
  public static let summary =
    "The elements of one tensor where a condition is true, of another where it is false."
  public static let signature = Signature(
    inputs: [.init("condition", .fixed(.bool)), .init("t", "T"), .init("e", "T")],
    outputs: [.init("output", "T")], types: ["T": .any])
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let (condition, types) = (request.shape(0), request.inputs)
    guard let shape = request.shape(1).merged(with: request.shape(2)) else {
      throw ShapeError("t is \(types[1]), but e is \(types[2]); both must have the same shape")
    }
    guard let rank = condition.rank else { return [shape] }
    if rank == 0 { return [shape] }
    if rank == 1, let resultRank = shape.rank, resultRank != 1 {
      guard resultRank > 1, Shape(dimensions: [shape[0]]).isCompatible(with: condition) else {
        throw ShapeError(
          "condition is \(types[0]), which has no element for each row of t, \(types[1])")
      }
      return [shape]
    }
    guard rank > 1 || shape.rank != nil else { return [shape] }
    guard let merged = shape.merged(with: condition) else {
      throw ShapeError(
        "condition is \(types[0]), but t is \(types[1]); both must have the same shape",
        suggestion: "a condition may also be a scalar, or a vector with one element for each row")
    }
    return [merged]
  }

  // What flows back goes where the element came from.
  public static let gradient = GradientRule.rule { g in
    let condition = g.x
    let none = zeros(like: g.outputGradient)
    return [
      nil, g.isNeeded[1] ? selectRows(condition, g.outputGradient, none) : nil,
      g.isNeeded[2] ? selectRows(condition, none, g.outputGradient) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[1].dataType.byteCount
    guard size > 0 else { throw unsupported(request.inputs[1].dataType) }
    let count = request.outputCount()
    let conditions = request.inputCount(0)
    if count == 0 { return Kernel { _ in } }
    if conditions == count { return elementwiseKernel(request, count, size) }
    let rowSize = count / conditions * size
    return Kernel { context in
      let condition = context.input(0, as: UInt8.self)
      for row in 0..<conditions {
        let source = context.inputs[condition[row] != 0 ? 1 : 2]
        (context.outputs[0] + row * rowSize)
          .copyMemory(from: source + row * rowSize, byteCount: rowSize)
      }
    }
  }

  private func elementwiseKernel(_ request: KernelRequest, _ count: Int, _ size: Int) -> Kernel {
    let pieces = pieceCount(count)
    let role = ElementwiseRole(
      .selection, inputSizes: Array(repeating: request.outputSizes(), count: 3))
    return Kernel(role: role) { context in
      let condition = context.input(0, as: UInt8.self)
      let (t, e, result) = (context.inputs[1], context.inputs[2], context.outputs[0])
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        staticgraph_select(
          min(elementsPerPiece, count - start), size, condition + start, t + start * size,
          e + start * size, result + start * size)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "a condition for each element", Select(),
        [
          try! Tensor([true, false, true, true, false, false], dimensions: [2, 3]),
          .sample([2, 3]), .sample([2, 3], seed: 2),
        ]),
      Sample(
        "true for all", Select(), [Tensor(true), .sample([2, 3]), .sample([2, 3], seed: 2)]),
      Sample("false for all", Select(), [Tensor(false), .sample([3]), .sample([3], seed: 2)]),
      Sample("scalars", Select(), [Tensor(true), .sample([]), .sample([], seed: 2)]),
      Sample(
        "a condition for each row", Select(),
        [Tensor([true, false, true]), .sample([3, 2, 2]), .sample([3, 2, 2], seed: 2)]),
      Sample(
        "nothing", Select(), [Tensor([Bool]()), .sample([0, 3]), .sample([0, 3], seed: 2)]),
      Sample(
        failing: "shapes that differ", Select(), [Tensor(true), .sample([2]), .sample([2, 1])],
        message: "t is Float64[2], but e is Float64[2, 1]; both must have the same shape"),
      Sample(
        failing: "a condition of another shape", Select(),
        [
          try! Tensor([true, false], dimensions: [1, 2]), .sample([2, 2]),
          .sample([2, 2], seed: 2),
        ],
        message: "condition is Bool[1, 2], but t is Float64[2, 2]; both must have the same shape"),
      Sample(
        failing: "another number of rows", Select(),
        [Tensor([true, false, true]), .sample([2, 3]), .sample([2, 3], seed: 2)],
        message: "condition is Bool[3], which has no element for each row of t, Float64[2, 3]"),
      Sample(
        failing: "a vector for scalars", Select(),
        [Tensor([true]), .sample([]), .sample([], seed: 2)],
        message: "condition is Bool[1], which has no element for each row of t, Float64"),
      Sample(
        failing: "numbers for a condition", Select(), [.sample([2]), .sample([2]), .sample([2])],
        message: "condition must be Bool, but it is Float64[2]"),
    ]
  }
}

/// The elements of one tensor where a condition is true, of another where it is false.
///
/// - Parameters:
///   - condition: Truth values of the shape of `t`; or a scalar, for all elements; or a vector
///     with one element for each row, that is, for each position along the first axis.
///   - t: What to take where the condition is true.
///   - e: What to take elsewhere, of the same type and shape.
func selectRows(_ condition: Value, _ t: Value, _ e: Value) -> Value {
  condition.graph.append(Select(), [condition, t, e], origin: .unknown).output
}
