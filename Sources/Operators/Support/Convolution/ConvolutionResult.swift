import CKernels
import GraphIR
import Tensors

extension Convolution {
  /// A kernel that computes the result from images, input 0, and filters, input 1.
  func resultKernel() -> Kernel {
    if windowCount == 0 || filters == 0 || patch == 0 {
      return .zeros(windowCount * filters * elementSize)
    }
    if let blocked = BlockedConvolution(self, isTurned: false, usesWinograd: false) {
      return blocked.kernel(images: 0, filters: 1)
    }
    if let direct = DirectConvolution.result(self) { return direct.resultKernel() }
    let plan = ResultPlan(self)
    return Kernel(scratchByteCount: plan.tiles.byteCount * plan.pieces) { context in
      context.parallelFor(pieces: plan.pieces) { plan.run($0, context) }
    }
  }
}

extension Kernel {
  /// A kernel that writes zeros to its only output.
  static func zeros(_ byteCount: Int) -> Kernel {
    Kernel { context in
      context.outputs[0].initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }
  }
}

/// How the result of a convolution is computed: the windows, and within them the filters, are cut
/// into parts.
private struct ResultPlan: Sendable {
  let convolution: Convolution
  let windows: staticgraph_windows
  let tiles: PatchTiles
  private let windowParts: EvenSplit
  /// Parts of the filters, in blocks.
  private let filterParts: EvenSplit

  private static let filterBlock = 16

  var pieces: Int { windowParts.parts * filterParts.parts }

  init(_ convolution: Convolution) {
    self.convolution = convolution
    windows = convolution.windows
    let wanted = Convolution.pieces(convolution.work)
    let blocks = (convolution.groupFilters + Self.filterBlock - 1) / Self.filterBlock
    // Each part of the windows reads all filters of a part, and the other way round; patches are
    // formed again for each part of the filters.
    let (count, patch) = (Double(convolution.windowCount), Double(convolution.patch))
    var best: (cost: Double, windows: Int, filters: Int)?
    for filterParts in [1, 2, 4, 8, 16]
    where filterParts <= wanted
      && (filterParts == 1 || convolution.groups == 1 && filterParts * 2 <= blocks)
    {
      let windowParts = max(1, min(wanted / filterParts, convolution.windowCount / 16))
      if filterParts > 1, windowParts * filterParts * 2 <= wanted { continue }
      let reading =
        Double(windowParts) * patch * Double(convolution.filters)
        + Double(filterParts) * patch * count * (convolution.isPointwise ? 1 : 2)
      // A part too few is work that some worker waits for.
      let cost = reading * Double(wanted) / Double(windowParts * filterParts)
      if cost < best?.cost ?? .infinity { best = (cost, windowParts, filterParts) }
    }
    windowParts = EvenSplit(count: convolution.windowCount, parts: best?.windows ?? 1)
    filterParts = EvenSplit(count: blocks, parts: best?.filters ?? 1)
    tiles = PatchTiles(
      convolution, pieces: windowParts.parts * filterParts.parts,
      longest: convolution.windowCount / windowParts.parts + 1)
  }

  func run(_ piece: Int, _ context: KernelContext) {
    let range = windowParts[piece / filterParts.parts]
    let blocks = filterParts[piece % filterParts.parts]
    let first = blocks.lowerBound * Self.filterBlock
    let columns =
      first..<min(convolution.groupFilters, blocks.upperBound * Self.filterBlock)
    let tile = context.scratch + piece * tiles.byteCount
    // Tiles of channels that stand in planes end where their image does.
    let step = convolution.isPointwise ? range.count : tiles.windows
    var start = range.lowerBound
    while start < range.upperBound {
      var end = min(range.upperBound, start + step)
      if !convolution.isChannelsLast {
        end = min(end, (start / convolution.area + 1) * convolution.area)
      }
      for group in 0..<convolution.groups {
        run(start..<end, columns, group, tile, context)
      }
      start = end
    }
  }

  /// Computes some filters of a group for some windows.
  private func run(
    _ range: Range<Int>, _ columns: Range<Int>, _ group: Int, _ tile: UnsafeMutableRawPointer,
    _ context: KernelContext
  ) {
    let (size, area) = (convolution.elementSize, convolution.area)
    let all = context.inputs[0]
    let end = all + convolution.batch * windows.image_stride * size
    let images = all + convolution.imageOffset(group)
    let filters =
      context.inputs[1] + (group * convolution.groupFilters + columns.lowerBound) * size
    let results = context.outputs[0] + convolution.resultOffset(group)
    let image = range.lowerBound / area
    let place = range.lowerBound % area
    var row = 0
    while row < convolution.height.window {
      let rows = min(tiles.windowRows, convolution.height.window - row)
      let inner = rows * convolution.windowRow
      let weights = MatrixPart(
        start: filters + row * convolution.windowRow * convolution.filters * size,
        stride: convolution.filters, isTransposed: !convolution.isChannelsLast)
      if convolution.isChannelsLast {
        if !convolution.isPointwise {
          staticgraph_patches(
            windows, size, images, end, range.lowerBound, range.count, row, rows, tile)
        }
        let patches =
          convolution.isPointwise
          ? MatrixPart(
            start: images + range.lowerBound * convolution.channels * size,
            stride: convolution.channels)
          : MatrixPart(start: tile, stride: inner)
        multiply(
          convolution.type, rows: range.count, columns: columns.count, inner: inner, patches,
          weights, isAdded: row > 0,
          to: results + (range.lowerBound * convolution.filters + columns.lowerBound) * size,
          stride: convolution.filters)
      } else {
        let own = images + image * windows.image_stride * size
        if !convolution.isPointwise {
          staticgraph_patches(windows, size, own, end, place, range.count, row, rows, tile)
        }
        let patches =
          convolution.isPointwise
          ? MatrixPart(start: own + place * size, stride: area)
          : MatrixPart(start: tile, stride: range.count)
        multiply(
          convolution.type, rows: columns.count, columns: range.count, inner: inner, weights,
          patches, isAdded: row > 0,
          to: results
            + ((image * convolution.filters + columns.lowerBound) * area + place) * size,
          stride: area)
      }
      row += rows
    }
  }
}
