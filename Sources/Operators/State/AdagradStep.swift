import CKernels
import GraphIR
import Tensors

/// A step of AdaGrad (Duchi, Hazan and Singer 2011), in either wire form.
protocol AdagradStep: AdaptiveStep {
  /// Whether the sum of squares grows.
  var updatesSum: Bool { get set }
}

extension AdagradStep {
  static var variableCount: Int { 2 }
  static var scalarInputs: [Int] { [2] }
  static var gradientInput: Int { 3 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_adagrad_float32, staticgraph_adagrad_float64)
  }
  var flag: Bool { updatesSum }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var", "accum"], ["lr", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples(
      [("a step", Self()), ("with the sum left alone", with { $0.updatesSum = false })],
      scalars: [0.1])
  }
}
