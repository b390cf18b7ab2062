import GraphIR
import Tensors

/// Images whose blocks of pixels are laid along the channels.
public struct SpaceToDepth: DepthBlocks {
  public static let name = "SpaceToDepth"
  public static let summary = "Images whose blocks of pixels are laid along the channels."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": fixedSizeTypes])

  public var blockSize = 2
  public var dataFormat = DataFormat.nhwc

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try checkBlocks(request)
    guard var sizes = request.shape(0).dimensions else { return [.unknown(rank: 4)] }
    let (height, width) = dataFormat.imageAxes
    for axis in [height, width] {
      guard let size = sizes[axis] else { continue }
      guard size % blockSize == 0 else {
        throw ShapeError(
          "input is \(request.inputs[0]), whose \(axis == height ? "height" : "width") is no"
            + " multiple of the block's size \(blockSize)")
      }
      sizes[axis] = size / blockSize
    }
    let axis = dataFormat.channelAxis(rank: 4)
    if let channels = sizes[axis] {
      let (count, overflow) = channels.multipliedReportingOverflow(by: blockSize * blockSize)
      if overflow { throw ShapeError("blockSize is \(blockSize), too large for any memory") }
      sizes[axis] = count
    }
    return [Shape(dimensions: sizes)]
  }

  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: SpaceToDepth.self)
    let back = depthToSpace(
      g.outputGradient, blockSize: operation.blockSize, dataFormat: operation.dataFormat)
    return [back]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (sizes, strides) = blockAxes(request.inputSizes(0))
    return try movementKernel(
      request.inputs[0].dataType,
      [Movement(sizes, from: .init(strides: strides), to: .whole(sizes))])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("images", SpaceToDepth(blockSize: 2), [.sample([2, 4, 6, 3])]),
      Sample("larger blocks", SpaceToDepth(blockSize: 3), [.sample([1, 3, 6, 1])]),
      Sample(
        "channels second", SpaceToDepth(blockSize: 2, dataFormat: .nchw), [.sample([2, 3, 4, 6])]),
      Sample("no images", SpaceToDepth(blockSize: 2), [.sample([0, 2, 2, 1])]),
      Sample(
        failing: "a rest", SpaceToDepth(blockSize: 2), [.sample([1, 4, 5, 1])],
        message: "input is Float64[1, 4, 5, 1], whose width is no multiple of the block's size 2"),
      Sample(
        failing: "a block of one", SpaceToDepth(blockSize: 1), [.sample([1, 2, 2, 1])],
        message: "blockSize must be from 2 to 2147483647, but it is 1"),
      Sample(
        failing: "a matrix", SpaceToDepth(), [.sample([2, 2])],
        message: "input must have rank 4, but it is Float64[2, 2]"),
    ]
  }
}

/// Images whose blocks of pixels are laid along the channels.
///
/// - Parameters:
///   - input: Images of any type but texts: batch, height, width, channels, or as `dataFormat`
///     says.
///   - blockSize: The height and width of a block, at least 2, of which both sizes are multiples.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: Smaller images with more channels: those of a block's first pixel, of the one to its
///   right, and so on, row by row.
public func spaceToDepth(
  _ input: Value, blockSize: Int, dataFormat: DataFormat = .nhwc, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    SpaceToDepth(blockSize: blockSize, dataFormat: dataFormat), [input], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
