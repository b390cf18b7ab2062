import CKernels
import GraphIR
import Tensors

extension BlockedConvolution {
  /// Sums that stay in the second-level cache have up to so many bytes.
  private static let mostSumBytes = 384 << 10
  /// A part of the lines has so many windows at least.
  private static let leastWindows = 128

  /// A kernel that computes what flows back into filters, from images, input 0, and what flows into
  /// the results, input 2; `nil` where products of matrices are better.
  func filterGradientKernel() -> Kernel? {
    let sumCount = patch * filters
    guard method == .windows, sumCount * 4 <= Self.mostSumBytes else { return nil }
    let (windows, filters) = (windows, filters)
    let lineCount = batch * windows.rows
    let wanted = BlockedParts.wanted(multiplications)
    let sums = PartialSums(
      wanted: max(1, min(wanted, lineCount, windowCount / Self.leastWindows)), count: sumCount,
      type: .float32)
    let lines = EvenSplit(count: lineCount, parts: sums.parts)
    let blockParts = EvenSplit(count: blocks, parts: max(1, min(blocks, wanted / sums.parts)))
    let (bandLines, bandBytes) = band
    let pieces = lines.parts * blockParts.parts
    let offset = sums.scratchByteCount
    return Kernel(scratchByteCount: offset + pieces * bandBytes) { context in
      let (images, flow) = (context.inputs[0], context.inputs[2])
      sums.clear(context)
      context.parallelFor(pieces: pieces) { piece in
        let (line, block) = (lines[piece / blockParts.parts], blockParts[piece % blockParts.parts])
        let part = staticgraph_blocked_lines(
          filters: filters, result_stride: filters, first_line: line.lowerBound,
          line_count: line.count,
          first_block: block.lowerBound, block_count: block.count, band_lines: bandLines)
        staticgraph_blocked_filters_float32(
          windows, part, images, flow, context.scratch + offset + piece * bandBytes,
          sums.start(piece / blockParts.parts, context))
      }
      sums.addUp(context)
    }
  }
}
