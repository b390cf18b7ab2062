import CKernels
import GraphIR
import Tensors

/// A step of FTRL-Proximal with shrinkage, in either wire form.
protocol FtrlV2Step: AdaptiveStep {
  /// Whether the linear term is kept times the learning rate.
  var scalesLinearByRate: Bool { get set }
}

extension FtrlV2Step {
  static var variableCount: Int { 3 }
  static var scalarInputs: [Int] { [4, 5, 6, 7, 8] }
  static var gradientInput: Int { 3 }
  static var loops: UpdateLoops {
    UpdateLoops(staticgraph_ftrl_shrinkage_float32, staticgraph_ftrl_shrinkage_float64)
  }
  var flag: Bool { scalesLinearByRate }
  static var sampleRanges: [ClosedRange<Double>] { [0.1...1, -2...2] }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(
      ["var", "accum", "linear"], ["grad", "lr", "l1", "l2", "l2_shrinkage", "lr_power"], form)
  }

  static var commonSamples: [Sample] {
    updateSamples(
      [("a step", Self()), ("by the rate", with { $0.scalesLinearByRate = true })],
      scalars: [0.1, 0.3, 0.2, 0.1, -0.75])
  }
}
