import GraphIR
import Operators
import Tensors

/// Each output a weighted sum of all inputs along the last axis, and a number of its own.
///
/// Weights: `kernel` [inputs, units], `bias` [units].
public struct Dense: Layer {
  public let identity: LayerIdentity
  private let units: Int
  private let activation: ActivationFunction
  private let useBias: Bool
  private let kernelInitializer: WeightInitializer
  private let biasInitializer: WeightInitializer
  private let kernelRegularizer: Regularizer?
  private let biasRegularizer: Regularizer?

  /// A fully connected layer.
  ///
  /// - Parameters:
  ///   - units: The size of the last axis of the output.
  ///   - activation: What is applied to the sums.
  ///   - useBias: Whether each output has a number of its own.
  ///   - kernelInitializer: What the kernel begins with.
  ///   - biasInitializer: What the bias begins with.
  ///   - kernelRegularizer: What the kernel adds to the loss.
  ///   - biasRegularizer: What the bias adds to the loss.
  ///   - name: The name of the layer; `dense`, `dense_1`, … without it.
  public init(
    _ units: Int, activation: ActivationFunction = .linear, useBias: Bool = true,
    kernelInitializer: WeightInitializer = .glorotUniform,
    biasInitializer: WeightInitializer = .zeros, kernelRegularizer: Regularizer? = nil,
    biasRegularizer: Regularizer? = nil, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.units = units
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
    self.biasRegularizer = biasRegularizer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try requirePositive(units, "units")
    try inputs[0].requireFloatingPoint()
    guard inputs[0].shape.rank ?? 0 >= 2 else {
      throw ShapeError("an input of rank 2 or more was expected, found \(inputs[0])")
    }
    let sizes = [try inputs[0].size(-1, "the last axis"), units]
    let kernel = LayerWeight(
      "kernel", sizes, kernelInitializer, regularizer: kernelRegularizer)
    let bias = LayerWeight("bias", [units], biasInitializer, regularizer: biasRegularizer)
    return useBias ? [kernel, bias] : [kernel]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let input = inputs[0]
    let product =
      input.shape.rank == 2
      ? matmul(input, call["kernel"]) : tensordot(input, call["kernel"], axes: 1)
    return try activation.applied(to: useBias ? biasAdd(product, call["bias"]) : product)
  }
}
