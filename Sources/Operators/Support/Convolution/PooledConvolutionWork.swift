import CKernels

extension BlockedConvolution {
  /// What a band covers of an image has up to so many bytes: all blocks of filters read it, and
  /// the windows of the next one cover some of the same lines.
  private static let usualCoveredBytes = 224 << 10
  /// The lines of pooled results of a piece at least: the first windows of each cover lines that
  /// those of another piece do, too.
  private static let leastPooledLines = 12
  /// The most rows and columns of a window on the results.
  private static let mostPooled = 6

  /// The work where results are pooled at once; `nil` where this is not the way to compute them.
  func pooledWork(_ pooling: staticgraph_pooling) -> Work? {
    let (down, across) = (pooling.down, pooling.across)
    guard method == .windows, !isTurned, down.count > 0, across.count > 0,
      max(down.window, across.window) <= Self.mostPooled,
      // Where windows overlap much, lines would be computed again and again.
      down.window <= 2 * down.stride
    else { return nil }
    let windows = windows
    func covered(_ lines: Int) -> Int {
      staticgraph_direct_band(windows, (lines - 1) * down.stride + down.window) * 4
    }
    guard covered(1) <= Convolution.mostTileBytes / Convolution.mostPieces else { return nil }
    let step = max(1, covered(2) - covered(1))
    let parts = BlockedParts(
      units: batch * down.count, least: Self.leastPooledLines, blocks: blocks,
      multiplications: multiplications, unitBytes: Double(step), blockBytes: blockBytes)
    let more = (Self.usualCoveredBytes - min(Self.usualCoveredBytes, covered(1))) / step
    let lines = max(1, min(down.count, more + 1))
    let kept = staticgraph_pooled_scratch(windows, pooling)
    let bandBytes = staticgraph_lines_lie_inside(windows) ? 0 : covered(lines)
    let bytes = (kept * 4 + bandBytes + 63) / 64 * 64
    let (filters, stride) = (filters, resultStride)
    return Work(scratchByteCount: parts.count * bytes) {
      images, arranged, completion, scratch, result, context in
      context.parallelFor(pieces: parts.count) { piece in
        let (units, blocks) = parts[piece]
        let part = staticgraph_blocked_lines(
          filters: filters, result_stride: stride, first_line: units.lowerBound,
          line_count: units.count, first_block: blocks.lowerBound, block_count: blocks.count,
          band_lines: lines)
        staticgraph_pooled_windows_float32(
          windows, pooling, part, images, arranged, completion, scratch + piece * bytes, result)
      }
    }
  }
}
