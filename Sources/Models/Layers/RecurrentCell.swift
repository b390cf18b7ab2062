import GraphIR
import Operators
import Tensors

/// What recurrent layers share: their weights, and how they are unrolled over a sequence.
struct RecurrentCell: Sendable {
  /// The folder of the weights within the layer.
  var name: String
  var units: Int
  /// How many vectors of that size a step computes.
  var gateCount: Int
  var useBias: Bool
  var kernelInitializer: WeightInitializer
  var recurrentInitializer: WeightInitializer
  var kernelRegularizer: Regularizer?
  var returnSequences: Bool
  var goBackwards: Bool

  /// The kernels of inputs and of states, without the bias.
  func kernels(for input: TensorType) throws -> [LayerWeight] {
    try requirePositive(units, "units")
    try input.require(rank: 3, "batch, time, features")
    try input.requireFloatingPoint()
    let (width, overflow) = units.multipliedReportingOverflow(by: gateCount)
    guard !overflow, let count = Shape.elementCount(of: [units, width]), count < 1 << 34 else {
      throw ShapeError("units \(units) is too large")
    }
    return [
      LayerWeight(
        "\(name)/kernel", [try input.size(-1, "the features"), width], kernelInitializer,
        regularizer: kernelRegularizer),
      LayerWeight("\(name)/recurrent_kernel", [units, width], recurrentInitializer),
    ]
  }

  /// The inputs times their kernel plus a bias, one value for each step of time.
  private func projections(_ input: Value, _ bias: Value?, _ call: LayerCall) throws -> [Value] {
    let count = try input.type.size(1, "time, which the layer is unrolled over,")
    guard count > 0 else { throw ShapeError("a sequence of one step at least was expected") }
    let features = try input.type.size(2, "the features")
    var sums = matmul(reshape(input, to: [-1, features]), call["\(name)/kernel"])
    if let bias { sums = biasAdd(sums, bias) }
    let steps = unstack(reshape(sums, to: [-1, count, units * gateCount]), count: count, axis: 1)
    return goBackwards ? steps.reversed() : steps
  }

  /// Goes through the sequence.
  ///
  /// - Parameters:
  ///   - bias: What is added to the inputs' part of the sums.
  ///   - stateCount: How many vectors go from step to step; the first is the output.
  ///   - step: The next states, from the inputs' part of the sums and the states.
  func unrolled(
    _ input: Value, bias: Value?, stateCount: Int = 1, _ call: LayerCall,
    step: (Value, [Value]) throws -> [Value]
  ) throws -> Value {
    let steps = try projections(input, bias, call)
    let zeros = zerosLike(steps[0][AxisSelection.all, 0..<units])
    var states = [Value](repeating: zeros, count: stateCount)
    var outputs: [Value] = []
    for projection in steps {
      states = try step(projection, states)
      if returnSequences { outputs.append(states[0]) }
    }
    return returnSequences ? stack(outputs, axis: 1) : states[0]
  }

  /// A state times its kernel.
  func recurrent(_ state: Value, _ call: LayerCall) -> Value {
    matmul(state, call["\(name)/recurrent_kernel"])
  }
}
