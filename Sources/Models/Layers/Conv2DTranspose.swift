import GraphIR
import Operators
import Tensors

/// The images that a convolution would make such inputs of, as a decoder enlarges them.
///
/// Inputs are batch, height, width, channels. Weights: `kernel` [height, width, filters,
/// channels], `bias` [filters].
public struct Conv2DTranspose: Layer {
  public let identity: LayerIdentity
  private let filters: Int
  private let kernelSize: PerAxis
  private let strides: PerAxis
  private let padding: Padding
  private let activation: ActivationFunction
  private let useBias: Bool
  private let kernelInitializer: WeightInitializer
  private let biasInitializer: WeightInitializer
  private let kernelRegularizer: Regularizer?

  /// A transposed convolution of images.
  ///
  /// - Parameters:
  ///   - filters: The channels of the output.
  ///   - kernelSize: The size of a window: one number, or height and width.
  ///   - strides: The steps from window to window on the output.
  ///   - padding: Whether windows may lie beyond the border of the output.
  ///   - activation: What is applied to the sums.
  ///   - useBias: Whether each channel adds a number of its own.
  ///   - kernelInitializer: What the kernel begins with.
  ///   - biasInitializer: What the bias begins with.
  ///   - kernelRegularizer: What the kernel adds to the loss.
  ///   - name: The name of the layer; `conv2d_transpose`, … without it.
  public init(
    filters: Int, kernelSize: PerAxis, strides: PerAxis = 1, padding: Padding = .valid,
    activation: ActivationFunction = .linear, useBias: Bool = true,
    kernelInitializer: WeightInitializer = .glorotUniform,
    biasInitializer: WeightInitializer = .zeros, kernelRegularizer: Regularizer? = nil,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try requirePositive(filters, "filters")
    try requireUsual(padding)
    let window = try kernelSize.pair("kernelSize")
    try inputs[0].require(rank: 4, "batch, height, width, channels")
    try inputs[0].requireFloatingPoint()
    let channels = try inputs[0].size(-1, "the channels")
    let kernel = LayerWeight(
      "kernel", [window.height, window.width, filters, channels], kernelInitializer,
      regularizer: kernelRegularizer)
    return useBias ? [kernel, LayerWeight("bias", [filters], biasInitializer)] : [kernel]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let sums = conv2DTranspose(
      inputs[0], call["kernel"], strides: strides, padding: padding)
    return try activation.applied(to: useBias ? biasAdd(sums, call["bias"]) : sums)
  }
}
