import CKernels
import GraphIR
import Tensors

/// How elements of one type are folded.
struct FoldLoop: FoldRole {
  /// Folds each row of a matrix into one result.
  let rows: staticgraph_fold
  /// Folds each column of a matrix into one result.
  let columns: staticgraph_fold
  /// The bytes of what elements are folded into; `nil` where these are of the input's type.
  let foldedByteCount: Int?
  /// Folds the columns of a matrix of these.
  let combine: staticgraph_fold
  /// What makes results of them.
  let finish: staticgraph_finish?
  /// What folding starts from.
  let start: ElementBits

  /// A way of folding.
  init(
    _ rows: staticgraph_fold, _ columns: staticgraph_fold, from start: ElementBits = .zero,
    foldedByteCount: Int? = nil, combine: staticgraph_fold? = nil,
    finish: staticgraph_finish? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.start = start
    self.foldedByteCount = foldedByteCount
    self.combine = combine ?? columns
    self.finish = finish
  }
}

/// How elements are folded, for each type that is computed with.
typealias FoldLoops = [DataType: FoldLoop]

/// A kernel that folds the first input over the axes that the second holds.
func foldingKernel(_ request: KernelRequest, _ loops: FoldLoops) throws -> Kernel {
  let axes = try normalizedAxes(
    request.integers(1), rank: request.inputSizes(0).count, of: request.inputs[0], named: "input")
  return try foldingKernel(request, loops, axes: axes)
}

/// A kernel that folds the first input over axes that are known beforehand.
func foldingKernel(_ request: KernelRequest, _ loops: FoldLoops, axes: [Int]) throws -> Kernel {
  let type = request.inputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  let work = FoldingWork(
    plan: ReductionPlan(input: request.inputSizes(0), axes: axes), loop: loop,
    elementSize: type.byteCount, foldedSize: loop.foldedByteCount ?? type.byteCount)
  // What is folded in wider elements than it is read in has a result of its own kind.
  let role =
    loop.foldedByteCount == nil
    ? ElementwiseRole(.fold(loop, axes: axes), inputSizes: [request.inputSizes(0)]) : nil
  return Kernel(scratchByteCount: work.scratchByteCount, role: role) { context in
    work.run(context)
  }
}

/// A reduction with its plan and its loops.
private struct FoldingWork: Sendable {
  let plan: ReductionPlan
  let loop: FoldLoop
  let elementSize: Int
  let foldedSize: Int

  /// Whether elements are folded beside the output, whose elements are too small.
  private var foldsInScratch: Bool { foldedSize != elementSize }
  private var byteCount: Int { plan.resultCount * foldedSize }

  /// Room for what is folded, and for what each chunk is folded into where there are several.
  var scratchByteCount: Int {
    (foldsInScratch ? byteCount : 0) + (plan.chunks > 1 ? plan.chunks * byteCount : 0)
  }

  func run(_ context: KernelContext) {
    let output = context.outputs[0]
    let folded = foldsInScratch ? context.scratch : output
    if plan.chunks == 1 {
      context.parallelFor(pieces: plan.pieces) { piece in
        fold(context.inputs[0], into: folded, piece: piece, chunk: 0)
        finish(plan.results(ofPiece: piece), folded, output)
      }
      return
    }
    let parts = foldsInScratch ? context.scratch + byteCount : context.scratch
    context.parallelFor(pieces: plan.pieces * plan.chunks) { number in
      let chunk = number / plan.pieces
      fold(
        context.inputs[0], into: parts + chunk * byteCount, piece: number % plan.pieces,
        chunk: chunk)
    }
    loop.start.fill(folded, count: plan.resultCount, size: foldedSize)
    loop.combine(plan.chunks, plan.resultCount, plan.resultCount, parts, folded)
    finish(0..<plan.resultCount, folded, output)
  }

  private func fold(
    _ x: UnsafeRawPointer, into folded: UnsafeMutableRawPointer, piece: Int, chunk: Int
  ) {
    let results = plan.results(ofPiece: piece)
    loop.start.fill(
      folded + results.lowerBound * foldedSize, count: results.count, size: foldedSize)
    let foldMatrix = plan.foldsRows ? loop.rows : loop.columns
    plan.forEachStep(ofPiece: piece, chunk: chunk) { step in
      foldMatrix(
        step.rows, step.columns, plan.stride, x + step.source * elementSize,
        folded + step.target * foldedSize)
    }
  }

  private func finish(
    _ results: Range<Int>, _ folded: UnsafeRawPointer, _ output: UnsafeMutableRawPointer
  ) {
    guard let finish = loop.finish else { return }
    finish(
      results.count, plan.foldedCount, folded + results.lowerBound * foldedSize,
      output + results.lowerBound * elementSize)
  }
}
