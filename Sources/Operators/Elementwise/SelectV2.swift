import CKernels
import GraphIR
import Tensors

/// The elements of one tensor where a condition is true, of another where it is false, with
/// broadcasting.
public struct SelectV2: Operator {
  public static let name = "SelectV2"
  public static let summary =
    "The elements of one tensor where a condition is true, of another where it is false, with"
    + " broadcasting."
  public static let signature = Signature(
    inputs: [.init("condition", .fixed(.bool)), .init("t", "T"), .init("e", "T")],
    outputs: [.init("output", "T")], types: ["T": .any])
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = .derived(from: SelectV2.self, named: "select")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard
      let shape = request.shape(1).broadcast(with: request.shape(2))?.broadcast(
        with: request.shape(0))
    else {
      let types = request.inputs
      throw ShapeError(
        "the shapes do not broadcast: condition is \(types[0]), t is \(types[1]), e is \(types[2])",
        suggestion: "aligned at the last axis, sizes must be equal or one of them 1")
    }
    return [shape]
  }

  // What flows back goes where the element came from.
  public static let gradient = GradientRule.rule { g in
    let (condition, gradient) = (g.x, g.outputGradient)
    let none = zeros(like: gradient)
    return [
      nil,
      g.isNeeded[1]
        ? g.reduced(select(condition, gradient, none), toShapeOf: g.inputs[1]) : nil,
      g.isNeeded[2]
        ? g.reduced(select(condition, none, gradient), toShapeOf: g.inputs[2]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[1].dataType.byteCount
    guard size > 0 else { throw unsupported(request.inputs[1].dataType) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let role = ElementwiseRole(.selection, inputSizes: (0..<3).map(request.inputSizes))
    let plan = BroadcastPlan(output: request.outputSizes(), inputs: role.inputSizes)
    let sizes = [1, size, size]
    return Kernel(role: role) { context in
      func rows(_ run: BroadcastPlan.Run, _ input: Int) -> staticgraph_rows {
        staticgraph_rows(
          memory: context.inputs[input] + plan.offset(run, input: input) * sizes[input],
          row_stride: plan.rowStrides[input], is_scalar: plan.isScalarInRow[input])
      }
      let result = context.outputs[0]
      context.parallelFor(pieces: plan.pieces) { piece in
        plan.forEachRun(ofPiece: piece) { run in
          staticgraph_select_rows(
            run.rows, run.columns, size, rows(run, 0), rows(run, 1), rows(run, 2),
            result + plan.outputOffset(run) * size)
        }
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func truths(_ sizes: [Int]) -> Tensor {
      let count = Shape.elementCount(of: sizes)!
      return try! Tensor((0..<count).map { $0 % 3 != 1 }, dimensions: sizes)
    }
    func sample(_ label: String, _ condition: [Int], _ t: [Int], _ e: [Int]) -> Sample {
      Sample(label, SelectV2(), [truths(condition), .sample(t), .sample(e, seed: 2)])
    }
    return [
      sample("equal shapes", [2, 3], [2, 3], [2, 3]),
      sample("scalars", [], [], []),
      sample("one condition for all", [], [2, 3], [2, 3]),
      sample("a condition for each row", [3, 1], [3, 4], [3, 4]),
      sample("a condition for each column", [4], [3, 4], [3, 4]),
      sample("one element for where it is true", [2, 3], [], [2, 3]),
      sample("one element for where it is false", [2, 3], [2, 3], [1, 1]),
      sample("two elements", [2, 3, 2], [], []),
      sample("three ways of broadcasting", [2, 1, 1], [3, 1], [4]),
      sample("nothing", [0, 3], [1, 3], [3]),
      Sample(
        "many elements", SelectV2(),
        [truths([70_001]), .sample([70_001]), .sample([70_001], seed: 2)], differentiable: false),
      Sample(
        failing: "shapes that do not broadcast", SelectV2(),
        [truths([2]), .sample([3]), .sample([1])],
        message: "the shapes do not broadcast: condition is Bool[2], t is Float64[3],"
          + " e is Float64[1]"),
      Sample(
        failing: "types that differ", SelectV2(),
        [truths([2]), .sample([2]), Tensor([Int32(1)])],
        message: "t is Float64[2], but e is Int32[1]; both must have the same type of elements"),
      Sample(
        failing: "numbers for a condition", SelectV2(),
        [.sample([2]), .sample([2]), .sample([2])],
        message: "condition must be Bool, but it is Float64[2]"),
    ]
  }
}

/// The elements of one tensor where a condition is true, of another where it is false.
///
/// ```swift
/// let magnitude = select(x .> 0, x, -x)
/// ```
/// - Parameters:
///   - condition: Truth values.
///   - t: What to take where the condition is true.
///   - e: What to take elsewhere, of the same type.
/// - Returns: A value of the type of `t` and the shape that all three broadcast to.
public func select(
  _ condition: Value, _ t: Value, _ e: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  condition.graph.append(
    SelectV2(), [condition, t, e], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
