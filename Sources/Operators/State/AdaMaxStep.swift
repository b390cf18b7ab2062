import CKernels
import GraphIR
import Tensors

/// A step of Adamax (Kingma and Ba 2015), in either wire form.
protocol AdaMaxStep: AdaptiveStep {}

extension AdaMaxStep {
  static var variableCount: Int { 3 }
  static var scalarInputs: [Int] { [3, 4, 5, 6, 7] }
  static var gradientInput: Int { 8 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_adamax_float32, staticgraph_adamax_float64)
  }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(
      ["var", "m", "v"], ["beta1_power", "lr", "beta1", "beta2", "epsilon", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples([("a step", Self())], scalars: [0.81, 0.01, 0.9, 0.999, 0.0001])
  }
}
