import CKernels
import GraphIR
import Tensors

/// A convolution of known sizes, computed by products of matrices, or directly where filters fill
/// the registers.
///
/// The rows of one factor are the patches of the images that the windows cover; they are formed a
/// tile at a time, which stays in the cache. Work is cut into at most `mostPieces` pieces, by the
/// sizes alone, and each has a region of the scratch memory to itself.
struct Convolution: Sendable {
  /// The type of the elements, `Float32` or `Float64`.
  let type: DataType
  /// The number of images.
  let batch: Int
  /// The channels of an image.
  let channels: Int
  /// The channels of the result.
  let filters: Int
  /// Groups of channels that have filters of their own.
  let groups: Int
  /// The windows down and across.
  let height: WindowAxis
  let width: WindowAxis
  /// Whether the channels of a pixel stand side by side.
  let isChannelsLast: Bool

  /// The most pieces that the work is cut into.
  static let mostPieces = 16
  /// Below so many multiplications a piece costs more than it saves.
  static let leastWork = 1 << 20
  /// Tiles that stay in the second-level cache have up to so many bytes.
  static let tileBytes = 192 << 10
  /// A product of fewer rows takes longer to arrange than to compute.
  static let leastTileRows = 128
  /// All tiles together have up to so many bytes, unless one row each has more.
  static let mostTileBytes = 64 << 20

  /// The channels of a group, and its filters.
  var groupChannels: Int { channels / groups }
  var groupFilters: Int { filters / groups }
  /// The windows on an image, and its pixels.
  var area: Int { height.count * width.count }
  var imageArea: Int { height.size * width.size }
  /// The elements of a row of a window, and of a window.
  var windowRow: Int { width.window * groupChannels }
  var patch: Int { height.window * windowRow }
  /// The windows on all images.
  var windowCount: Int { batch * area }
  /// The bytes of an element.
  var elementSize: Int { type.byteCount }
  /// Whether a window is one pixel, and every pixel has one, so that images are their own patches.
  var isPointwise: Bool { Self.isPointwise(height) && Self.isPointwise(width) }

  private static func isPointwise(_ axis: WindowAxis) -> Bool {
    axis.window == 1 && axis.stride == 1 && axis.before == 0 && axis.count == axis.size
  }

  /// The convolution of images with filters of those sizes.
  ///
  /// - Throws: `GraphError` for a type that is not computed with, and for sizes that the linear
  ///   algebra library cannot count.
  init(
    _ windows: ConvolutionWindows, images: [Int], filters sizes: [Int], type: DataType
  ) throws {
    precondition(LinearAlgebraLibrary.isOnCallingThread)
    guard type == .float32 || type == .float64 else { throw unsupported(type) }
    let axes = windows.axes
    self.type = type
    batch = images[axes.batch]
    channels = images[axes.channels]
    filters = sizes[3]
    groups = sizes[2] == 0 ? 1 : max(1, channels / sizes[2])
    height = try windows.windows(along: axes.height, size: images[axes.height], window: sizes[0])
    width = try windows.windows(along: axes.width, size: images[axes.width], window: sizes[1])
    isChannelsLast = windows.dataFormat == .nhwc
    let counted = [
      [sizes[0], sizes[1], sizes[2]], [channels], [filters], [height.count, width.count],
      [height.size, width.size],
    ]
    guard counted.allSatisfy({ Shape.elementCount(of: $0).map { $0 <= Int32.max } ?? false })
    else {
      throw GraphError("a convolution of images \(images) by filters \(sizes) is too large")
    }
  }

  /// What the inner loops are told.
  var windows: staticgraph_windows {
    staticgraph_windows(
      channels_last: isChannelsLast, height: height.size, width: width.size,
      channels: groupChannels, image_stride: imageArea * channels,
      pixel_stride: isChannelsLast ? channels : 1, channel_stride: isChannelsLast ? 1 : imageArea,
      window_height: height.window, window_width: width.window, rows: height.count,
      columns: width.count, top: height.before, left: width.before, stride_down: height.stride,
      stride_across: width.stride, dilation_down: height.dilation,
      dilation_across: width.dilation)
  }

  /// What the inner loops are told of what flows back into the images, where the strides are 1: a
  /// convolution of the results with filters that are turned about.
  var turnedWindows: staticgraph_windows {
    var windows = windows
    (windows.height, windows.width, windows.channels) = (height.count, width.count, filters)
    windows.image_stride = area * filters
    windows.pixel_stride = filters
    (windows.rows, windows.columns) = (height.size, width.size)
    windows.top = height.reach - 1 - height.before
    windows.left = width.reach - 1 - width.before
    return windows
  }

  /// How many pieces so much work is worth.
  static func pieces(_ multiplications: Double) -> Int {
    Int(max(1, min(Double(mostPieces), multiplications / Double(leastWork))))
  }

  /// The multiplications of the convolution, and of each of its gradients.
  var work: Double { Double(windowCount) * Double(patch) * Double(groupFilters) * Double(groups) }

  /// The bytes from the first image to the channels of a group, and from the first result.
  func imageOffset(_ group: Int) -> Int {
    group * groupChannels * (isChannelsLast ? 1 : imageArea) * elementSize
  }
  func resultOffset(_ group: Int) -> Int {
    group * groupFilters * (isChannelsLast ? 1 : area) * elementSize
  }
}

/// Work of so many units, cut into ranges of nearly the same length.
struct EvenSplit: Sendable {
  var count: Int
  var parts: Int

  /// The units of one part.
  subscript(part: Int) -> Range<Int> {
    count * part / parts..<count * (part + 1) / parts
  }
}

/// How the patches of a convolution are cut into tiles.
struct PatchTiles: Sendable {
  /// The windows of a tile.
  let windows: Int
  /// The rows of each window that a tile holds.
  let windowRows: Int
  /// The bytes of a region that holds a tile.
  let byteCount: Int

  /// - Parameters:
  ///   - pieces: The tiles that there are at a time.
  ///   - longest: The windows that one piece has.
  init(_ convolution: Convolution, pieces: Int, longest: Int) {
    let size = convolution.elementSize
    let (row, patch) = (convolution.windowRow * size, convolution.patch * size)
    let fits = patch * Convolution.leastTileRows <= 2 * Convolution.tileBytes
    windowRows = fits ? convolution.height.window : 1
    let width = max(1, fits ? patch : row)
    let most = max(1, Convolution.mostTileBytes / pieces / width)
    let wanted = max(Convolution.leastTileRows, Convolution.tileBytes / width / 16 * 16)
    windows = max(1, min(wanted, most, longest))
    byteCount = (windows * width + Int(staticgraph_patch_slack) + 63) / 64 * 64
  }
}
