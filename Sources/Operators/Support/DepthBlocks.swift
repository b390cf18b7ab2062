import GraphIR
import Tensors

/// An operator that moves blocks of pixels to the channels of images, or back.
public protocol DepthBlocks: MovingOperator {
  /// The height and width of a block.
  var blockSize: Int { get set }
  /// Where the axis of the channels stands.
  var dataFormat: DataFormat { get set }
}

extension DepthBlocks {
  /// An operator on blocks of that size.
  public init(blockSize: Int, dataFormat: DataFormat = .nhwc) {
    self.init()
    self.blockSize = blockSize
    self.dataFormat = dataFormat
  }

  public static var attributes: [Attribute<Self>] {
    [
      .init("block_size", \.blockSize, "The height and width of a block.", isRequired: true),
      .init("data_format", \.dataFormat, "Where the axis of the channels stands."),
    ]
  }

  /// Throws `ShapeError` unless there are images and a block.
  func checkBlocks(_ request: ShapeRequest) throws {
    try request.require(rank: 4, of: 0, named: "input")
    guard (2...Int(Int32.max)).contains(blockSize) else {
      throw ShapeError("blockSize must be from 2 to \(Int32.max), but it is \(blockSize)")
    }
  }

  /// The sizes of the axes that an image has between whole and blocks, in the order of the blocks,
  /// and the distance from position to position on each in the whole.
  ///
  /// - Parameter whole: The sizes of images whose blocks lie beside each other.
  func blockAxes(_ whole: [Int]) -> (sizes: [Int], strides: [Int]) {
    let (height, width) = dataFormat.imageAxes
    let strides = rowMajorStrides(whole)
    let channelAxis = dataFormat.channelAxis(rank: 4)
    let batch = (whole[0], strides[0])
    let channel = (whole[channelAxis], strides[channelAxis])
    let outer = [height, width].map { (whole[$0] / blockSize, strides[$0] &* blockSize) }
    let inner = [height, width].map { (blockSize, strides[$0]) }
    let axes =
      dataFormat == .nhwc
      ? [batch] + outer + inner + [channel] : [batch] + inner + [channel] + outer
    return (axes.map { $0.0 }, axes.map { $0.1 })
  }
}
