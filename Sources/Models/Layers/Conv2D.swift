import GraphIR
import Operators
import Tensors

/// For each window on an image, and each filter, the sum of products of their elements.
///
/// Inputs are batch, height, width, channels. Weights: `kernel` [height, width, channels / groups,
/// filters], `bias` [filters].
public struct Conv2D: Layer {
  public let identity: LayerIdentity
  private let filters: Int
  private let kernelSize: PerAxis
  private let strides: PerAxis
  private let padding: Padding
  private let dilationRate: PerAxis
  private let groups: Int
  private let activation: ActivationFunction
  private let useBias: Bool
  private let kernelInitializer: WeightInitializer
  private let biasInitializer: WeightInitializer
  private let kernelRegularizer: Regularizer?
  private let biasRegularizer: Regularizer?

  /// A convolution of images.
  ///
  /// - Parameters:
  ///   - filters: The number of filters, which are the channels of the output.
  ///   - kernelSize: The size of a window: one number, or height and width.
  ///   - strides: The steps from window to window.
  ///   - padding: Whether windows may lie beyond the border, where zeros stand.
  ///   - dilationRate: The steps within a window.
  ///   - groups: Into how many groups the channels are divided, each with filters of its own.
  ///   - activation: What is applied to the sums.
  ///   - useBias: Whether each filter adds a number of its own.
  ///   - kernelInitializer: What the kernel begins with.
  ///   - biasInitializer: What the bias begins with.
  ///   - kernelRegularizer: What the kernel adds to the loss.
  ///   - biasRegularizer: What the bias adds to the loss.
  ///   - name: The name of the layer; `conv2d`, `conv2d_1`, … without it.
  public init(
    filters: Int, kernelSize: PerAxis, strides: PerAxis = 1, padding: Padding = .valid,
    dilationRate: PerAxis = 1, groups: Int = 1, activation: ActivationFunction = .linear,
    useBias: Bool = true, kernelInitializer: WeightInitializer = .glorotUniform,
    biasInitializer: WeightInitializer = .zeros, kernelRegularizer: Regularizer? = nil,
    biasRegularizer: Regularizer? = nil, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.dilationRate = dilationRate
    self.groups = groups
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
    self.biasRegularizer = biasRegularizer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try requirePositive(filters, "filters")
    try requireUsual(padding)
    let window = try kernelSize.pair("kernelSize")
    try inputs[0].require(rank: 4, "batch, height, width, channels")
    try inputs[0].requireFloatingPoint()
    let channels = try inputs[0].size(-1, "the channels")
    guard groups > 0, channels % groups == 0, filters % groups == 0 else {
      throw ShapeError(
        "groups must divide the channels (\(channels)) and the filters (\(filters)), but it is"
          + " \(groups)")
    }
    let kernel = LayerWeight(
      "kernel", [window.height, window.width, channels / groups, filters], kernelInitializer,
      regularizer: kernelRegularizer)
    let bias = LayerWeight("bias", [filters], biasInitializer, regularizer: biasRegularizer)
    return useBias ? [kernel, bias] : [kernel]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let sums = conv2D(
      inputs[0], call["kernel"], strides: strides, padding: padding, dilations: dilationRate)
    return try activation.applied(to: useBias ? biasAdd(sums, call["bias"]) : sums)
  }
}
