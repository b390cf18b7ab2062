import GraphIR
import Operators
import Tensors

/// A vector for each of some numbers, as for the words of a vocabulary.
///
/// Inputs are integers from 0 up to `inputDimension`. Weights: `embeddings` [inputDimension,
/// outputDimension].
public struct Embedding: Layer {
  public let identity: LayerIdentity
  private let inputDimension: Int
  private let outputDimension: Int
  private let embeddingsInitializer: WeightInitializer
  private let embeddingsRegularizer: Regularizer?

  public var inputType: DataType { .int32 }

  /// Vectors that are learnt.
  ///
  /// - Parameters:
  ///   - inputDimension: How many vectors there are.
  ///   - outputDimension: The size of each.
  ///   - embeddingsInitializer: What the vectors begin with.
  ///   - embeddingsRegularizer: What the vectors add to the loss.
  ///   - name: The name of the layer; `embedding`, … without it.
  public init(
    inputDimension: Int, outputDimension: Int,
    embeddingsInitializer: WeightInitializer = .randomUniform(),
    embeddingsRegularizer: Regularizer? = nil, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.inputDimension = inputDimension
    self.outputDimension = outputDimension
    self.embeddingsInitializer = embeddingsInitializer
    self.embeddingsRegularizer = embeddingsRegularizer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try requirePositive(inputDimension, "inputDimension")
    try requirePositive(outputDimension, "outputDimension")
    guard inputs[0].dataType.isNumeric else {
      throw ShapeError("integers were expected, found \(inputs[0])")
    }
    return [
      LayerWeight(
        "embeddings", [inputDimension, outputDimension], embeddingsInitializer,
        regularizer: embeddingsRegularizer)
    ]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let type = inputs[0].dataType
    let isIndex = type == .int32 || type == .int64
    return gather(call["embeddings"], isIndex ? inputs[0] : cast(inputs[0], to: .int32))
  }
}
