import CKernels
import GraphIR
import Tensors

extension Convolution {
  /// A kernel that computes what flows back into images, from filters, input 1, and what flows into
  /// the results, input 2.
  func imageGradientKernel() -> Kernel {
    if windowCount == 0 || filters == 0 || patch == 0 {
      return .zeros(batch * channels * imageArea * elementSize)
    }
    if let blocked = BlockedConvolution(self, isTurned: true, usesWinograd: false) {
      return blocked.kernel(images: 2, filters: 1)
    }
    if isPointwise { return pointwiseImageGradientKernel() }
    if let direct = DirectConvolution.imageGradient(self) { return direct.imageGradientKernel() }
    let plan = ImageGradientPlan(self)
    return Kernel(scratchByteCount: plan.tiles.byteCount * plan.rows.parts) { context in
      context.parallelFor(pieces: plan.rows.parts) { plan.run($0, context) }
    }
  }

  /// The same where windows are pixels: the product with the transpose of the filters.
  private func pointwiseImageGradientKernel() -> Kernel {
    let split = EvenSplit(
      count: windowCount, parts: min(Self.pieces(work), max(1, windowCount / 16)))
    let convolution = self
    return Kernel { context in
      context.parallelFor(pieces: split.parts) { piece in
        let range = split[piece]
        var start = range.lowerBound
        while start < range.upperBound {
          var end = range.upperBound
          if !convolution.isChannelsLast {
            end = min(end, (start / convolution.area + 1) * convolution.area)
          }
          for group in 0..<convolution.groups {
            convolution.multiplyPixels(start..<end, group, context)
          }
          start = end
        }
      }
    }
  }

  /// Computes the channels of a group for some pixels.
  private func multiplyPixels(_ range: Range<Int>, _ group: Int, _ context: KernelContext) {
    let size = elementSize
    let flow = context.inputs[2] + resultOffset(group)
    let images = context.outputs[0] + imageOffset(group)
    let weights = context.inputs[1] + group * groupFilters * size
    if isChannelsLast {
      multiply(
        type, rows: range.count, columns: groupChannels, inner: groupFilters,
        MatrixPart(start: flow + range.lowerBound * filters * size, stride: filters),
        MatrixPart(start: weights, stride: filters, isTransposed: true), isAdded: false,
        to: images + range.lowerBound * channels * size, stride: channels)
    } else {
      let (image, place) = (range.lowerBound / area, range.lowerBound % area)
      multiply(
        type, rows: groupChannels, columns: range.count, inner: groupFilters,
        MatrixPart(start: weights, stride: filters),
        MatrixPart(start: flow + (image * filters * area + place) * size, stride: area),
        isAdded: false, to: images + (image * channels * area + place) * size, stride: area)
    }
  }
}

/// How what flows back into images is computed: each piece has some rows of the images to itself,
/// and adds to them the patches of the windows that cover them.
private struct ImageGradientPlan: Sendable {
  let convolution: Convolution
  let windows: staticgraph_windows
  let tiles: PatchTiles
  /// Rows of all images.
  let rows: EvenSplit
  private let addPatches: staticgraph_add_patches

  init(_ convolution: Convolution) {
    self.convolution = convolution
    windows = convolution.windows
    let wanted = Convolution.pieces(convolution.work)
    // Whole images where there are enough of them.
    if convolution.batch >= wanted {
      rows = EvenSplit(count: convolution.batch, parts: wanted)
    } else {
      let count = convolution.batch * convolution.height.size
      rows = EvenSplit(count: count, parts: min(wanted, count))
    }
    tiles = PatchTiles(convolution, pieces: rows.parts, longest: convolution.area)
    addPatches =
      convolution.type == .float32
      ? staticgraph_add_patches_float32 : staticgraph_add_patches_float64
  }

  func run(_ piece: Int, _ context: KernelContext) {
    let height = convolution.height.size
    let unit = rows.count == convolution.batch ? height : 1
    let range = rows[piece].lowerBound * unit..<rows[piece].upperBound * unit
    let tile = context.scratch + piece * tiles.byteCount
    var start = range.lowerBound
    while start < range.upperBound {
      let image = start / height
      let end = min(range.upperBound, (image + 1) * height)
      let band = start - image * height..<end - image * height
      clear(band, of: image, context)
      for group in 0..<convolution.groups {
        add(band, of: image, group, tile, context)
      }
      start = end
    }
  }

  private func clear(_ band: Range<Int>, of image: Int, _ context: KernelContext) {
    let (size, width) = (convolution.elementSize, convolution.width.size)
    let start = context.outputs[0] + image * windows.image_stride * size
    let planes = convolution.isChannelsLast ? 1 : convolution.channels
    let row = convolution.isChannelsLast ? width * convolution.channels : width
    for plane in 0..<planes {
      (start + (plane * convolution.imageArea + band.lowerBound * row) * size)
        .initializeMemory(as: UInt8.self, repeating: 0, count: band.count * row * size)
    }
  }

  /// The rows of a window of that line which lie in a band.
  private func inside(_ band: Range<Int>, _ line: Int) -> Range<Int> {
    let axis = convolution.height
    let start = line * axis.stride - axis.before
    func number(_ distance: Int) -> Int {
      distance <= 0 ? 0 : min(axis.window, (distance - 1) / axis.dilation + 1)
    }
    return number(band.lowerBound - start)..<number(band.upperBound - start)
  }

  /// Adds to a band of rows of an image what flows back from all windows that cover it.
  private func add(
    _ band: Range<Int>, of image: Int, _ group: Int, _ tile: UnsafeMutableRawPointer,
    _ context: KernelContext
  ) {
    let axis = convolution.height
    let reach = axis.reach - 1
    let before = max(0, band.lowerBound + axis.before - reach)
    let first = min(axis.count, (before + axis.stride - 1) / axis.stride)
    let last = min(axis.count, (band.upperBound - 1 + axis.before) / axis.stride + 1)
    var line = first
    while line < last {
      // Lines whose windows have the same rows in the band go together.
      let rows = inside(band, line)
      var end = line + 1
      while end < last, inside(band, end) == rows { end += 1 }
      if !rows.isEmpty {
        let columns = convolution.width.count
        add(line * columns..<end * columns, rows, of: image, group, tile, context)
      }
      line = end
    }
  }

  /// Adds what flows back from some windows on an image through some of their rows.
  private func add(
    _ range: Range<Int>, _ rows: Range<Int>, of image: Int, _ group: Int,
    _ tile: UnsafeMutableRawPointer, _ context: KernelContext
  ) {
    let (size, filters, area) = (convolution.elementSize, convolution.filters, convolution.area)
    let weights = context.inputs[1] + group * convolution.groupFilters * size
    let flow =
      context.inputs[2] + convolution.resultOffset(group) + image * area * filters * size
    let images =
      context.outputs[0] + convolution.imageOffset(group) + image * windows.image_stride * size
    var row = rows.lowerBound
    while row < rows.upperBound {
      let count = min(tiles.windowRows, rows.upperBound - row)
      let inner = count * convolution.windowRow
      let filter = weights + row * convolution.windowRow * filters * size
      var start = range.lowerBound
      while start < range.upperBound {
        let length = min(tiles.windows, range.upperBound - start)
        if convolution.isChannelsLast {
          multiply(
            convolution.type, rows: length, columns: inner, inner: convolution.groupFilters,
            MatrixPart(start: flow + start * filters * size, stride: filters),
            MatrixPart(start: filter, stride: filters, isTransposed: true), isAdded: false,
            to: tile, stride: inner)
        } else {
          multiply(
            convolution.type, rows: inner, columns: length, inner: convolution.groupFilters,
            MatrixPart(start: filter, stride: filters),
            MatrixPart(start: flow + start * size, stride: area), isAdded: false, to: tile,
            stride: length)
        }
        addPatches(windows, tile, start, length, row, count, images)
        start += length
      }
      row += count
    }
  }
}
