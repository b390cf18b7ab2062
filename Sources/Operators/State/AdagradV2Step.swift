import CKernels
import GraphIR
import Tensors

/// A step of AdaGrad whose divisor has a summand, in either wire form.
protocol AdagradV2Step: AdaptiveStep {
  /// Whether the sum of squares grows.
  var updatesSum: Bool { get set }
}

extension AdagradV2Step {
  static var variableCount: Int { 2 }
  static var scalarInputs: [Int] { [2, 3] }
  static var gradientInput: Int { 4 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_adagrad_epsilon_float32, staticgraph_adagrad_epsilon_float64)
  }
  var flag: Bool { updatesSum }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var", "accum"], ["lr", "epsilon", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples(
      [("a step", Self()), ("with the sum left alone", with { $0.updatesSum = false })],
      scalars: [0.1, 0.001])
  }
}
