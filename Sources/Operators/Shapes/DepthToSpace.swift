import GraphIR
import Tensors

/// Images whose channels are laid out as blocks of pixels.
public struct DepthToSpace: DepthBlocks {
  public static let name = "DepthToSpace"
  public static let summary = "Images whose channels are laid out as blocks of pixels."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": fixedSizeTypes])

  public var blockSize = 2
  public var dataFormat = DataFormat.nhwc

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try checkBlocks(request)
    guard var sizes = request.shape(0).dimensions else { return [.unknown(rank: 4)] }
    let (height, width) = dataFormat.imageAxes
    let axis = dataFormat.channelAxis(rank: 4)
    if let channels = sizes[axis] {
      guard channels % (blockSize * blockSize) == 0 else {
        throw ShapeError(
          "input is \(request.inputs[0]), whose \(channels) channels are no multiple of the"
            + " \(blockSize * blockSize) pixels of a block")
      }
      sizes[axis] = channels / (blockSize * blockSize)
    }
    for axis in [height, width] {
      guard let size = sizes[axis] else { continue }
      let (count, overflow) = size.multipliedReportingOverflow(by: blockSize)
      if overflow { throw ShapeError("blockSize is \(blockSize), too large for any memory") }
      sizes[axis] = count
    }
    return [Shape(dimensions: sizes)]
  }

  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: DepthToSpace.self)
    let back = spaceToDepth(
      g.outputGradient, blockSize: operation.blockSize, dataFormat: operation.dataFormat)
    return [back]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let (sizes, strides) = blockAxes(request.outputSizes())
    return try movementKernel(
      request.inputs[0].dataType,
      [Movement(sizes, from: .whole(sizes), to: .init(strides: strides))])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("images", DepthToSpace(blockSize: 2), [.sample([2, 2, 3, 8])]),
      Sample("larger blocks", DepthToSpace(blockSize: 3), [.sample([1, 2, 1, 9])]),
      Sample(
        "channels second", DepthToSpace(blockSize: 2, dataFormat: .nchw), [.sample([2, 8, 2, 3])]),
      Sample("no images", DepthToSpace(blockSize: 2), [.sample([0, 2, 2, 4])]),
      Sample(
        failing: "too few channels", DepthToSpace(blockSize: 2), [.sample([1, 4, 5, 6])],
        message: "input is Float64[1, 4, 5, 6], whose 6 channels are no multiple of the 4 pixels of"
          + " a block"),
      Sample(
        failing: "a block of one", DepthToSpace(blockSize: 1), [.sample([1, 2, 2, 1])],
        message: "blockSize must be from 2 to 2147483647, but it is 1"),
    ]
  }
}

/// Images whose channels are laid out as blocks of pixels.
///
/// - Parameters:
///   - input: Images of any type but texts: batch, height, width, channels, or as `dataFormat`
///     says.
///   - blockSize: The height and width of a block, at least 2; the channels are a multiple of its
///     pixels.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: Larger images with fewer channels: the first of `input` become those of a block's
///   first pixel, the next those of the one to its right, and so on, row by row.
public func depthToSpace(
  _ input: Value, blockSize: Int, dataFormat: DataFormat = .nhwc, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    DepthToSpace(blockSize: blockSize, dataFormat: dataFormat), [input], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
