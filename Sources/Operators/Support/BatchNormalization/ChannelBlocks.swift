import CKernels
import GraphIR
import Tensors

/// How work on the channels of images is cut into matrices that have a column for each channel:
/// rows of pixels where channels stand last, else a column of pixels for each channel of an image.
struct ChannelBlocks: Sendable {
  /// One of the matrices.
  struct Block {
    /// The first element in the images.
    let start: Int
    let rows: Int
    let columns: Int
    /// The first of its channels.
    let channel: Int
    /// Where its sums stand among those of all parts.
    let sums: Int
  }

  /// The number of pieces of the work.
  let pieces: Int
  /// The number of channels.
  let channels: Int
  /// The number of elements of a channel.
  let count: Int
  /// How many sums each channel has.
  let parts: Int
  private let isLast: Bool
  /// The rows of all blocks where channels stand last, else of each.
  private let rows: Int
  /// The rows of a piece, or its blocks.
  private let perPiece: Int

  init(_ sizes: [Int], _ dataFormat: DataFormat) {
    isLast = dataFormat == .nhwc
    let axis = dataFormat.channelAxis(rank: 4)
    channels = sizes[axis]
    let isEmpty = sizes.contains(0)
    count = isEmpty ? 0 : sizes.indices.reduce(1) { $1 == axis ? $0 : $0 * sizes[$1] }
    if isLast {
      rows = count
      perPiece = max(16, elementsPerPiece / max(1, channels))
      pieces = (rows + perPiece - 1) / perPiece
      parts = pieces
    } else {
      rows = isEmpty ? 0 : sizes[2] * sizes[3]
      perPiece = max(1, elementsPerPiece / max(1, rows))
      let blocks = isEmpty ? 0 : sizes[0] * channels
      pieces = (blocks + perPiece - 1) / perPiece
      parts = isEmpty ? 0 : sizes[0]
    }
  }

  /// Calls `body` for each block of a piece.
  func forEach(ofPiece piece: Int, _ body: (Block) -> Void) {
    let first = piece * perPiece
    if isLast {
      body(
        Block(
          start: first * channels, rows: min(perPiece, rows - first), columns: channels, channel: 0,
          sums: piece * channels))
    } else {
      for block in first..<min(parts * channels, first + perPiece) {
        body(
          Block(
            start: block * rows, rows: rows, columns: 1, channel: block % channels, sums: block))
      }
    }
  }

  /// The distance from the first element of a channel to that of the next.
  var firstElementStride: Int { isLast ? 1 : rows }

  /// The bytes of two sums for each channel of each part.
  var sumByteCount: Int { 2 * parts * channels * MemoryLayout<Double>.stride }

  /// What the parts left in scratch.
  func sums(_ context: KernelContext) -> staticgraph_channel_sums {
    let sums = context.scratch.assumingMemoryBound(to: Double.self)
    return staticgraph_channel_sums(
      parts: parts, channels: channels, count: Double(count), sums: sums,
      products: sums + parts * channels)
  }
}
