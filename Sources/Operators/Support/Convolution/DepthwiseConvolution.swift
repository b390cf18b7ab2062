import CKernels
import GraphIR
import Tensors

/// A depthwise convolution of known sizes, computed by plain loops.
///
/// Work is cut into units: lines of all images where the channels of a pixel stand side by side,
/// channels of all images otherwise.
struct DepthwiseConvolution: Sendable {
  private let type: DataType
  private let windows: staticgraph_windows
  /// The filters of each channel.
  private let multiplier: Int
  private let batch: Int
  private let isChannelsLast: Bool
  /// The multiplications.
  private let work: Double

  /// Below so many multiplications a piece costs more than it saves.
  private static let leastWork = 1 << 17
  private static let mostPieces = 64

  /// The convolution of images with filters of those sizes.
  ///
  /// - Throws: `GraphError` for a type that is not computed with.
  init(
    _ settings: ConvolutionWindows, images: [Int], filters: [Int], type: DataType
  ) throws {
    guard type == .float32 || type == .float64 else { throw unsupported(type) }
    let axes = settings.axes
    let height = try settings.windows(
      along: axes.height, size: images[axes.height], window: filters[0])
    let width = try settings.windows(
      along: axes.width, size: images[axes.width], window: filters[1])
    let channels = images[axes.channels]
    self.type = type
    batch = images[axes.batch]
    multiplier = filters[3]
    isChannelsLast = settings.dataFormat == .nhwc
    let area = height.size * width.size
    windows = staticgraph_windows(
      channels_last: isChannelsLast, height: height.size, width: width.size, channels: channels,
      image_stride: area * channels, pixel_stride: isChannelsLast ? channels : 1,
      channel_stride: isChannelsLast ? 1 : area, window_height: height.window,
      window_width: width.window, rows: height.count, columns: width.count, top: height.before,
      left: width.before, stride_down: height.stride, stride_across: width.stride,
      dilation_down: height.dilation, dilation_across: width.dilation)
    work = [batch, height.count, width.count, channels, multiplier, filters[0], filters[1]]
      .reduce(1.0) { $0 * Double($1) }
  }

  /// Units of the work, `lines` being those of an image, cut into ranges.
  private func split(lines: Int, mostPieces: Int = mostPieces) -> EvenSplit {
    let count = batch * (isChannelsLast ? lines : windows.channels)
    let wanted = min(Double(mostPieces), work / Double(Self.leastWork))
    return EvenSplit(count: count, parts: max(1, min(count, Int(wanted))))
  }

  /// A kernel that computes the result from images, input 0, and filters, input 1.
  func resultKernel(_ request: KernelRequest) -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let loops: [staticgraph_depthwise] =
      type == .float32
      ? [staticgraph_depthwise_last_float32, staticgraph_depthwise_first_float32]
      : [staticgraph_depthwise_last_float64, staticgraph_depthwise_first_float64]
    return kernel(loops, split(lines: windows.rows), inputs: (0, 1))
  }

  /// A kernel that computes what flows back into images, from filters, input 1, and what flows into
  /// the results, input 2.
  func imageGradientKernel(_ request: KernelRequest) -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let loops: [staticgraph_depthwise] =
      type == .float32
      ? [staticgraph_depthwise_images_last_float32, staticgraph_depthwise_images_first_float32]
      : [staticgraph_depthwise_images_last_float64, staticgraph_depthwise_images_first_float64]
    return kernel(loops, split(lines: windows.height), inputs: (2, 1))
  }

  private func kernel(
    _ loops: [staticgraph_depthwise], _ split: EvenSplit, inputs: (Int, Int)
  ) -> Kernel {
    let (loop, windows, multiplier) = (loops[isChannelsLast ? 0 : 1], windows, multiplier)
    return Kernel { context in
      let (x, y, result) = (
        context.inputs[inputs.0], context.inputs[inputs.1], context.outputs[0]
      )
      context.parallelFor(pieces: split.parts) { piece in
        let range = split[piece]
        loop(windows, multiplier, x, y, range.lowerBound, range.count, result)
      }
    }
  }

  /// A kernel that computes what flows back into filters, from images, input 0, and what flows into
  /// the results, input 2.
  func filterGradientKernel(_ request: KernelRequest) -> Kernel {
    let (count, size) = (request.outputCount(), type.byteCount)
    let split = split(lines: windows.rows, mostPieces: Convolution.mostPieces)
    if split.count == 0 || count == 0 { return .zeros(count * size) }
    let sums = PartialSums(wanted: split.parts, count: count, type: type)
    let parts = EvenSplit(count: split.count, parts: sums.parts)
    let loops: [staticgraph_depthwise] =
      type == .float32
      ? [staticgraph_depthwise_filters_last_float32, staticgraph_depthwise_filters_first_float32]
      : [staticgraph_depthwise_filters_last_float64, staticgraph_depthwise_filters_first_float64]
    let (loop, windows, multiplier) = (loops[isChannelsLast ? 0 : 1], windows, multiplier)
    return Kernel(scratchByteCount: sums.scratchByteCount) { context in
      let (x, y) = (context.inputs[0], context.inputs[2])
      sums.clear(context)
      context.parallelFor(pieces: parts.parts) { piece in
        let (range, target) = (parts[piece], sums.start(piece, context))
        loop(windows, multiplier, x, y, range.lowerBound, range.count, target)
      }
      sums.addUp(context)
    }
  }
}
