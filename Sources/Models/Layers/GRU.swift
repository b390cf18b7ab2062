import GraphIR
import Operators
import Tensors

/// A state that gates renew and reset (Cho 2014), in the form that resets after the product.
///
/// Inputs are batch, time, features; the number of steps must be known, since the layer is
/// unrolled. Weights: `gru_cell/kernel` [features, 3 units], `gru_cell/recurrent_kernel`
/// [units, 3 units], `gru_cell/bias` [2, 3 units]; gates come in the order update, reset,
/// candidate.
public struct GRU: RecurrentLayer {
  public let identity: LayerIdentity
  private var cell: RecurrentCell
  private let activation: ActivationFunction
  private let recurrentActivation: ActivationFunction

  /// A layer of gated recurrent units.
  ///
  /// - Parameters:
  ///   - units: The size of the state, and of the output.
  ///   - activation: What is applied to candidates of the state.
  ///   - recurrentActivation: What is applied to the sums of gates.
  ///   - useBias: Whether each sum has a number of its own.
  ///   - kernelInitializer: What the kernel of inputs begins with.
  ///   - recurrentInitializer: What the kernel of states begins with.
  ///   - kernelRegularizer: What the kernel of inputs adds to the loss.
  ///   - returnSequences: Whether the output has all steps, or the last one alone.
  ///   - goBackwards: Whether the sequence is gone through from its end.
  ///   - name: The name of the layer; `gru`, … without it.
  public init(
    _ units: Int, activation: ActivationFunction = .tanh,
    recurrentActivation: ActivationFunction = .sigmoid,
    useBias: Bool = true, kernelInitializer: WeightInitializer = .glorotUniform,
    recurrentInitializer: WeightInitializer = .orthogonal(), kernelRegularizer: Regularizer? = nil,
    returnSequences: Bool = false, goBackwards: Bool = false, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    cell = RecurrentCell(
      name: "gru_cell", units: units, gateCount: 3, useBias: useBias,
      kernelInitializer: kernelInitializer, recurrentInitializer: recurrentInitializer,
      kernelRegularizer: kernelRegularizer, returnSequences: returnSequences,
      goBackwards: goBackwards)
    self.activation = activation
    self.recurrentActivation = recurrentActivation
  }

  public var returnsSequences: Bool { cell.returnSequences }

  public func reversed() -> GRU {
    var result = self
    result.cell.goBackwards.toggle()
    return result
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    let kernels = try cell.kernels(for: inputs[0])
    return cell.useBias
      ? kernels + [LayerWeight("gru_cell/bias", [2, 3 * cell.units], .zeros)] : kernels
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let biases = cell.useBias ? unstack(call["gru_cell/bias"], count: 2) : []
    return try cell.unrolled(inputs[0], bias: biases.first, call) { projection, states in
      var recurrent = cell.recurrent(states[0], call)
      if cell.useBias { recurrent = biasAdd(recurrent, biases[1]) }
      let fromInput = split(projection, into: 3, axis: 1)
      let fromState = split(recurrent, into: 3, axis: 1)
      let update = try recurrentActivation.applied(to: fromInput[0] + fromState[0])
      let reset = try recurrentActivation.applied(to: fromInput[1] + fromState[1])
      let candidate = try activation.applied(to: fromInput[2] + reset * fromState[2])
      return [update * states[0] + (1 - update) * candidate]
    }
  }
}
