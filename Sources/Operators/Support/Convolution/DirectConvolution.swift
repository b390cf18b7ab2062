import CKernels
import GraphIR
import Tensors

/// A convolution of `Float64`, or one of its gradients, that is computed without a matrix of
/// patches, because sums for blocks of filters fill the registers.
///
/// Work is cut into lines of windows, counted over all images, and into blocks of filters.
struct DirectConvolution: Sendable {
  private let convolution: Convolution
  private let windows: staticgraph_windows
  /// The channels that the loops make, in whole blocks.
  private let filters: Int
  private let lineParts: EvenSplit
  private let blockParts: EvenSplit
  private let bandLines: Int
  private let bandBytes: Int
  /// The elements of all filters.
  private let weightCount: Int

  /// A band that stays in the second-level cache has up to so many bytes.
  private static let usualBandBytes = 64 << 10
  /// Lines of fewer windows leave registers unused, which large filters make up for in products of
  /// matrices.
  private static let leastColumns = 8
  private static let smallPatch = 1152
  /// Sums of filters that stay in the second-level cache have up to so many bytes.
  private static let mostSumBytes = 192 << 10
  /// Sums over fewer windows are too short to be worth being kept in registers.
  private static let leastSummed = 24

  private var pieces: Int { lineParts.parts * blockParts.parts }

  /// The result of a convolution, where this is the way to compute it.
  static func result(_ convolution: Convolution) -> DirectConvolution? {
    let isWide = convolution.width.count >= leastColumns || convolution.patch <= smallPatch
    guard isWide, convolution.isDirect else { return nil }
    return DirectConvolution(convolution, convolution.windows, convolution.filters)
  }

  /// What flows back into images, a convolution with filters turned about.
  static func imageGradient(_ convolution: Convolution) -> DirectConvolution? {
    let (height, width) = (convolution.height, convolution.width)
    let patch = height.window * width.window * convolution.filters
    guard width.size >= leastColumns || patch <= smallPatch, convolution.isDirect,
      height.stride == 1, width.stride == 1
    else { return nil }
    return DirectConvolution(convolution, convolution.turnedWindows, convolution.channels)
  }

  /// What flows back into filters.
  static func filterGradient(_ convolution: Convolution) -> DirectConvolution? {
    let sumBytes = convolution.patch * convolution.filters * convolution.elementSize
    guard convolution.isDirect, convolution.width.count >= leastSummed, sumBytes <= mostSumBytes
    else { return nil }
    return DirectConvolution(
      convolution, convolution.windows, convolution.filters, isSummed: true)
  }

  private init?(
    _ convolution: Convolution, _ windows: staticgraph_windows, _ filters: Int,
    isSummed: Bool = false
  ) {
    let lanes = Int(staticgraph_direct_block) / convolution.elementSize
    let (size, lineCount) = (convolution.elementSize, convolution.batch * windows.rows)
    // What the borders add may be larger than any image.
    let rows = Double(windows.window_height - 1) * Double(windows.dilation_down) + 1
    let row =
      (Double(windows.columns) * Double(windows.stride_across) + Double(windows.window_width))
      * Double(windows.channels * size)
    let most = Double(Convolution.mostTileBytes / Convolution.mostPieces)
    guard filters % lanes == 0, filters > 0, lineCount > 0, rows * row <= most else { return nil }
    self.convolution = convolution
    self.windows = windows
    self.filters = filters
    let (wanted, blocks) = (Convolution.pieces(convolution.work), filters / lanes)
    let lineLimit = isSummed ? convolution.windowCount / 128 : lineCount / 4
    lineParts = EvenSplit(count: lineCount, parts: max(1, min(wanted, lineLimit, lineCount)))
    blockParts = EvenSplit(count: blocks, parts: max(1, min(blocks, wanted / lineParts.parts)))
    func bytes(_ lines: Int) -> Int { staticgraph_direct_band(windows, lines) * size }
    let step = max(1, windows.stride_down * Int(row))
    bandLines = max(
      1, min(windows.rows, (Self.usualBandBytes - min(Self.usualBandBytes, bytes(1))) / step + 1))
    bandBytes = (bytes(bandLines) + 63) / 64 * 64
    weightCount =
      windows.window_height * windows.window_width * windows.channels * filters
  }

  /// The part of one piece.
  private func part(_ piece: Int) -> staticgraph_direct_part {
    let lines = lineParts[piece / blockParts.parts]
    let blocks = blockParts[piece % blockParts.parts]
    return staticgraph_direct_part(
      first_line: lines.lowerBound, line_count: lines.count, first_block: blocks.lowerBound,
      block_count: blocks.count, band_lines: bandLines)
  }

  /// A kernel that computes the result, from images, input 0, and filters, input 1.
  func resultKernel() -> Kernel {
    kernel(
      staticgraph_direct_pack_float64,
      places: (windows.window_height * windows.window_width, windows.channels, filters),
      input: 0)
  }

  /// A kernel that computes what flows back into images, from filters, input 1, and what flows into
  /// the results, input 2.
  func imageGradientKernel() -> Kernel {
    kernel(
      staticgraph_direct_pack_turned_float64,
      places: (windows.window_height * windows.window_width, filters, windows.channels),
      input: 2)
  }

  private func kernel(
    _ pack: staticgraph_direct_pack, places: (count: Int, channels: Int, filters: Int), input: Int
  ) -> Kernel {
    let loop: staticgraph_direct = staticgraph_direct_result_float64
    let packedBytes = (weightCount * convolution.elementSize + 63) / 64 * 64
    let packing = EvenSplit(
      count: blockParts.count,
      parts: max(1, min(blockParts.count, packedBytes / Self.usualBandBytes)))
    let direct = self
    return Kernel(scratchByteCount: packedBytes + pieces * bandBytes) { context in
      let (packed, weights) = (context.scratch, context.inputs[1])
      context.parallelFor(pieces: packing.parts) { part in
        for block in packing[part] {
          pack(places.count, places.channels, places.filters, weights, block, packed)
        }
      }
      let (images, result) = (context.inputs[input], context.outputs[0])
      context.parallelFor(pieces: direct.pieces) { piece in
        loop(
          direct.windows, direct.filters, direct.part(piece), images, packed,
          packed + packedBytes + piece * direct.bandBytes, result)
      }
    }
  }

  /// A kernel that computes what flows back into filters, from images, input 0, and what flows into
  /// the results, input 2.
  func filterGradientKernel() -> Kernel {
    let loop: staticgraph_direct = staticgraph_direct_filters_float64
    let sums = PartialSums(
      wanted: lineParts.parts, count: weightCount, type: convolution.type)
    let offset = sums.scratchByteCount
    let direct = self
    return Kernel(scratchByteCount: offset + pieces * bandBytes) { context in
      let (images, flow) = (context.inputs[0], context.inputs[2])
      sums.clear(context)
      context.parallelFor(pieces: direct.pieces) { piece in
        loop(
          direct.windows, direct.filters, direct.part(piece), images, flow,
          context.scratch + offset + piece * direct.bandBytes,
          sums.start(piece / direct.blockParts.parts, context))
      }
      sums.addUp(context)
    }
  }
}

extension Convolution {
  /// Whether the loops of direct convolutions know such windows.
  fileprivate var isDirect: Bool {
    type == .float64 && isChannelsLast && groups == 1 && !isPointwise && width.dilation == 1
      && channels > 0
      && filters > 0 && windowCount > 0
  }
}
