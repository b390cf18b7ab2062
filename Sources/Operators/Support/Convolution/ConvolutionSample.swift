import GraphIR
import Tensors

/// What a convolution and its gradients are tried with.
struct ConvolutionSample {
  var label: String
  var windows: ConvolutionWindows
  var kind: ConvolutionKind
  var imageShape: [Int]
  var filterShape: [Int]

  private init(
    _ kind: ConvolutionKind, _ label: String, _ images: [Int], _ filters: [Int],
    strides: PerAxis = 1, _ padding: Padding = .valid, _ explicitPaddings: [Int] = [],
    dilations: PerAxis = 1, format: DataFormat = .nhwc
  ) {
    self.kind = kind
    self.label = label
    imageShape = images
    filterShape = filters
    windows = ConvolutionWindows(
      strides: strides, padding: padding, explicitPaddings: explicitPaddings,
      dilations: dilations, dataFormat: format)
  }

  var images: Tensor { .sample(imageShape) }
  var filters: Tensor { .sample(filterShape, seed: 2) }
  var imageSizes: Tensor { Tensor(imageShape.map { Int32($0) }) }
  var filterSizes: Tensor { Tensor(filterShape.map { Int32($0) }) }

  /// Numbers of the shape of the result.
  var results: Tensor {
    let inputs = [imageShape, filterShape].map { TensorType(.float64, Shape($0)) }
    return .sample(
      try! windows.outputShape(ShapeRequest(inputs: inputs), kind).known!, seed: 3)
  }

  /// A sample of an operator for the inputs that are chosen.
  func sample<Op: ConvolutionOperator>(_ type: Op.Type, _ inputs: [Tensor]) -> Sample {
    Sample(label, Op(windows), inputs)
  }

  /// Samples of convolutions over all channels.
  @_optimize(none)
  static var full: [ConvolutionSample] {
    [
      .init(.full, "inside", [2, 4, 5, 2], [2, 3, 2, 3]),
      .init(.full, "beyond the border", [1, 4, 5, 2], [3, 2, 2, 3], .same),
      .init(.full, "with steps", [1, 7, 6, 1], [3, 3, 1, 2], strides: [2, 3]),
      .init(
        .full, "beyond the border, with steps", [2, 5, 6, 2], [3, 4, 2, 2], strides: 2, .same),
      .init(.full, "steps over pixels", [1, 7, 6, 2], [2, 1, 2, 2], strides: 3),
      .init(.full, "explicit paddings", [1, 4, 5, 2], [2, 3, 2, 2], .explicit, [1, 2, 0, 1]),
      .init(
        .full, "explicit paddings with steps", [1, 5, 4, 1], [3, 2, 1, 2], strides: 2, .explicit,
        [0, 3, 1, 1]),
      .init(.full, "with gaps", [1, 7, 6, 2], [2, 3, 2, 2], dilations: [3, 2]),
      .init(
        .full, "with gaps beyond the border", [1, 5, 4, 1], [3, 2, 1, 2], .same,
        dilations: [1, 3]),
      .init(.full, "pixels", [2, 3, 3, 4], [1, 1, 4, 3]),
      .init(.full, "some pixels", [1, 5, 5, 2], [1, 1, 2, 3], strides: 2, .same),
      .init(.full, "a window larger than the image", [1, 2, 2, 1], [5, 4, 1, 2], .same),
      .init(.full, "whole images", [2, 3, 3, 2], [3, 3, 2, 4]),
      .init(.full, "many channels", [1, 3, 4, 40], [2, 3, 40, 2], .same),
      .init(.full, "groups", [1, 4, 4, 4], [2, 2, 2, 6], .same),
      .init(.full, "groups of pixels", [1, 2, 3, 4], [1, 1, 2, 4]),
      .init(.full, "no image", [0, 4, 4, 2], [2, 2, 2, 3]),
      .init(
        .full, "channels second", [2, 2, 4, 5], [2, 3, 2, 3], strides: [2, 1], .same,
        format: .nchw),
      .init(
        .full, "explicit paddings, channels second", [1, 2, 5, 4], [2, 3, 2, 2],
        strides: [1, 2], .explicit, [1, 2, 0, 1], format: .nchw),
      .init(
        .full, "with gaps, channels second", [1, 2, 6, 7], [2, 3, 2, 2], .same,
        dilations: [2, 3], format: .nchw),
      .init(.full, "pixels, channels second", [2, 4, 3, 2], [1, 1, 4, 3], format: .nchw),
      .init(.full, "groups, channels second", [2, 4, 3, 4], [2, 2, 2, 6], format: .nchw),
    ]
  }

  /// Samples of depthwise convolutions.
  @_optimize(none)
  static var depthwise: [ConvolutionSample] {
    [
      .init(.depthwise, "inside", [2, 4, 5, 3], [2, 3, 3, 1]),
      .init(.depthwise, "two filters for each channel", [1, 4, 5, 3], [2, 3, 3, 2], .same),
      .init(.depthwise, "one channel", [1, 4, 4, 1], [3, 2, 1, 5], .same),
      .init(.depthwise, "with steps", [1, 7, 6, 2], [3, 3, 2, 1], strides: 2),
      .init(
        .depthwise, "beyond the border, with steps", [2, 5, 6, 2], [3, 4, 2, 2], strides: 2,
        .same),
      .init(.depthwise, "uneven steps", [1, 7, 6, 2], [2, 3, 2, 2], strides: [3, 1], .same),
      .init(
        .depthwise, "explicit paddings", [1, 4, 5, 2], [2, 3, 2, 2], .explicit, [1, 2, 0, 1]),
      .init(.depthwise, "with gaps", [1, 7, 6, 2], [2, 3, 2, 1], dilations: [3, 2]),
      .init(
        .depthwise, "with gaps and steps", [1, 6, 7, 2], [2, 3, 2, 2], strides: 2, .same,
        dilations: [1, 2]),
      .init(.depthwise, "many channels", [1, 3, 4, 67], [2, 3, 67, 1], .same),
      .init(.depthwise, "pixels", [2, 3, 3, 4], [1, 1, 4, 2]),
      .init(.depthwise, "no image", [0, 4, 4, 2], [2, 2, 2, 3]),
      .init(
        .depthwise, "channels second", [2, 3, 4, 5], [2, 3, 3, 1], strides: [2, 1], .same,
        format: .nchw),
      .init(
        .depthwise, "two filters for each channel, channels second", [2, 2, 5, 6], [2, 3, 2, 2],
        strides: [1, 2], .explicit, [1, 2, 0, 1], format: .nchw),
      .init(
        .depthwise, "with gaps, channels second", [1, 2, 6, 7], [2, 3, 2, 2], dilations: [2, 3],
        format: .nchw),
    ]
  }
}
