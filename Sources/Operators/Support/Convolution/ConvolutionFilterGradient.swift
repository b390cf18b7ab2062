import CKernels
import GraphIR
import Tensors

extension Convolution {
  /// A kernel that computes what flows back into filters, from images, input 0, and what flows into
  /// the results, input 2.
  func filterGradientKernel(_ request: KernelRequest) -> Kernel {
    if windowCount == 0 || patch == 0 || filters == 0 {
      return .zeros(request.outputCount() * elementSize)
    }
    if let blocked = BlockedConvolution(self, isTurned: false, usesWinograd: false),
      let kernel = blocked.filterGradientKernel()
    {
      return kernel
    }
    if let direct = DirectConvolution.filterGradient(self) { return direct.filterGradientKernel() }
    let plan = FilterGradientPlan(self)
    let scratch = plan.tiles.byteCount * plan.pieces + plan.sums.scratchByteCount
    return Kernel(scratchByteCount: scratch) { context in
      context.parallelFor(pieces: plan.pieces) { plan.run($0, context) }
      plan.sums.addUp(context)
    }
  }
}

/// How what flows back into filters is computed: the windows are cut into parts, whose sums are
/// added in the end, and the filters into some where such sums would be too many or too large.
private struct FilterGradientPlan: Sendable {
  let convolution: Convolution
  let windows: staticgraph_windows
  let tiles: PatchTiles
  let sums: PartialSums
  private let windowParts: EvenSplit
  /// Parts of the filters, in blocks.
  private let filterParts: EvenSplit

  private static let filterBlock = 16
  /// Fewer windows are not worth a sum of their own.
  private static let leastWindows = 128

  var pieces: Int { windowParts.parts * filterParts.parts }

  init(_ convolution: Convolution) {
    self.convolution = convolution
    windows = convolution.windows
    let wanted = Convolution.pieces(convolution.work)
    sums = PartialSums(
      wanted: min(wanted, convolution.windowCount / Self.leastWindows),
      count: convolution.patch * convolution.filters, type: convolution.type)
    let blocks = (convolution.groupFilters + Self.filterBlock - 1) / Self.filterBlock
    let most = convolution.groups == 1 ? max(1, blocks / 2) : 1
    windowParts = EvenSplit(count: convolution.windowCount, parts: sums.parts)
    filterParts = EvenSplit(count: blocks, parts: min(most, max(1, wanted / sums.parts)))
    tiles = PatchTiles(
      convolution, pieces: windowParts.parts * filterParts.parts,
      longest: convolution.windowCount / windowParts.parts + 1)
  }

  func run(_ piece: Int, _ context: KernelContext) {
    let part = piece / filterParts.parts
    let blocks = filterParts[piece % filterParts.parts]
    let range = windowParts[part]
    let first = blocks.lowerBound * Self.filterBlock
    let columns =
      first..<min(convolution.groupFilters, blocks.upperBound * Self.filterBlock)
    let tile = context.scratch + sums.scratchByteCount + piece * tiles.byteCount
    let target = sums.start(part, context)
    let step = convolution.isPointwise ? range.count : tiles.windows
    var row = 0
    while row < convolution.height.window {
      let rows = row..<min(row + tiles.windowRows, convolution.height.window)
      var start = range.lowerBound
      while start < range.upperBound {
        var end = min(range.upperBound, start + step)
        if !convolution.isChannelsLast {
          end = min(end, (start / convolution.area + 1) * convolution.area)
        }
        for group in 0..<convolution.groups {
          add(
            start..<end, rows, columns, group, isFirst: start == range.lowerBound, tile,
            to: target, context)
        }
        start = end
      }
      row = rows.upperBound
    }
  }

  /// Adds what some windows contribute to some rows of some filters of a group.
  private func add(
    _ range: Range<Int>, _ rows: Range<Int>, _ columns: Range<Int>, _ group: Int, isFirst: Bool,
    _ tile: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, _ context: KernelContext
  ) {
    let (size, area) = (convolution.elementSize, convolution.area)
    let all = context.inputs[0]
    let end = all + convolution.batch * windows.image_stride * size
    let (image, place) = (range.lowerBound / area, range.lowerBound % area)
    let isLast = convolution.isChannelsLast
    let (own, first) = isLast ? (0, range.lowerBound) : (image, place)
    let images =
      all + convolution.imageOffset(group) + own * windows.image_stride * size
    let flow = context.inputs[2] + convolution.resultOffset(group)
    let inner = rows.count * convolution.windowRow
    var patches = MatrixPart(
      start: tile, stride: isLast ? inner : range.count, isTransposed: isLast)
    if convolution.isPointwise {
      patches.start = UnsafeRawPointer(images + first * windows.pixel_stride * size)
      patches.stride = isLast ? convolution.channels : area
    } else {
      staticgraph_patches(
        windows, size, images, end, first, range.count, rows.lowerBound, rows.count, tile)
    }
    let flowing =
      isLast
      ? MatrixPart(
        start: flow + (range.lowerBound * convolution.filters + columns.lowerBound) * size,
        stride: convolution.filters)
      : MatrixPart(
        start: flow + ((image * convolution.filters + columns.lowerBound) * area + place) * size,
        stride: area, isTransposed: true)
    let column = group * convolution.groupFilters + columns.lowerBound
    multiply(
      convolution.type, rows: inner, columns: columns.count, inner: range.count, patches, flowing,
      isAdded: !isFirst,
      to: target
        + (rows.lowerBound * convolution.windowRow * convolution.filters + column) * size,
      stride: convolution.filters)
  }
}
