import GraphIR
import Tensors

/// Images and windows to try operators with.
struct PoolingCase {
  let label: String
  /// Batch, height, width and channels.
  let sizes: [Int]
  let windows: PoolingWindows

  init(
    _ label: String, _ sizes: [Int], window: [Int], strides: [Int], _ padding: Padding = .valid,
    _ explicit: [Int] = []
  ) {
    self.label = label
    self.sizes = sizes
    windows = PoolingWindows(
      sizes: [1] + window + [1], strides: [1] + strides + [1], padding: padding,
      explicitPaddings: explicit.isEmpty ? [] : [0, 0] + explicit + [0, 0])
  }

  private init(_ label: String, _ sizes: [Int], _ windows: PoolingWindows) {
    (self.label, self.sizes, self.windows) = (label, sizes, windows)
  }

  /// The same with channels second.
  var channelsSecond: PoolingCase {
    func moved(_ list: [Int], _ count: Int) -> [Int] {
      list.isEmpty ? [] : Array(list[..<count] + list[(3 * count)...] + list[count..<(3 * count)])
    }
    return PoolingCase(
      label + ", channels second", moved(sizes, 1),
      PoolingWindows(
        sizes: moved(windows.sizes, 1), strides: moved(windows.strides, 1),
        padding: windows.padding, explicitPaddings: moved(windows.explicitPaddings, 2),
        dataFormat: .nchw))
  }

  /// The images, of which no two elements are equal or close.
  var images: Tensor { .distinct(sizes) }
  /// Images of the same sizes.
  var otherImages: Tensor { .sample(sizes, seed: 3) }
  /// The sizes of what stands for the windows.
  var pooledSizes: [Int] { try! windows.pooledShape(of: Shape(sizes)).known! }
  /// A number for each window.
  var flow: Tensor { .sample(pooledSizes, seed: 2) }

  /// The greatest element of each window.
  var pooled: Tensor {
    let (height, width) = windows.dataFormat.imageAxes
    let down = try! windows.windowAxis(height, size: sizes[height])
    let across = try! windows.windowAxis(width, size: sizes[width])
    let channelAxis = windows.dataFormat.channelAxis(rank: 4)
    let (strides, steps) = (rowMajorStrides(sizes), rowMajorStrides(pooledSizes))
    let elements = try! images.elements(as: Double.self)
    let result = (0..<Shape.elementCount(of: pooledSizes)!).map { number -> Double in
      let position = zip(pooledSizes, steps).map { number / $1 % $0 }
      let start = position[0] * strides[0] + position[channelAxis] * strides[channelAxis]
      var greatest = -Double.infinity
      for row in down.inside(position[height]) {
        for column in across.inside(position[width]) {
          let y = position[height] * down.stride - down.before + row
          let x = position[width] * across.stride - across.before + column
          greatest = max(greatest, elements[start + y * strides[height] + x * strides[width]])
        }
      }
      return greatest
    }
    return try! Tensor(result, dimensions: pooledSizes)
  }

  /// What every operator on windows is tried with.
  @_optimize(none)
  static var usual: [PoolingCase] {
    [
      .init("side by side", [2, 4, 6, 3], window: [2, 2], strides: [2, 2]),
      .init("a rest", [1, 5, 7, 2], window: [2, 3], strides: [2, 3]),
      .init("overlapping", [2, 5, 6, 2], window: [3, 3], strides: [2, 1]),
      .init("beyond the border", [1, 5, 4, 3], window: [3, 2], strides: [2, 1], .same),
      .init("gaps between", [1, 7, 7, 1], window: [2, 1], strides: [3, 4], .same),
      .init("the whole image", [2, 3, 4, 5], window: [3, 4], strides: [1, 1]),
      .init("larger than the image", [1, 2, 3, 1], window: [5, 7], strides: [1, 2], .same),
      .init("many channels", [1, 3, 3, 93], window: [2, 2], strides: [2, 1], .same),
      .init("no images", [0, 4, 4, 2], window: [2, 2], strides: [2, 2]),
    ]
  }

  /// The same with channels second, and some more.
  @_optimize(none)
  static var all: [PoolingCase] {
    usual + usual.map(\.channelsSecond) + [
      PoolingCase("wide rows", [1, 4, 41, 2], window: [3, 2], strides: [2, 1], .same)
        .channelsSecond
    ]
  }

  /// With explicit paddings.
  @_optimize(none)
  static var explicit: [PoolingCase] {
    [
      .init(
        "explicit paddings", [1, 4, 5, 2], window: [3, 3], strides: [2, 2], .explicit,
        [1, 0, 2, 1]),
      PoolingCase(
        "explicit paddings", [1, 4, 5, 2], window: [2, 3], strides: [1, 2], .explicit,
        [0, 1, 1, 2]
      ).channelsSecond,
    ]
  }

  /// Too large for a single piece of work, in each way that work is cut.
  @_optimize(none)
  static var large: [PoolingCase] {
    [
      .init("many images", [70, 16, 16, 4], window: [2, 2], strides: [2, 2]),
      .init("a large image", [1, 120, 100, 9], window: [2, 2], strides: [2, 2], .same),
      .init("large overlapping", [2, 40, 40, 70], window: [3, 3], strides: [2, 2], .same),
      PoolingCase("large planes", [1, 200, 210, 2], window: [3, 3], strides: [2, 2], .same)
        .channelsSecond,
    ]
  }
}

extension Tensor {
  /// A `Float64` tensor of different integers in an order that looks random, for samples.
  static func distinct(_ dimensions: [Int]) -> Tensor {
    let count = Shape.elementCount(of: dimensions) ?? 0
    // A step that has no divisor with the number of elements visits all of them.
    var step = max(1, count * 5 / 8)
    while step > 1, !isCoprime(step, count) { step += 1 }
    return try! Tensor(
      (0..<count).map { Double($0 * step % count) }, dimensions: dimensions)
  }
}

private func isCoprime(_ a: Int, _ b: Int) -> Bool {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a == 1
}
