import PythonSupport
import StaticGraph
import Testing

/// Optimisers against TensorFlow's own, over twenty steps from the same weights.
@Suite struct OptimizerComparisonTests {
  private func cases(
    _ network: TrainedNetwork, _ ways: [TrainingWay], in types: [DataType]
  ) throws -> [TrainingCase] {
    var cases: [TrainingCase] = []
    for type in types {
      let batches = try network.batches(type)
      for way in ways where way.types.contains(type) {
        cases.append(
          TrainingCase(
            label: "\(network), \(way.label) in \(type)", graph: try network.graph(way, type),
            batches: batches, tolerance: 1e-5, variableTolerance: 1e-5,
            reference: .init(network, way)))
      }
    }
    return cases
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func agreeWithTensorFlowOnASmoothNetwork() throws {
    let ways =
      TrainingWay.optimizers + TrainingWay.usualOptimizers + TrainingWay.schedules
      + TrainingWay.companions
    try TrainingCase.compare(cases(.dense, ways, in: [.float64, .float32]))
  }

  // In Float32, rounding decides on which side of 0 a few activations are, and optimisers that
  // scale gradients make steps of that: TensorFlow does not agree with itself to 1e-5 then.
  @Test(.enabled(if: Python.isThere, Python.missing))
  func agreeWithTensorFlowOnDigits() throws {
    try TrainingCase.compare(cases(.convolutional, TrainingWay.optimizers, in: [.float64]))
  }
}
