import GraphIR
import Tensors

/// A tensor whose blocks of positions are spread over the batch.
public struct SpaceToBatchND: MovingOperator {
  public static let name = "SpaceToBatchND"
  public static let summary = "A tensor whose blocks of positions are spread over the batch."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("block_shape", "Tblock_shape", label: "blockShape"),
      .init("paddings", "Tpaddings", label: "paddings"),
    ],
    outputs: [.init("output", "T")],
    types: ["T": fixedSizeTypes, "Tblock_shape": .index, "Tpaddings": .index])
  public static let shapeInputs = [1, 2]
  public static let function: GraphFunction? = .derived(
    from: SpaceToBatchND.self, named: "spaceToBatch")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let input = request.shape(0)
    guard let blocks = try request.spatialBlocks("paddings"), var sizes = input.dimensions else {
      return [input.rank.map { .unknown(rank: $0) } ?? .unknown]
    }
    let (batch, overflow) = (sizes[0] ?? 0).multipliedReportingOverflow(by: try blocks.count())
    if overflow { throw ShapeError("block_shape is \(blocks.sizes), too large for any memory") }
    sizes[0] = sizes[0] == nil ? nil : batch
    for (axis, block) in blocks.sizes.enumerated() {
      guard let size = sizes[axis + 1] else { continue }
      let padded = try request.widened(size, blocks.borders[axis], axis + 1)
      guard padded % block == 0 else {
        throw ShapeError(
          "input is \(request.inputs[0]), and with its paddings \(padded) on axis \(axis + 1),"
            + " which is no multiple of the block's size \(block)")
      }
      sizes[axis + 1] = padded / block
    }
    return [Shape(dimensions: sizes)]
  }

  // What was spread is gathered, without what stood in the paddings.
  public static let gradient = GradientRule.rule { g in
    let back = g.graph.append(
      BatchToSpaceND(), [g.outputGradient, g.y, g.inputs[2]], origin: .unknown)
    return [back.output, nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (sizes, result) = (request.inputSizes(0), request.outputSizes())
    let blocks = SpatialBlocks(
      sizes: request.integers(1), borders: PaddingWidths.pairs(request.integers(2)))
    let type = request.inputs[0].dataType
    let clear = MovementPhase([
      Movement(result, from: .single(-1, rank: result.count), to: .whole(result))
    ])
    let isPadded = request.inputCount(0) != request.outputCount()
    if request.inputCount(0) == 0 { return try movementKernel(type, [clear]) }
    let movements = try blockMovements(blocks, whole: sizes, parts: result, intoParts: true)
    return try movementKernel(type, (isPadded ? [clear] : []) + [MovementPhase(movements)])
  }

  static func sample(
    _ label: String, _ operation: any Operator, _ input: [Int], _ block: [Int32],
    _ borders: [Int32], message: String? = nil
  ) -> Sample {
    let inputs = [
      .sample(input), Tensor(block), try! Tensor(borders, dimensions: [borders.count / 2, 2]),
    ]
    if let message { return Sample(failing: label, operation, inputs, message: message) }
    return Sample(label, operation, inputs)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("images", Self(), [2, 4, 6, 3], [2, 3], [0, 0, 0, 0]),
      sample("images with paddings", Self(), [1, 3, 4, 2], [2, 3], [1, 0, 0, 2]),
      sample("paddings that fill blocks", Self(), [1, 2, 3, 1], [2, 2], [3, 3, 2, 1]),
      sample("one axis", Self(), [2, 6], [3], [0, 0]),
      sample("three axes", Self(), [1, 2, 4, 2, 2], [2, 2, 1], [0, 0, 1, 1, 0, 1]),
      sample("no axes", Self(), [2, 3], [], []),
      sample("nothing", Self(), [0, 4, 2, 1], [2, 2], [0, 0, 0, 0]),
      sample("nothing but paddings", Self(), [1, 0, 2], [2], [1, 1]),
      Sample(
        "blocks in Int64", Self(),
        [
          .sample([1, 4, 2]), Tensor([Int64(2)]), try! Tensor([Int64(1), 1], dimensions: [1, 2]),
        ]),
      sample(
        "a rest", Self(), [1, 5, 4, 1], [2, 2], [0, 0, 0, 0],
        message: "input is Float64[1, 5, 4, 1], and with its paddings 5 on axis 1, which is no"
          + " multiple of the block's size 2"),
      sample(
        "an empty block", Self(), [1, 4, 4, 1], [2, 0], [0, 0, 0, 0],
        message: "block_shape must be above 0, but one size is 0"),
      sample(
        "a negative padding", Self(), [1, 4, 4, 1], [2, 2], [0, 0, -1, 1],
        message: "paddings must be at least 0, but one is -1"),
      sample(
        "too few axes", Self(), [4, 4], [2, 2], [0, 0, 0, 0],
        message: "input must have at least rank 3 for 2 sizes of blocks, but it is Float64[4, 4]"),
      sample(
        "other paddings", Self(), [1, 4, 4, 1], [2, 2], [0, 0],
        message: "block_shape is Int32[2], but paddings is Int32[1, 2]"),
    ]
  }
}

/// The types whose elements are all of one size, and can be moved.
let fixedSizeTypes = TypeSet(DataType.allCases.filter { $0 != .string })

/// A tensor whose blocks of positions are spread over the batch, as a dilated convolution wants it.
///
/// - Parameters:
///   - input: Any tensor but of texts, the batch first.
///   - blockShape: The size of a block along each of the axes behind the batch, as many as there
///     are sizes.
///   - paddings: For each of these how many zeros to put before and behind, so that blocks fit.
/// - Returns: A tensor whose batch is as many times larger as a block has positions; element 0 of
///   the batch, …, then the same of the next position in the blocks.
public func spaceToBatch(
  _ input: Value, blockShape: [Int], paddings: [[Int]], name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  guard input.isValid else { return input }
  let origin = Origin(fileID: fileID, line: line)
  let widths = paddingsConstant(paddings, "spaceToBatch", input.graph, origin)
  return input.graph.append(
    SpaceToBatchND(), [input, sizesConstant(blockShape, input.graph, origin), widths], name: name,
    origin: origin
  ).output
}
