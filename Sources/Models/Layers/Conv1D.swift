import GraphIR
import Operators
import Tensors

/// Whether windows on a sequence may lie beyond its ends.
public enum SequencePadding: Sendable {
  /// They may not.
  case valid
  /// They may, beyond both ends, so that there is a window for each step.
  case same
  /// They may, before the first element alone, so that none sees what comes later.
  case causal
}

/// For each window on a sequence, and each filter, the sum of products of their elements.
///
/// Inputs are batch, length, channels. Weights: `kernel` [length, channels, filters], `bias`
/// [filters].
public struct Conv1D: Layer {
  public let identity: LayerIdentity
  private let filters: Int
  private let kernelSize: Int
  private let strides: Int
  private let padding: SequencePadding
  private let dilationRate: Int
  private let activation: ActivationFunction
  private let useBias: Bool
  private let kernelInitializer: WeightInitializer
  private let biasInitializer: WeightInitializer
  private let kernelRegularizer: Regularizer?

  /// A convolution of sequences.
  ///
  /// - Parameters:
  ///   - filters: The number of filters, which are the channels of the output.
  ///   - kernelSize: The length of a window.
  ///   - strides: The steps from window to window.
  ///   - padding: Whether windows may lie beyond the ends, where zeros stand.
  ///   - dilationRate: The steps within a window.
  ///   - activation: What is applied to the sums.
  ///   - useBias: Whether each filter adds a number of its own.
  ///   - kernelInitializer: What the kernel begins with.
  ///   - biasInitializer: What the bias begins with.
  ///   - kernelRegularizer: What the kernel adds to the loss.
  ///   - name: The name of the layer; `conv1d`, `conv1d_1`, … without it.
  public init(
    filters: Int, kernelSize: Int, strides: Int = 1, padding: SequencePadding = .valid,
    dilationRate: Int = 1, activation: ActivationFunction = .linear, useBias: Bool = true,
    kernelInitializer: WeightInitializer = .glorotUniform,
    biasInitializer: WeightInitializer = .zeros, kernelRegularizer: Regularizer? = nil,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.dilationRate = dilationRate
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try requirePositive(filters, "filters")
    try requirePositive(kernelSize, "kernelSize")
    try requirePositive(dilationRate, "dilationRate")
    try inputs[0].require(rank: 3, "batch, length, channels")
    try inputs[0].requireFloatingPoint()
    let kernel = LayerWeight(
      "kernel", [kernelSize, try inputs[0].size(-1, "the channels"), filters], kernelInitializer,
      regularizer: kernelRegularizer)
    return useBias ? [kernel, LayerWeight("bias", [filters], biasInitializer)] : [kernel]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    var input = inputs[0]
    if padding == .causal {
      let (reach, overflow) = (kernelSize - 1).multipliedReportingOverflow(by: dilationRate)
      guard !overflow else { throw ShapeError("dilationRate \(dilationRate) is too large") }
      input = pad(input, paddings: [[0, 0], [reach, 0], [0, 0]])
    }
    let sums = conv1D(
      input, call["kernel"], strides: strides, padding: padding == .same ? .same : .valid,
      dilations: dilationRate)
    return try activation.applied(to: useBias ? biasAdd(sums, call["bias"]) : sums)
  }
}
