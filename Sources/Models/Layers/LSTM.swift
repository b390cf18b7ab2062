import GraphIR
import Operators
import Tensors

/// Long short-term memory: a state, and a memory that gates fill, keep and show (Hochreiter 1997).
///
/// Inputs are batch, time, features; the number of steps must be known, since the layer is
/// unrolled. Weights: `lstm_cell/kernel` [features, 4 units], `lstm_cell/recurrent_kernel`
/// [units, 4 units], `lstm_cell/bias` [4 units]; gates come in the order input, forget,
/// candidate, output.
public struct LSTM: RecurrentLayer {
  public let identity: LayerIdentity
  private var cell: RecurrentCell
  private let activation: ActivationFunction
  private let recurrentActivation: ActivationFunction
  private let unitForgetBias: Bool

  /// A layer of long short-term memory.
  ///
  /// - Parameters:
  ///   - units: The size of the state, and of the output.
  ///   - activation: What is applied to candidates of the state.
  ///   - recurrentActivation: What is applied to the sums of gates.
  ///   - useBias: Whether each sum has a number of its own.
  ///   - kernelInitializer: What the kernel of inputs begins with.
  ///   - recurrentInitializer: What the kernel of states begins with.
  ///   - unitForgetBias: Whether the bias of the forget gate begins with ones.
  ///   - kernelRegularizer: What the kernel of inputs adds to the loss.
  ///   - returnSequences: Whether the output has all steps, or the last one alone.
  ///   - goBackwards: Whether the sequence is gone through from its end.
  ///   - name: The name of the layer; `lstm`, … without it.
  public init(
    _ units: Int, activation: ActivationFunction = .tanh,
    recurrentActivation: ActivationFunction = .sigmoid,
    useBias: Bool = true, kernelInitializer: WeightInitializer = .glorotUniform,
    recurrentInitializer: WeightInitializer = .orthogonal(), unitForgetBias: Bool = true,
    kernelRegularizer: Regularizer? = nil,
    returnSequences: Bool = false, goBackwards: Bool = false, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    cell = RecurrentCell(
      name: "lstm_cell", units: units, gateCount: 4, useBias: useBias,
      kernelInitializer: kernelInitializer, recurrentInitializer: recurrentInitializer,
      kernelRegularizer: kernelRegularizer, returnSequences: returnSequences,
      goBackwards: goBackwards)
    self.activation = activation
    self.recurrentActivation = recurrentActivation
    self.unitForgetBias = unitForgetBias
  }

  public var returnsSequences: Bool { cell.returnSequences }

  public func reversed() -> LSTM {
    var result = self
    result.cell.goBackwards.toggle()
    return result
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    let kernels = try cell.kernels(for: inputs[0])
    guard cell.useBias else { return kernels }
    var start = [Float](repeating: 0, count: 4 * cell.units)
    if unitForgetBias {
      for position in cell.units..<2 * cell.units { start[position] = 1 }
    }
    return kernels + [LayerWeight("lstm_cell/bias", [start.count], .tensor(Tensor(start)))]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try cell.unrolled(
      inputs[0], bias: cell.useBias ? call["lstm_cell/bias"] : nil, stateCount: 2, call
    ) { projection, states in
      let sums = projection + cell.recurrent(states[0], call)
      let gates = split(sums, into: 4, axis: 1)
      let admitted =
        try recurrentActivation.applied(to: gates[0]) * activation.applied(to: gates[2])
      let memory = try recurrentActivation.applied(to: gates[1]) * states[1] + admitted
      let state =
        try recurrentActivation.applied(to: gates[3]) * activation.applied(to: memory)
      return [state, memory]
    }
  }
}
