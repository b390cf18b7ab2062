import CKernels
import GraphIR
import Tensors

/// A step of AdaDelta (Zeiler 2012), in either wire form.
protocol AdadeltaStep: AdaptiveStep {}

extension AdadeltaStep {
  static var variableCount: Int { 3 }
  static var scalarInputs: [Int] { [3, 4, 5] }
  static var gradientInput: Int { 6 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_adadelta_float32, staticgraph_adadelta_float64)
  }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var", "accum", "accum_update"], ["lr", "rho", "epsilon", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples([("a step", Self())], scalars: [0.5, 0.95, 0.001])
  }
}
