import CKernels
import GraphIR
import Tensors

/// A step of RMSProp (Hinton 2012), in either wire form.
protocol RMSPropStep: AdaptiveStep {}

extension RMSPropStep {
  static var variableCount: Int { 3 }
  static var scalarInputs: [Int] { [3, 4, 5, 6] }
  static var gradientInput: Int { 7 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_rmsprop_float32, staticgraph_rmsprop_float64)
  }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var", "ms", "mom"], ["lr", "rho", "momentum", "epsilon", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples([("a step", Self())], scalars: [0.01, 0.9, 0.8, 0.0001])
  }
}
