import CKernels
import GraphIR
import Tensors

/// The inner loop of an operator on windows, for each type that it computes.
typealias PoolingLoops = [DataType: staticgraph_pool]

/// How the work of pooling is cut into pieces: by images, rows of windows and channels.
struct PoolingWork: Sendable {
  /// The number of pieces of the work.
  let pieces: Int
  private let pooling: staticgraph_pooling
  private let images: Int
  private let imagesPerPiece: Int
  private let rowsPerPiece: Int
  private let rowPieces: Int
  private let channelsPerPiece: Int
  private let channelPieces: Int
  /// The number of elements of an image, and of what stands for its windows.
  let imageCount: Int
  let windowCount: Int

  /// The rows of windows of a piece at least, for each that another piece looks at, too.
  private static let rowsForOneShared = 5
  /// The channels of a piece at least.
  private static let leastChannels = 64

  /// - Parameters:
  ///   - windows: Windows that the shape rule has accepted.
  ///   - sizes: The sizes of the images.
  ///   - givesBack: Whether what is written are images, in which windows may overlap.
  /// - Precondition: The images have elements.
  init(_ windows: PoolingWindows, of sizes: [Int], givesBack: Bool) throws {
    // Where channels stand second, each of them is an image of its own.
    let isLast = windows.dataFormat == .nhwc
    images = isLast ? sizes[0] : sizes[0] * sizes[1]
    pooling = try staticgraph_pooling(windows, of: sizes)
    let (down, across, channels) = (pooling.down, pooling.across, pooling.channels)
    imageCount = down.size * across.size * channels
    windowCount = down.count * across.count * channels
    let work = max(imageCount, windowCount)
    imagesPerPiece = max(1, elementsPerPiece / work)
    let wanted = (work - 1) / elementsPerPiece + 1
    // A piece that gives back looks again at windows of the piece before that reach into its rows.
    let shared = givesBack ? (down.window - 1) / down.stride : 0
    let rowSplits = max(1, min(down.count / (1 + Self.rowsForOneShared * shared), wanted))
    rowsPerPiece = max(1, (down.count + rowSplits - 1) / rowSplits)
    rowPieces = max(1, (down.count + rowsPerPiece - 1) / rowsPerPiece)
    // Few channels of each pixel are read slowly where no cache holds the image.
    let channelSplits = max(1, min(channels / Self.leastChannels, wanted / rowPieces))
    channelsPerPiece = ((channels + channelSplits - 1) / channelSplits + 15) / 16 * 16
    channelPieces = (channels + channelsPerPiece - 1) / channelsPerPiece
    pieces = (images + imagesPerPiece - 1) / imagesPerPiece * rowPieces * channelPieces
  }

  /// Calls `body` for each image of a piece, with the part of it that is the piece's.
  func forEachImage(
    ofPiece piece: Int,
    _ body: (staticgraph_pooling, staticgraph_pooling_part, _ image: Int) -> Void
  ) {
    let part = piece % (rowPieces * channelPieces)
    let row = part / channelPieces * rowsPerPiece
    let channel = part % channelPieces * channelsPerPiece
    let bounds = staticgraph_pooling_part(
      first_row: row, end_row: min(pooling.down.count, row + rowsPerPiece), first_channel: channel,
      end_channel: min(pooling.channels, channel + channelsPerPiece))
    let first = piece / (rowPieces * channelPieces) * imagesPerPiece
    for image in first..<min(images, first + imagesPerPiece) { body(pooling, bounds, image) }
  }
}

extension staticgraph_pooling {
  /// The windows on one of the images of those sizes; where channels stand second, on one channel.
  init(_ windows: PoolingWindows, of sizes: [Int]) throws {
    let (height, width) = windows.dataFormat.imageAxes
    self.init(
      down: .init(try windows.windowAxis(height, size: sizes[height])),
      across: .init(try windows.windowAxis(width, size: sizes[width])),
      channels: windows.dataFormat == .nhwc ? sizes[3] : 1)
  }
}

extension staticgraph_window_axis {
  fileprivate init(_ axis: WindowAxis) {
    self.init(
      size: axis.size, window: axis.window, stride: axis.stride, before: axis.before,
      count: axis.count)
  }
}

/// What an input or output of pooling holds.
private enum PoolingOperand {
  /// Images.
  case images(Int)
  /// An element for each window.
  case windows(Int)
}

/// A kernel that folds the windows of the images that are the first input.
///
/// - Parameter choices: The input of images from which an element is taken, where these are others.
func poolingKernel(
  _ request: KernelRequest, _ windows: PoolingWindows, _ loops: PoolingLoops, choices: Int? = nil
) throws -> Kernel {
  try poolingKernel(
    request, windows, loops, sizes: request.inputSizes(0), images: 0,
    other: .images(choices ?? 0), givesBack: false)
}

/// A kernel that gives back to images what flows into their windows.
///
/// - Parameters:
///   - images: The input of the images themselves, where they matter.
///   - flow: The input of what flows back.
func poolingGradientKernel(
  _ request: KernelRequest, _ windows: PoolingWindows, _ loops: PoolingLoops, images: Int?,
  flow: Int
) throws -> Kernel {
  try poolingKernel(
    request, windows, loops, sizes: request.outputSizes(), images: images, other: .windows(flow),
    givesBack: true)
}

private func poolingKernel(
  _ request: KernelRequest, _ windows: PoolingWindows, _ loops: PoolingLoops, sizes: [Int],
  images: Int?, other: PoolingOperand, givesBack: Bool
) throws -> Kernel {
  let type = request.outputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  if request.outputCount() == 0 { return Kernel { _ in } }
  let work = try PoolingWork(windows, of: sizes, givesBack: givesBack)
  let imageSize = work.imageCount * type.byteCount
  let windowSize = work.windowCount * type.byteCount
  let resultSize = givesBack ? imageSize : windowSize
  let (input, inputSize) =
    switch other {
    case .images(let input): (input, imageSize)
    case .windows(let input): (input, windowSize)
    }
  return Kernel { context in
    let (x, result) = (context.inputs[images ?? input], context.outputs[0])
    let (others, step) = (context.inputs[input], images == nil ? 0 : imageSize)
    context.parallelFor(pieces: work.pieces) { piece in
      work.forEachImage(ofPiece: piece) { pooling, part, image in
        loop(
          pooling, part, x + image * step, others + image * inputSize, result + image * resultSize)
      }
    }
  }
}

extension PoolingOperator {
  /// The windows, from attributes or from inputs that the shape rule has accepted.
  ///
  /// - Parameter sizes: The input that holds the sizes, before that which holds the steps.
  func windows(_ request: KernelRequest, sizes: Int) -> PoolingWindows {
    var windows = windows
    (windows.sizes, windows.strides) = (request.integers(sizes), request.integers(sizes + 1))
    return windows
  }

  /// An operation for each element of each window.
  func cost(_ request: KernelRequest, _ windows: PoolingWindows, of window: TensorType) -> Cost {
    let taps = windows.sizes.reduce(1.0) { $0 * Double($1) }
    return Cost(
      operations: taps * Double(window.shape.elementCount!), bytesMoved: Cost.moving(request))
  }
}

let maxPoolLoops: PoolingLoops = [
  .float32: staticgraph_max_pool_float32, .float64: staticgraph_max_pool_float64,
  .int32: staticgraph_max_pool_int32, .int64: staticgraph_max_pool_int64,
  .uint8: staticgraph_max_pool_uint8,
]
let maxPoolGradLoops: PoolingLoops = [
  .float32: staticgraph_max_pool_grad_float32, .float64: staticgraph_max_pool_grad_float64,
  .int32: staticgraph_max_pool_grad_int32, .int64: staticgraph_max_pool_grad_int64,
  .uint8: staticgraph_max_pool_grad_uint8,
]
let maxPoolGradGradLoops: PoolingLoops = [
  .float32: staticgraph_max_pool_grad_grad_float32,
  .float64: staticgraph_max_pool_grad_grad_float64,
  .int32: staticgraph_max_pool_grad_grad_int32, .int64: staticgraph_max_pool_grad_grad_int64,
  .uint8: staticgraph_max_pool_grad_grad_uint8,
]
