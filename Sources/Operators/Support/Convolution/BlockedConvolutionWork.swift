import CKernels
import GraphIR
import Tensors

extension BlockedConvolution {
  /// The multiplications of the windows.
  var multiplications: Double {
    Double(windowCount) * Double(patch) * Double(filters)
  }

  /// The bytes of a block of filters as they are arranged.
  var blockBytes: Double { Double(arrangedCount / max(1, blocks) * 4) }

  /// The work where a window is a pixel.
  func pixelWork() -> Work {
    let parts = BlockedParts(
      units: windowCount, least: 24, blocks: blocks, multiplications: multiplications,
      unitBytes: Double(patch * 4), blockBytes: blockBytes)
    let convolution = self
    return Work { images, arranged, completion, _, result, context in
      context.parallelFor(pieces: parts.count) { piece in
        let (rows, blocks) = parts[piece]
        let part = staticgraph_blocked_part(
          inner: convolution.patch, filters: convolution.filters, stride: convolution.patch,
          result_stride: convolution.resultStride, first_row: rows.lowerBound,
          row_count: rows.count,
          first_block: blocks.lowerBound, block_count: blocks.count)
        staticgraph_blocked_product_float32(part, images, arranged, completion, result)
      }
    }
  }

  /// A band that stays in the second-level cache has up to so many bytes.
  private static let usualBandBytes = 64 << 10

  /// The lines of windows of a band, and its bytes.
  var band: (lines: Int, byteCount: Int) {
    let row = (windows.columns * windows.stride_across + windows.window_width) * windows.channels
    func bytes(_ lines: Int) -> Int { staticgraph_direct_band(windows, lines) * 4 }
    let step = max(1, windows.stride_down * row * 4)
    let more = (Self.usualBandBytes - min(Self.usualBandBytes, bytes(1))) / step
    let lines = max(1, min(windows.rows, more + 1))
    return (lines, (bytes(lines) + 63) / 64 * 64)
  }

  /// The work where windows are read from bands.
  func windowWork() -> Work {
    let windows = windows
    let row = (windows.columns * windows.stride_across + windows.window_width) * windows.channels
    let parts = BlockedParts(
      units: batch * windows.rows, least: 4, blocks: blocks, multiplications: multiplications,
      unitBytes: Double(row * windows.stride_down * 4), blockBytes: blockBytes)
    let bandLines = band.lines
    let bandBytes = staticgraph_lines_lie_inside(windows) ? 0 : band.byteCount
    let (filters, stride) = (filters, resultStride)
    return Work(scratchByteCount: parts.count * bandBytes) {
      images, arranged, completion, scratch, result, context in
      context.parallelFor(pieces: parts.count) { piece in
        let (lines, blocks) = parts[piece]
        let part = staticgraph_blocked_lines(
          filters: filters, result_stride: stride, first_line: lines.lowerBound,
          line_count: lines.count,
          first_block: blocks.lowerBound, block_count: blocks.count, band_lines: bandLines)
        staticgraph_blocked_windows_float32(
          windows, part, images, arranged, completion, scratch + piece * bandBytes, result)
      }
    }
  }

  /// Transformed pixels that stay in the second-level cache have up to so many bytes.
  private static let usualPixelBytes = 192 << 10
  /// So few tiles are transformed once for all blocks of filters.
  private static let fewTiles = 48
  /// Fewer tiles at a time read filters too often.
  private static let leastTiles = 8

  /// The bytes of the transformed pixels of so many tiles.
  private static func pixelBytes(_ channels: Int, _ tiles: Int) -> Int {
    (staticgraph_winograd_pixel_count(channels, tiles) * 4 + 63) / 64 * 64
  }

  /// The work where tiles are transformed.
  func winogradWork() -> Work {
    let isFew =
      tileCount <= Self.fewTiles
      && Self.pixelBytes(windows.channels, tileCount) <= 8 * Self.usualPixelBytes
    return isFew ? fewTileWork() : tileWork()
  }

  /// The same for many tiles: each piece transforms its own, some at a time.
  private func tileWork() -> Work {
    let products = Int(staticgraph_winograd_products)
    let tileWork = Double(products * windows.channels * filters)
    let pieces = max(
      1, min(BlockedParts.wanted(Double(tileCount) * tileWork), tileCount / Self.leastTiles))
    let split = EvenSplit(count: tileCount, parts: pieces > 1 ? pieces / 2 * 2 : 1)
    let perTile = products * 4 * windows.channels
    let longest = tileCount / split.parts + 1
    let most = max(
      Self.leastTiles, min(Self.fewTiles, Self.usualPixelBytes / perTile), 1)
    // Batches of a piece have nearly the same size.
    let batches = (longest + most - 1) / most
    let batch = (longest + batches - 1) / batches
    let bytes = Self.pixelBytes(windows.channels, batch)
    let (windows, filters, blocks, stride) = (windows, filters, blocks, resultStride)
    return Work(scratchByteCount: bytes * split.parts) {
      images, arranged, completion, scratch, result, context in
      context.parallelFor(pieces: split.parts) { piece in
        let pixels = scratch + piece * bytes
        let range = split[piece]
        var first = range.lowerBound
        while first < range.upperBound {
          let part = staticgraph_winograd_part(
            first_tile: first, tile_count: min(batch, range.upperBound - first), batch: batch,
            place: 0, first_block: 0, block_count: blocks, result_stride: stride)
          staticgraph_winograd_pixels_float32(windows, part, images, pixels)
          staticgraph_winograd_result_float32(
            windows, filters, part, pixels, arranged, completion, result)
          first += batch
        }
      }
    }
  }

  /// The same for few tiles: all are transformed, then blocks of filters go over them.
  private func fewTileWork() -> Work {
    let products = Int(staticgraph_winograd_products)
    let tileWork = Double(products * windows.channels)
    let wanted = BlockedParts.wanted(Double(tileCount) * tileWork * Double(filters))
    let wantedFirst = BlockedParts.wanted(Double(tileCount) * tileWork * 16)
    let first = EvenSplit(count: tileCount, parts: max(1, min(wantedFirst, tileCount / 2)))
    let blockParts = EvenSplit(count: blocks, parts: min(blocks, wanted))
    // An odd number of blocks is not shared evenly.
    let halves = blocks < 8 && blocks % 2 == 1 && wanted > 1 && tileCount >= 12 ? 2 : 1
    let tileParts = EvenSplit(count: tileCount, parts: halves)
    let pixelBytes = Self.pixelBytes(windows.channels, tileCount)
    let pieces = blockParts.parts * halves
    let (windows, filters, count, stride) = (windows, filters, tileCount, resultStride)
    return Work(scratchByteCount: pixelBytes) {
      images, arranged, completion, scratch, result, context in
      context.parallelFor(pieces: first.parts) { piece in
        let tiles = first[piece]
        let part = staticgraph_winograd_part(
          first_tile: tiles.lowerBound, tile_count: tiles.count, batch: count,
          place: tiles.lowerBound, first_block: 0, block_count: 0, result_stride: stride)
        staticgraph_winograd_pixels_float32(windows, part, images, scratch)
      }
      context.parallelFor(pieces: pieces) { piece in
        let (tiles, blocks) = (tileParts[piece % halves], blockParts[piece / halves])
        let part = staticgraph_winograd_part(
          first_tile: tiles.lowerBound, tile_count: tiles.count, batch: count,
          place: tiles.lowerBound, first_block: blocks.lowerBound, block_count: blocks.count,
          result_stride: stride)
        staticgraph_winograd_result_float32(
          windows, filters, part, scratch, arranged, completion, result)
      }
    }
  }
}
