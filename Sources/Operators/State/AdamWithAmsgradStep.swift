import CKernels
import GraphIR
import Tensors

/// A step of AMSGrad (Reddi, Kale and Kumar 2018).
protocol AdamWithAmsgradStep: AdaptiveStep {}

extension AdamWithAmsgradStep {
  static var variableCount: Int { 4 }
  static var scalarInputs: [Int] { [4, 5, 6, 7, 8, 9] }
  static var gradientInput: Int { 10 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_amsgrad_float32, staticgraph_amsgrad_float64)
  }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(
      ["var", "m", "v", "vhat"],
      ["beta1_power", "beta2_power", "lr", "beta1", "beta2", "epsilon", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples([("a step", Self())], scalars: [0.81, 0.998001, 0.001, 0.9, 0.999, 0.0001])
  }
}
