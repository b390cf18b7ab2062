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
  private let outputPadding: PerAxis?
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
  ///   - outputPadding: How many rows and columns the output has beyond those that the windows
  ///     cover, less the border, each below the steps; without it, the output is as many times as
  ///     large as the steps. Height and width of inputs must be known for it.
  ///   - activation: What is applied to the sums.
  ///   - useBias: Whether each channel adds a number of its own.
  ///   - kernelInitializer: What the kernel begins with.
  ///   - biasInitializer: What the bias begins with.
  ///   - kernelRegularizer: What the kernel adds to the loss.
  ///   - name: The name of the layer; `conv2d_transpose`, … without it.
  public init(
    filters: Int, kernelSize: PerAxis, strides: PerAxis = 1, padding: Padding = .valid,
    outputPadding: PerAxis? = nil, activation: ActivationFunction = .linear,
    useBias: Bool = true,
    kernelInitializer: WeightInitializer = .glorotUniform,
    biasInitializer: WeightInitializer = .zeros, kernelRegularizer: Regularizer? = nil,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.outputPadding = outputPadding
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
      inputs[0], call["kernel"], outputSizes: try outputSizes(for: inputs[0].type),
      strides: strides, padding: padding)
    return try activation.applied(to: useBias ? biasAdd(sums, call["bias"]) : sums)
  }

  /// Height and width of the output where `outputPadding` decides them.
  private func outputSizes(for input: TensorType) throws -> [Int]? {
    guard let outputPadding else { return nil }
    let (window, steps) = (try kernelSize.pair("kernelSize"), try strides.pair("strides"))
    let numbers = outputPadding.numbers
    guard (1...2).contains(numbers.count), numbers[0] >= 0, numbers[0] < steps.height,
      numbers[numbers.count - 1] >= 0, numbers[numbers.count - 1] < steps.width
    else {
      throw ShapeError(
        "outputPadding must be at least 0 and below the strides \(strides.numbers), but it is"
          + " \(numbers)")
    }
    func size(_ axis: Int, _ name: String, _ window: Int, _ step: Int, _ more: Int) throws -> Int {
      let border = padding == .same ? 2 * (window / 2) : 0
      let (covered, overflow) = (try input.size(axis, name) - 1)
        .multipliedReportingOverflow(by: step)
      guard !overflow, Swift.max(covered, window) < 1 << 40 else {
        throw ShapeError("strides \(strides.numbers) or kernelSize is too large")
      }
      return covered + window - border + more
    }
    return [
      try size(1, "the height", window.height, steps.height, numbers[0]),
      try size(2, "the width", window.width, steps.width, numbers[numbers.count - 1]),
    ]
  }
}
