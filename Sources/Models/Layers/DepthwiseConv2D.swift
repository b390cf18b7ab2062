import GraphIR
import Operators
import Tensors

/// A convolution whose filters see one channel each.
///
/// Inputs are batch, height, width, channels. Weights: `kernel` [height, width, channels,
/// depthMultiplier], `bias` [channels · depthMultiplier].
public struct DepthwiseConv2D: Layer {
  public let identity: LayerIdentity
  private let kernelSize: PerAxis
  private let strides: PerAxis
  private let padding: Padding
  private let depthMultiplier: Int
  private let dilationRate: PerAxis
  private let activation: ActivationFunction
  private let useBias: Bool
  private let depthwiseInitializer: WeightInitializer
  private let biasInitializer: WeightInitializer
  private let depthwiseRegularizer: Regularizer?

  /// A convolution of each channel alone.
  ///
  /// - Parameters:
  ///   - kernelSize: The size of a window: one number, or height and width.
  ///   - strides: The steps from window to window.
  ///   - padding: Whether windows may lie beyond the border, where zeros stand.
  ///   - depthMultiplier: How many filters each channel has.
  ///   - dilationRate: The steps within a window.
  ///   - activation: What is applied to the sums.
  ///   - useBias: Whether each filter adds a number of its own.
  ///   - depthwiseInitializer: What the kernel begins with.
  ///   - biasInitializer: What the bias begins with.
  ///   - depthwiseRegularizer: What the kernel adds to the loss.
  ///   - name: The name of the layer; `depthwise_conv2d`, … without it.
  public init(
    kernelSize: PerAxis, strides: PerAxis = 1, padding: Padding = .valid,
    depthMultiplier: Int = 1, dilationRate: PerAxis = 1,
    activation: ActivationFunction = .linear, useBias: Bool = true,
    depthwiseInitializer: WeightInitializer = .glorotUniform,
    biasInitializer: WeightInitializer = .zeros, depthwiseRegularizer: Regularizer? = nil,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.depthMultiplier = depthMultiplier
    self.dilationRate = dilationRate
    self.activation = activation
    self.useBias = useBias
    self.depthwiseInitializer = depthwiseInitializer
    self.biasInitializer = biasInitializer
    self.depthwiseRegularizer = depthwiseRegularizer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try requirePositive(depthMultiplier, "depthMultiplier")
    try requireUsual(padding)
    let window = try kernelSize.pair("kernelSize")
    try inputs[0].require(rank: 4, "batch, height, width, channels")
    try inputs[0].requireFloatingPoint()
    let channels = try inputs[0].size(-1, "the channels")
    let (filters, overflow) = channels.multipliedReportingOverflow(by: depthMultiplier)
    guard !overflow else { throw ShapeError("depthMultiplier \(depthMultiplier) is too large") }
    let kernel = LayerWeight(
      "kernel", [window.height, window.width, channels, depthMultiplier], depthwiseInitializer,
      regularizer: depthwiseRegularizer)
    return useBias ? [kernel, LayerWeight("bias", [filters], biasInitializer)] : [kernel]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let sums = depthwiseConv2D(
      inputs[0], call["kernel"], strides: strides, padding: padding, dilations: dilationRate)
    return try activation.applied(to: useBias ? biasAdd(sums, call["bias"]) : sums)
  }
}
