import GraphIR
import Tensors

/// A tensor whose batch is gathered to blocks of positions.
public struct BatchToSpaceND: MovingOperator {
  public static let name = "BatchToSpaceND"
  public static let summary = "A tensor whose batch is gathered to blocks of positions."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("block_shape", "Tblock_shape", label: "blockShape"),
      .init("crops", "Tcrops", label: "crops"),
    ],
    outputs: [.init("output", "T")],
    types: ["T": fixedSizeTypes, "Tblock_shape": .index, "Tcrops": .index])
  public static let shapeInputs = [1, 2]
  public static let function: GraphFunction? = .derived(
    from: BatchToSpaceND.self, named: "batchToSpace")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let input = request.shape(0)
    guard let blocks = try request.spatialBlocks("crops"), var sizes = input.dimensions else {
      return [input.rank.map { .unknown(rank: $0) } ?? .unknown]
    }
    let count = try blocks.count()
    if let batch = sizes[0] {
      guard batch % count == 0 else {
        throw ShapeError(
          "input is \(request.inputs[0]), whose batch is no multiple of the \(count) positions of"
            + " a block of shape \(blocks.sizes)")
      }
      sizes[0] = batch / count
    }
    for (axis, block) in blocks.sizes.enumerated() {
      guard let size = sizes[axis + 1] else { continue }
      let (whole, overflow) = size.multipliedReportingOverflow(by: block)
      let cropped = try request.widened(0, blocks.borders[axis], axis + 1)
      guard !overflow, cropped <= whole else {
        throw ShapeError(
          "input is \(request.inputs[0]), which with blocks of \(block) has"
            + " \(overflow ? "too many" : String(whole)) positions on axis \(axis + 1), but crops"
            + " takes away \(cropped)")
      }
      sizes[axis + 1] = whole - cropped
    }
    return [Shape(dimensions: sizes)]
  }

  public static let gradient = GradientRule.rule { g in
    let back = g.graph.append(
      SpaceToBatchND(), [g.outputGradient, g.y, g.inputs[2]], origin: .unknown)
    return [back.output, nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let blocks = SpatialBlocks(
      sizes: request.integers(1), borders: PaddingWidths.pairs(request.integers(2)))
    return try movementKernel(
      request.inputs[0].dataType,
      try blockMovements(
        blocks, whole: request.outputSizes(), parts: request.inputSizes(0), intoParts: false))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    let sample = SpaceToBatchND.sample
    return [
      sample("images", Self(), [12, 2, 1, 3], [2, 3], [0, 0, 0, 0], nil),
      sample("images with crops", Self(), [6, 3, 2, 2], [2, 3], [1, 0, 2, 1], nil),
      sample("one axis", Self(), [6, 2], [3], [0, 0], nil),
      sample("three axes", Self(), [4, 2, 2, 2, 2], [2, 2, 1], [0, 1, 1, 1, 0, 1], nil),
      sample("no axes", Self(), [2, 3], [], [], nil),
      sample("nothing", Self(), [0, 2, 2, 1], [2, 2], [0, 0, 0, 0], nil),
      sample("nothing is left", Self(), [4, 2, 2, 1], [2, 2], [3, 1, 0, 0], nil),
      sample(
        "a batch that is no multiple", Self(), [3, 2, 2, 1], [2, 2], [0, 0, 0, 0],
        "input is Float64[3, 2, 2, 1], whose batch is no multiple of the 4 positions of a block of"
          + " shape [2, 2]"),
      sample(
        "more than there is", Self(), [4, 2, 2, 1], [2, 2], [0, 0, 3, 2],
        "input is Float64[4, 2, 2, 1], which with blocks of 2 has 4 positions on axis 2, but crops"
          + " takes away 5"),
    ]
  }
}

/// A tensor whose batch is gathered to blocks of positions: what `spaceToBatch` spread.
///
/// - Parameters:
///   - input: Any tensor but of texts, the batch first, a multiple of a block's positions.
///   - blockShape: The size of a block along each of the axes behind the batch, as many as there
///     are sizes.
///   - crops: For each of these how many positions to leave out before and behind.
/// - Returns: A tensor with as many positions more as its batch is smaller, less the crops.
public func batchToSpace(
  _ input: Value, blockShape: [Int], crops: [[Int]], name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  guard input.isValid else { return input }
  let origin = Origin(fileID: fileID, line: line)
  let widths = paddingsConstant(crops, "batchToSpace", input.graph, origin)
  return input.graph.append(
    BatchToSpaceND(), [input, sizesConstant(blockShape, input.graph, origin), widths], name: name,
    origin: origin
  ).output
}
