import CKernels
import GraphIR
import Tensors

/// A step of FTRL-Proximal (McMahan and others 2013), in either wire form.
protocol FtrlStep: AdaptiveStep {
  /// Whether the linear term is kept times the learning rate.
  var scalesLinearByRate: Bool { get set }
}

extension FtrlStep {
  static var variableCount: Int { 3 }
  static var scalarInputs: [Int] { [4, 5, 6, 7] }
  static var gradientInput: Int { 3 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_ftrl_float32, staticgraph_ftrl_float64)
  }
  var flag: Bool { scalesLinearByRate }
  static var sampleRanges: [ClosedRange<Double>] { [0.1...1, -2...2] }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var", "accum", "linear"], ["grad", "lr", "l1", "l2", "lr_power"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples(
      [("a step", Self()), ("by the rate", with { $0.scalesLinearByRate = true })],
      scalars: [0.1, 0.3, 0.2, -0.5])
  }
}
