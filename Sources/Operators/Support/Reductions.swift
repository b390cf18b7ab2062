import CKernels
import GraphIR
import Tensors

/// The shape rule of a reduction over axes that the second input holds.
func reductionShape(_ request: ShapeRequest, keepingDimensions: Bool) throws -> [Shape] {
  if let rank = request.shape(1).rank, rank > 1 {
    throw ShapeError("axes must be a scalar or a vector, but it is \(request.inputs[1])")
  }
  guard let rank = request.shape(0).rank else { return [.unknown] }
  guard let axes = request.integers(1) else {
    return [keepingDimensions ? .unknown(rank: rank) : .unknown]
  }
  let reduced = try normalizedAxes(axes, rank: rank, of: request.inputs[0], named: "x")
  var dimensions: [Int?] = []
  for axis in 0..<rank {
    if !reduced.contains(axis) {
      dimensions.append(request.shape(0)[axis])
    } else if keepingDimensions {
      dimensions.append(1)
    }
  }
  return [Shape(dimensions: dimensions)]
}

/// The function of a reduction in a `.graph` file: `axes` may be left out, for all of them.
func reductionFunction(
  _ name: String,
  _ build: @escaping @Sendable (_ x: Value, _ axes: [Int]?, _ keeping: Bool, _ origin: Origin) -> Value
) -> GraphFunction {
  GraphFunction(
    name,
    [
      .positional("x"), .labelled("axes", default: "all"),
      .labelled("keepDimensions", default: "false"),
    ]
  ) { call in
    [
      build(
        try call.value("x"), try call.integers("axes"), try call.flag("keepDimensions") ?? false,
        call.origin)
    ]
  }
}

/// The constant axes of a reduction: those given, or all of them.
///
/// Without a known rank there is no list of all axes; the graph is told so.
func reductionAxes(_ axes: [Int]?, of x: Value, _ name: String, _ origin: Origin) -> Value {
  guard x.isValid else { return x }
  if let axes { return sizesConstant(axes, x.graph, origin) }
  guard let rank = x.shape.rank else {
    x.graph.record("\(name): x has unknown rank, so that axes must be given", origin)
    return x.graph.node(at: -1).output
  }
  return sizesConstant(Array(0..<rank), x.graph, origin)
}

/// How a reduction walks its input: alternately axes that are kept and axes that are folded.
struct ReductionPlan: Sendable {
  /// Sizes of the merged axes, the innermost first.
  private var sizes: [Int] = []
  /// Whether each merged axis is folded.
  private var isFolded: [Bool] = []
  /// The stride of each merged axis in the result; 0 for a folded one.
  private var resultStrides: [Int] = []
  private let resultCount: Int

  /// A walk over an input whose `axes` are folded.
  init(input: [Int], axes: [Int]) {
    var stride = 1
    for axis in input.indices.reversed() where input[axis] != 1 {
      let folded = axes.contains(axis)
      if isFolded.last == folded {
        sizes[sizes.count - 1] *= input[axis]
      } else {
        sizes.append(input[axis])
        isFolded.append(folded)
        resultStrides.append(folded ? 0 : stride)
      }
      if !folded { stride *= input[axis] }
    }
    resultCount = stride
  }

  /// Folds the input into a result that starts as zeros.
  ///
  /// Rows are taken in the order of memory, so that the order of additions is always the same.
  func run(
    _ x: UnsafeRawPointer, _ result: UnsafeMutableRawPointer, elementSize: Int,
    fold: staticgraph_fold, foldRows: staticgraph_fold_rows
  ) {
    result.initializeMemory(as: UInt8.self, repeating: 0, count: resultCount * elementSize)
    guard let row = sizes.first else {
      return foldRows(1, x, result)
    }
    let rows = sizes.dropFirst().reduce(1, *)
    if row == 0 { return }
    withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { total in
      for number in 0..<rows {
        let source = x + number * row * elementSize
        let target = result + resultOffset(row: number) * elementSize
        if isFolded[0] {
          fold(row, source, total.baseAddress)
          foldRows(1, total.baseAddress, target)
        } else {
          foldRows(row, source, target)
        }
      }
    }
  }

  private func resultOffset(row: Int) -> Int {
    var rest = row
    var offset = 0
    for axis in 1..<max(1, sizes.count) {
      offset += rest % sizes[axis] * resultStrides[axis]
      rest /= sizes[axis]
    }
    return offset
  }
}

/// For each type, how a row is folded into one element, and into another row.
typealias FoldLoops = [DataType: (whole: staticgraph_fold, rows: staticgraph_fold_rows)]

/// A kernel that folds the first input over the axes that the second holds.
func foldingKernel(_ request: KernelRequest, _ loops: FoldLoops) throws -> Kernel {
  let type = request.inputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  let sizes = request.inputSizes(0)
  let axes = try normalizedAxes(
    request.integers(1), rank: sizes.count, of: request.inputs[0], named: "x")
  let plan = ReductionPlan(input: sizes, axes: axes)
  let elementSize = type.byteCount
  return Kernel { context in
    plan.run(
      context.inputs[0], context.outputs[0], elementSize: elementSize, fold: loop.whole,
      foldRows: loop.rows)
  }
}

/// What flows back into a reduction, given to each of the elements that it was made from.
func spread(_ gradient: Value, overAxesOf context: GradientContext) -> Value {
  let (x, axes) = (context.x, context.y)
  if let sizes = x.shape.known, let reduced = context.graph.constantIntegers(axes) {
    let kept = sizes.indices.map { axis in
      reduced.contains(axis) || reduced.contains(axis - sizes.count) ? 1 : sizes[axis]
    }
    return broadcast(reshape(gradient, to: kept), to: sizes)
  }
  // The sum that keeps its axes is never computed: only its shape is asked for.
  let kept = sum(x, axes: axes, keepDimensions: true)
  return broadcast(reshape(gradient, to: shape(kept)), to: shapeTensor(x))
}

extension Graph {
  /// The integers of a value that is a constant.
  func constantIntegers(_ value: Value) -> [Int]? {
    guard value.isValid else { return nil }
    return snapshot { $0.constant(value.endpoint)?.integers }
  }
}

/// What every reduction is tried with; `make` is told whether axes are kept.
func reductionSamples(_ make: (Bool) -> any Operator) -> [Sample] {
  [
    Sample("the last axis", make(false), [.sample([2, 3]), Tensor([Int32(1)])]),
    Sample("the first axis", make(false), [.sample([2, 3]), Tensor([Int32(0)])]),
    Sample("the middle axis", make(false), [.sample([2, 3, 4]), Tensor(Int32(1))]),
    Sample("the outer axes, kept", make(true), [.sample([2, 3, 4]), Tensor([Int32(0), -1])]),
    Sample("all axes", make(false), [.sample([2, 3]), Tensor([Int32(0), 1])]),
    Sample("no axes", make(false), [.sample([2, 3]), Tensor([Int32]())]),
    Sample("axes in Int64", make(false), [.sample([2, 3]), Tensor([Int64(-2)])]),
    Sample("a scalar", make(false), [.sample([]), Tensor([Int32]())]),
    Sample("axes of size 1", make(true), [.sample([1, 3, 1]), Tensor([Int32(0), 2])]),
    Sample("no rows", make(false), [.sample([3, 0]), Tensor([Int32(0)])]),
    Sample(
      "many elements", make(false), [.sample([3, 30_011], seed: 3), Tensor([Int32(1)])],
      differentiable: false),
    Sample(
      failing: "an axis that does not exist", make(false), [.sample([2, 3]), Tensor([Int32(2)])],
      message: "x is Float64[2, 3], which has no axis 2"),
    Sample(
      failing: "an axis twice", make(false), [.sample([2, 3]), Tensor([Int32(1), -1])],
      message: "axis -1 stands twice in [1, -1]"),
  ]
}
