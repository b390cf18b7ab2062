import CKernels
import GraphIR

extension ElementwiseProgram {
  /// What runs the program; the inputs are its leaves.
  package func kernel() -> Kernel {
    let inputSizes = leaves.map(\.dataType.byteCount)
    let outputSizes = outputTypes.map(\.dataType.byteCount)
    if plan.isOneRun, folds.count == 0 {
      // Everything begins where the tensors do.
      let (rows, columns) = (plan.rowsPerBlock, plan.columns)
      return Kernel(replaceable: replaceable) { context in
        staticgraph_run_tiles(
          self.code.program, rows, columns, Self.constants(context.inputs),
          Self.optionals(context.outputs))
      }
    }
    let layout = FoldLayout(folds, pieces: plan.pieces)
    let foldOutputs = Set((0..<folds.count).map { folds[$0].output })
    let pointerCount = inputSizes.count + outputSizes.count
    return Kernel(
      scratchByteCount: layout.scratchByteCount, replaceable: replaceable
    ) { context in
      layout.begin(context)
      context.parallelFor(pieces: self.plan.pieces) { piece in
        withUnsafeTemporaryAllocation(
          of: UnsafeMutableRawPointer?.self, capacity: pointerCount
        ) { pointers in
          self.plan.forEachRun(ofPiece: piece) { run in
            for number in 0..<inputSizes.count {
              pointers[number] =
                context.inputs[number]
                + self.plan.offset(run, input: number) * inputSizes[number]
            }
            for number in 0..<outputSizes.count where !foldOutputs.contains(number) {
              pointers[inputSizes.count + number] =
                context.outputs[number] + self.plan.outputOffset(run) * outputSizes[number]
            }
            for number in 0..<self.folds.count {
              let fold = self.folds[number]
              let offset = self.plan.offset(run, input: inputSizes.count + number)
              pointers[inputSizes.count + fold.output] =
                layout.memory(number, piece, context) + offset * fold.elementSize
            }
            let start = pointers.baseAddress!
            staticgraph_run_tiles(
              self.code.program, run.rows, run.columns,
              UnsafeRawPointer(start).assumingMemoryBound(to: UnsafeRawPointer?.self),
              start + inputSizes.count)
          }
        }
      }
      layout.end(context)
    }
  }

  private static func constants(
    _ pointers: UnsafePointer<UnsafeMutableRawPointer>
  ) -> UnsafePointer<UnsafeRawPointer?> {
    UnsafeRawPointer(pointers).assumingMemoryBound(to: UnsafeRawPointer?.self)
  }

  private static func optionals(
    _ pointers: UnsafePointer<UnsafeMutableRawPointer>
  ) -> UnsafePointer<UnsafeMutableRawPointer?> {
    UnsafeRawPointer(pointers).assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
  }
}

/// Where the pieces of the work fold: in the output itself, or, where there are several pieces,
/// each in memory of its own, put together in the order of the pieces.
private struct FoldLayout: Sendable {
  private let folds: Table<TileCode.Fold>
  private let pieces: Int
  /// For each fold where its memory begins in the scratch.
  private let starts: Table<Int>
  let scratchByteCount: Int

  init(_ folds: Table<TileCode.Fold>, pieces: Int) {
    self.folds = folds
    self.pieces = pieces
    // Pieces do not share cache lines.
    let sizes = (0..<folds.count).map { pieces > 1 ? pieces * Self.stride(folds[$0]) : 0 }
    starts = Table(sizes.indices.map { sizes[..<$0].reduce(0, +) })
    scratchByteCount = sizes.reduce(0, +)
  }

  private static func stride(_ fold: TileCode.Fold) -> Int {
    (fold.resultCount * fold.elementSize + 63) / 64 * 64
  }

  /// Where a piece folds.
  func memory(_ number: Int, _ piece: Int, _ context: KernelContext) -> UnsafeMutableRawPointer {
    let fold = folds[number]
    if pieces == 1 { return context.outputs[fold.output] }
    return context.scratch + starts[number] + piece * Self.stride(fold)
  }

  /// Lets every piece begin with nothing folded.
  func begin(_ context: KernelContext) {
    for number in 0..<folds.count {
      let fold = folds[number]
      for piece in 0..<pieces {
        fold.loop.start.fill(
          memory(number, piece, context), count: fold.resultCount, size: fold.elementSize)
      }
    }
  }

  /// Puts together what the pieces have folded.
  func end(_ context: KernelContext) {
    for number in 0..<folds.count {
      let fold = folds[number]
      let output = context.outputs[fold.output]
      if pieces > 1 {
        fold.loop.start.fill(output, count: fold.resultCount, size: fold.elementSize)
        fold.loop.combine(
          pieces, fold.resultCount, Self.stride(fold) / fold.elementSize,
          memory(number, 0, context), output)
      }
      fold.loop.finish?(fold.resultCount, fold.foldedCount, output, output)
    }
  }
}
