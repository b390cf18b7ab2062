import GraphIR
import Operators
import Tensors

/// A state that is a function of the input and of the state before.
///
/// Inputs are batch, time, features; the number of steps must be known, since the layer is
/// unrolled. Weights: `simple_rnn_cell/kernel` [features, units],
/// `simple_rnn_cell/recurrent_kernel` [units, units], `simple_rnn_cell/bias` [units].
public struct SimpleRNN: RecurrentLayer {
  public let identity: LayerIdentity
  private var cell: RecurrentCell
  private let activation: ActivationFunction

  /// A fully connected recurrent layer.
  ///
  /// - Parameters:
  ///   - units: The size of the state, and of the output.
  ///   - activation: What is applied to candidates of the state.
  ///   - useBias: Whether each sum has a number of its own.
  ///   - kernelInitializer: What the kernel of inputs begins with.
  ///   - recurrentInitializer: What the kernel of states begins with.
  ///   - kernelRegularizer: What the kernel of inputs adds to the loss.
  ///   - returnSequences: Whether the output has all steps, or the last one alone.
  ///   - goBackwards: Whether the sequence is gone through from its end.
  ///   - name: The name of the layer; `simple_rnn`, … without it.
  public init(
    _ units: Int, activation: ActivationFunction = .tanh,
    useBias: Bool = true, kernelInitializer: WeightInitializer = .glorotUniform,
    recurrentInitializer: WeightInitializer = .orthogonal(), kernelRegularizer: Regularizer? = nil,
    returnSequences: Bool = false, goBackwards: Bool = false, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    cell = RecurrentCell(
      name: "simple_rnn_cell", units: units, gateCount: 1, useBias: useBias,
      kernelInitializer: kernelInitializer, recurrentInitializer: recurrentInitializer,
      kernelRegularizer: kernelRegularizer, returnSequences: returnSequences,
      goBackwards: goBackwards)
    self.activation = activation
  }

  public var returnsSequences: Bool { cell.returnSequences }

  public func reversed() -> SimpleRNN {
    var result = self
    result.cell.goBackwards.toggle()
    return result
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    let kernels = try cell.kernels(for: inputs[0])
    return cell.useBias
      ? kernels + [LayerWeight("simple_rnn_cell/bias", [cell.units], .zeros)] : kernels
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try cell.unrolled(
      inputs[0], bias: cell.useBias ? call["simple_rnn_cell/bias"] : nil, call
    ) { projection, states in
      [try activation.applied(to: projection + cell.recurrent(states[0], call))]
    }
  }
}
