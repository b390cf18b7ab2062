import GraphIR
import Tensors

/// Patches of images, each laid out along the channels.
public struct ExtractImagePatches: MovingOperator {
  public static let name = "ExtractImagePatches"
  public static let summary = "Patches of images, each laid out along the channels."
  public static let signature = Signature(
    inputs: [.init("images", "T")], outputs: [.init("patches", "T")],
    types: ["T": TypeSet(DataType.allCases.filter { $0 != .string })])
  public static let attributes: [Attribute<ExtractImagePatches>] = [
    .init(
      "ksizes", \.sizes, "The height and width of a patch, as [1, height, width, 1].",
      label: "sizes", isRequired: true),
    .init(
      "strides", \.strides, "The steps from patch to patch, as [1, down, across, 1].",
      isRequired: true),
    .init(
      "rates", \.rates, "The steps within a patch, as [1, down, across, 1].", isRequired: true),
    .init(
      "padding", \.padding, "Whether patches may lie beyond the border, where zeros stand.",
      isRequired: true),
  ]

  /// The height and width of a patch, as `[1, height, width, 1]`.
  public var sizes = [1, 1, 1, 1]
  /// The steps from patch to patch, as `[1, down, across, 1]`.
  public var strides = [1, 1, 1, 1]
  /// The steps within a patch, as `[1, down, across, 1]`.
  public var rates = [1, 1, 1, 1]
  /// Whether patches may lie beyond the border, where zeros stand.
  public var padding = Padding.valid

  public init() {}

  /// Patches of that size.
  public init(sizes: [Int], strides: [Int], rates: [Int], padding: Padding) {
    self.sizes = sizes
    self.strides = strides
    self.rates = rates
    self.padding = padding
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 4, of: 0, named: "images")
    for (name, list) in [("sizes", sizes), ("strides", strides), ("rates", rates)] {
      guard list.count == 4, list[0] == 1, list[3] == 1,
        list.allSatisfy({ (1...Int(Int32.max)).contains($0) })
      else {
        throw ShapeError("\(name) must be [1, down, across, 1], each above 0, but it is \(list)")
      }
    }
    if padding == .explicit {
      throw ShapeError("padding must be .same or .valid, but it is .explicit")
    }
    let images = request.shape(0).rank == nil ? .unknown(rank: 4) : request.shape(0)
    func count(_ axis: Int) -> Int? { images[axis].map { windows(axis, of: $0).count } }
    let (depth, overflow) = (sizes[1] * sizes[2]).multipliedReportingOverflow(by: images[3] ?? 0)
    if overflow { throw ShapeError("patches of sizes \(sizes) are larger than any memory") }
    return [
      Shape(dimensions: [images[0], count(1), count(2), images[3] == nil ? nil : depth])
    ]
  }

  /// How many patches there are along an axis of an image, and how far beyond it they begin.
  func windows(_ axis: Int, of size: Int) -> (count: Int, before: Int) {
    let reach = (sizes[axis] - 1) * rates[axis] + 1
    switch padding {
    case .valid, .explicit: return (size < reach ? 0 : (size - reach) / strides[axis] + 1, 0)
    case .same:
      let count = size / strides[axis] + (size % strides[axis] == 0 ? 0 : 1)
      return (count, count == 0 ? 0 : max(0, reach - (size - (count - 1) * strides[axis])) / 2)
    }
  }

  public static let gradient = GradientRule.rule { g in
    [try g.operation(as: ExtractImagePatches.self).imageGradient(g.x, g.outputGradient)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (images, patches) = (request.inputSizes(0), request.outputSizes())
    try checkMovementCount(sizes[1] * sizes[2])
    let (from, to) = (rowMajorStrides(images), rowMajorStrides(patches))
    let (down, across) = (windows(1, of: images[1]), windows(2, of: images[2]))
    var movements: [Movement] = []
    for row in 0..<sizes[1] {
      for column in 0..<sizes[2] {
        let rows = inside(row * rates[1] - down.before, 1, images[1], down.count)
        let columns = inside(column * rates[2] - across.before, 2, images[2], across.count)
        let box = [images[0], rows.count, columns.count, images[3]]
        let start =
          (row * rates[1] - down.before + rows.lowerBound * strides[1]) * from[1]
          + (column * rates[2] - across.before + columns.lowerBound * strides[2]) * from[2]
        let target =
          rows.lowerBound * to[1] + columns.lowerBound * to[2]
          + (row * sizes[2] + column) * images[3]
        movements.append(
          Movement(
            box,
            from: .init(
              start: start, strides: [from[0], from[1] * strides[1], from[2] * strides[2], 1]),
            to: .init(start: target, strides: to)))
      }
    }
    let clear = Movement(patches, from: .single(-1, rank: 4), to: .whole(patches))
    let phases = padding == .same ? [MovementPhase([clear])] : []
    return try movementKernel(request.inputs[0].dataType, phases + [MovementPhase(movements)])
  }

  /// The patches of which an element, which stands at `offset` for the first, lies in the image.
  private func inside(_ offset: Int, _ axis: Int, _ size: Int, _ count: Int) -> Range<Int> {
    let step = strides[axis]
    let first = offset < 0 ? (-offset + step - 1) / step : 0
    let end = offset < size ? min(count, (size - 1 - offset) / step + 1) : 0
    return first..<max(first, end)
  }

  private static func sample(
    _ label: String, _ images: [Int], _ sizes: [Int], strides: [Int] = [1, 1, 1, 1],
    rates: [Int] = [1, 1, 1, 1], _ padding: Padding
  ) -> Sample {
    Sample(
      label,
      ExtractImagePatches(sizes: sizes, strides: strides, rates: rates, padding: padding),
      [.sample(images)])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("inside", [2, 4, 5, 2], [1, 2, 3, 1], .valid),
      sample("inside, with steps", [1, 5, 6, 2], [1, 2, 2, 1], strides: [1, 2, 3, 1], .valid),
      sample("beyond the border", [2, 3, 4, 2], [1, 3, 2, 1], .same),
      sample(
        "beyond the border, with steps", [1, 5, 4, 1], [1, 3, 3, 1], strides: [1, 2, 3, 1], .same),
      sample("with gaps", [1, 6, 6, 1], [1, 2, 2, 1], rates: [1, 2, 3, 1], .valid),
      sample(
        "with gaps beyond the border", [1, 3, 3, 1], [1, 2, 2, 1], rates: [1, 4, 3, 1], .same),
      sample("no patch", [1, 2, 2, 1], [1, 3, 3, 1], .valid),
      sample("nothing", [0, 3, 3, 1], [1, 2, 2, 1], .same),
      Sample(
        failing: "a vector", ExtractImagePatches(), [.sample([3])],
        message: "images must have rank 4, but it is Float64[3]"),
      Sample(
        failing: "no stride",
        ExtractImagePatches(
          sizes: [1, 2, 2, 1], strides: [1, 0, 1, 1], rates: [1, 1, 1, 1], padding: .valid),
        [.sample([1, 3, 3, 1])],
        message: "strides must be [1, down, across, 1], each above 0, but it is [1, 0, 1, 1]"),
    ]
  }
}

/// Patches of images, each laid out along the channels.
///
/// - Parameters:
///   - images: Batch, height, width, channels.
///   - sizes: The height and width of a patch, as `[1, height, width, 1]`.
///   - strides: The steps from patch to patch, as `[1, down, across, 1]`.
///   - rates: The steps within a patch, as `[1, down, across, 1]`.
///   - padding: Whether patches may lie beyond the border, where zeros stand.
/// - Returns: Batch, rows of patches, columns of patches, and the elements of each patch.
public func extractImagePatches(
  _ images: Value, sizes: [Int], strides: [Int], rates: [Int], padding: Padding,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  images.graph.append(
    ExtractImagePatches(sizes: sizes, strides: strides, rates: rates, padding: padding), [images],
    name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
