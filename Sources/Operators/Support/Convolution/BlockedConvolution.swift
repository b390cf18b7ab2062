import CKernels
import GraphIR
import Tensors

/// A convolution of `Float32` whose channels stand side by side, with filters in blocks as many as
/// a vector holds: sums for a few windows and a block stay in registers.
///
/// What flows back into images is one, too, with windows turned about, where windows follow one
/// another at every pixel.
struct BlockedConvolution: Sendable {
  /// How it is computed.
  enum Method: Sendable {
    /// A window is a pixel: a product of matrices.
    case pixels
    /// Windows are read where they lie, from bands of images with their borders.
    case windows
    /// Windows of 3 × 3 pixels, by products of transformed tiles and transformed filters.
    case winograd
  }

  /// Where the windows lie on what is convolved.
  let windows: staticgraph_windows
  /// The number of images.
  let batch: Int
  /// The channels of the result.
  let filters: Int
  let method: Method
  /// Whether it gives what flows back into images.
  let isTurned: Bool
  /// The elements from the results of a window to those of the next.
  var resultStride: Int

  static let blockFilters = Int(staticgraph_block_filters)

  /// The blocks of filters.
  var blocks: Int { (filters + Self.blockFilters - 1) / Self.blockFilters }
  /// The elements of a window.
  var patch: Int { windows.window_height * windows.window_width * windows.channels }
  /// The windows on all images.
  var windowCount: Int { batch * windows.rows * windows.columns }
  /// The tiles on all images.
  var tileCount: Int {
    let side = Int(staticgraph_winograd_tile)
    return batch * ((windows.rows + side - 1) / side) * ((windows.columns + side - 1) / side)
  }

  /// The result of a convolution, or what flows back into its images; `nil` where this is not the
  /// way to compute it.
  init?(_ convolution: Convolution, isTurned: Bool, usesWinograd: Bool) {
    let (height, width) = (convolution.height, convolution.width)
    guard convolution.type == .float32, convolution.isChannelsLast, convolution.groups == 1,
      convolution.channels > 0, convolution.filters > 0, convolution.windowCount > 0,
      convolution.imageArea > 0, width.dilation == 1
    else { return nil }
    if isTurned, height.stride != 1 || width.stride != 1 { return nil }
    let windows = isTurned ? convolution.turnedWindows : convolution.windows
    self.windows = windows
    self.isTurned = isTurned
    batch = convolution.batch
    filters = isTurned ? convolution.channels : convolution.filters
    resultStride = filters
    if convolution.isPointwise {
      method = .pixels
    } else if usesWinograd, Self.isWorthTransforming(windows, filters: filters) {
      method = .winograd
    } else {
      method = .windows
      // What the borders add may be larger than any image.
      let rows = Double(windows.window_height - 1) * Double(windows.dilation_down) + 1
      let row =
        (Double(windows.columns) * Double(windows.stride_across) + Double(windows.window_width))
        * Double(windows.channels * convolution.elementSize)
      let most = Double(Convolution.mostTileBytes / Convolution.mostPieces)
      guard rows * row <= most else { return nil }
    }
  }

  /// Whether tiles take less work than windows.
  private static func isWorthTransforming(_ w: staticgraph_windows, filters: Int) -> Bool {
    let (side, channels) = (Int(staticgraph_winograd_tile), w.channels)
    guard w.window_height == 3, w.window_width == 3, w.stride_down == 1, w.stride_across == 1,
      w.dilation_down == 1, w.dilation_across == 1,
      channels % Int(staticgraph_winograd_lanes) == 0,
      channels <= Int(staticgraph_winograd_channels)
    else { return false }
    let tiles = Double((w.rows + side - 1) / side) * Double((w.columns + side - 1) / side)
    let products = Double(Int(staticgraph_winograd_products) * channels * filters)
    // Additions of the transforms, and sums that go through memory.
    let transforms = Double(144 * channels + 150 * filters)
    return tiles * (products + transforms)
      < 0.8 * Double(w.rows) * Double(w.columns) * Double(9 * channels * filters)
  }

  // MARK: Filters

  /// The elements of the filters as they are arranged.
  var arrangedCount: Int {
    let perChannel = method == .winograd ? Int(staticgraph_winograd_products) : patch / channels
    return blocks * Self.blockFilters * perChannel * channels
  }

  private var channels: Int { windows.channels }

  /// Arranges filters in pieces of at least so many bytes.
  private static let leastArranged = 64 << 10

  /// Arranges the filters of the convolution.
  func arrange(
    _ weights: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ context: KernelContext
  ) {
    let places = windows.window_height * windows.window_width
    let parts = EvenSplit(
      count: blocks,
      parts: max(1, min(blocks, Convolution.mostPieces, arrangedCount * 4 / Self.leastArranged)))
    context.parallelFor(pieces: parts.parts) { part in
      for block in parts[part] {
        switch (method, isTurned) {
        case (.winograd, false):
          staticgraph_winograd_pack_float32(channels, filters, weights, block, target)
        case (.winograd, true):
          staticgraph_winograd_pack_turned_float32(channels, filters, weights, block, target)
        case (_, false):
          staticgraph_blocked_pack_float32(places, channels, filters, weights, block, target)
        case (_, true):
          staticgraph_blocked_pack_turned_float32(
            places, channels, filters, weights, block, target)
        }
      }
    }
  }

  // MARK: Results

  /// What computes the result from arranged filters.
  func work() -> Work {
    switch method {
    case .pixels: pixelWork()
    case .windows: windowWork()
    case .winograd: winogradWork()
    }
  }

  /// A way to compute the result.
  struct Work: Sendable {
    /// The bytes of scratch memory that it needs.
    var scratchByteCount = 0
    /// Computes the result.
    var run:
      @Sendable (
        _ images: UnsafeRawPointer, _ arranged: UnsafeRawPointer, staticgraph_completion,
        _ scratch: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer, KernelContext
      ) -> Void
  }

  /// A kernel that arranges the filters, an input, in each run.
  func kernel(images: Int, filters: Int) -> Kernel {
    let work = work()
    let bytes = (arrangedCount * 4 + 63) / 64 * 64
    return Kernel(scratchByteCount: bytes + work.scratchByteCount) { context in
      arrange(context.inputs[filters], to: context.scratch, context)
      work.run(
        context.inputs[images], context.scratch, staticgraph_completion(), context.scratch + bytes,
        context.outputs[0], context)
    }
  }
}

/// The parts of a convolution that may run at the same time: of its units, as windows or lines of
/// these, and of its blocks of filters.
struct BlockedParts: Sendable {
  let units: EvenSplit
  let blocks: EvenSplit

  var count: Int { units.parts * blocks.parts }

  /// Below so many multiplications a piece costs more than it saves.
  private static let leastWork = 1 << 18

  /// The most pieces that are worth their cost, a number that workers share evenly.
  static func wanted(_ multiplications: Double) -> Int {
    let most = Double(Convolution.mostPieces)
    let pieces = Int(max(1, min(most, multiplications / Double(leastWork))))
    return pieces > 1 ? pieces / 2 * 2 : 1
  }

  /// - Parameters:
  ///   - least: The units that a part has at least.
  ///   - unitBytes: What each unit reads.
  ///   - blockBytes: What each block reads.
  init(
    units: Int, least: Int, blocks: Int, multiplications: Double, unitBytes: Double,
    blockBytes: Double
  ) {
    let wanted = Self.wanted(multiplications)
    // Each part of the units reads all filters of a part, and the other way round.
    var best: (cost: Double, units: Int, blocks: Int)?
    for blockParts in [1, 2, 4, 8, 16] where blockParts <= min(wanted, blocks) {
      let unitParts = max(1, min(wanted / blockParts, units / least))
      let reading =
        Double(unitParts * blocks) * blockBytes + Double(blockParts * units) * unitBytes
      // A part too few is work that some worker waits for.
      let cost = reading * Double(wanted) / Double(unitParts * blockParts)
      if cost < best?.cost ?? .infinity { best = (cost, unitParts, blockParts) }
    }
    self.units = EvenSplit(count: units, parts: best?.units ?? 1)
    self.blocks = EvenSplit(count: blocks, parts: best?.blocks ?? 1)
  }

  /// The units and the blocks of a piece.
  subscript(piece: Int) -> (units: Range<Int>, blocks: Range<Int>) {
    (units[piece / blocks.parts], blocks[piece % blocks.parts])
  }
}
