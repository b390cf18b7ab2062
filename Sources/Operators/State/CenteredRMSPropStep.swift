import CKernels
import GraphIR
import Tensors

/// A step of RMSProp by the variance of the gradient (Graves 2013), in either wire form.
protocol CenteredRMSPropStep: AdaptiveStep {}

extension CenteredRMSPropStep {
  static var variableCount: Int { 4 }
  static var scalarInputs: [Int] { [4, 5, 6, 7] }
  static var gradientInput: Int { 8 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_centered_rmsprop_float32, staticgraph_centered_rmsprop_float64)
  }
  static var sampleRanges: [ClosedRange<Double>] { [0...0.3, 0.5...1, 0...1] }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(
      ["var", "mg", "ms", "mom"], ["lr", "rho", "momentum", "epsilon", "grad"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples([("a step", Self())], scalars: [0.01, 0.9, 0.8, 0.0001])
  }
}
