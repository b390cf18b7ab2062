import GraphIR
import Operators
import Tensors

/// An operator on images whose channels stand second, as it is where they stand last.
struct ImageLayout {
  /// The operator for channels last.
  var operation: any Operator
  /// The inputs that are images.
  var images: [Int] = []
  /// The inputs that hold the sizes of images, a number for each axis.
  var sizes: [Int] = []
  /// Whether the first output is images.
  var givesImages = true

  /// For each axis of images with channels last where it stands when they stand second.
  static let channelsLast = [0, 2, 3, 1]
  /// The other way round.
  static let channelsSecond = [0, 3, 1, 2]

  /// `nil` for what does not say where channels stand, and where they stand last.
  init?(_ operation: any Operator) {
    self.operation = operation
    switch operation {
    case let convolution as any ConvolutionOperator:
      guard convolution.windows.dataFormat == .nchw else { return nil }
      self.operation = Self.channelsLast(convolution)
      switch operation {
      case is Conv2D, is DepthwiseConv2dNative: images = [0]
      case is Conv2DBackpropInput, is DepthwiseConv2dNativeBackpropInput:
        (sizes, images) = ([0], [2])
      case is Conv2DBackpropFilter, is DepthwiseConv2dNativeBackpropFilter:
        (images, givesImages) = ([0, 2], false)
      default: return nil
      }
    case let pooling as any PoolingOperator:
      guard pooling.windows.dataFormat == .nchw else { return nil }
      self.operation = Self.channelsLast(pooling)
      switch operation {
      case is MaxPool, is AvgPool: images = [0]
      case is AvgPoolGrad: (sizes, images) = ([0], [1])
      case is MaxPoolGrad: images = [0, 1, 2]
      default: return nil
      }
    case let normalizing as any BatchNormalizing:
      guard normalizing.normalization.dataFormat == .nchw else { return nil }
      self.operation = Self.channelsLast(normalizing)
      images = operation is any BatchNormalizationBackward ? [0, 1] : [0]
    case var bias as BiasAdd:
      guard bias.dataFormat == .nchw else { return nil }
      bias.dataFormat = .nhwc
      (self.operation, images) = (bias, [0])
    case var bias as BiasAddGrad:
      guard bias.dataFormat == .nchw else { return nil }
      bias.dataFormat = .nhwc
      (self.operation, images, givesImages) = (bias, [0], false)
    default: return nil
    }
  }

  private static func channelsLast(_ operation: some ConvolutionOperator) -> any Operator {
    var operation = operation
    operation.windows.dataFormat = .nhwc
    operation.windows.strides = moved(operation.windows.strides)
    operation.windows.dilations = moved(operation.windows.dilations)
    operation.windows.explicitPaddings = movedPairs(operation.windows.explicitPaddings)
    return operation
  }

  private static func channelsLast(_ operation: some PoolingOperator) -> any Operator {
    var operation = operation
    operation.windows.dataFormat = .nhwc
    operation.windows.sizes = moved(operation.windows.sizes)
    operation.windows.strides = moved(operation.windows.strides)
    operation.windows.explicitPaddings = movedPairs(operation.windows.explicitPaddings)
    return operation
  }

  private static func channelsLast(_ operation: some BatchNormalizing) -> any Operator {
    var operation = operation
    operation.normalization.dataFormat = .nhwc
    return operation
  }

  /// What stands for the axes of images, where the channels stand last.
  static func moved<Element>(_ list: [Element]) -> [Element] {
    list.count == 4 ? channelsLast.map { list[$0] } : list
  }

  /// The same where two numbers stand for each axis.
  static func movedPairs(_ list: [Int]) -> [Int] {
    list.count == 8 ? channelsLast.flatMap { [list[2 * $0], list[2 * $0 + 1]] } : list
  }
}
