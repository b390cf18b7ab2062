import CKernels
import GraphIR
import Tensors

/// A step of Adam (Kingma and Ba 2015), in either wire form.
protocol AdamStep: VariableUpdate {
  /// Whether it is Nesterov's form (Dozat 2016).
  var isNesterov: Bool { get set }
}

extension AdamStep {
  static var variableCount: Int { 3 }
  static var scalarInputs: [Int] { [3, 4, 5, 6, 7, 8] }
  static var gradientInput: Int { 9 }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(
      ["var", "m", "v"],
      ["beta1_power", "beta2_power", "lr", "beta1", "beta2", "epsilon", "grad"], form)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let step: staticgraph_adam
    switch request.inputs[0].dataType {
    case .float32: step = staticgraph_adam_float32
    case .float64: step = staticgraph_adam_float64
    default: throw unsupported(request.inputs[0].dataType)
    }
    let isNesterov = isNesterov
    return updateKernel(request) { context, start, count in
      let inputs = context.inputs
      var numbers = staticgraph_adam_numbers(
        beta1_power: inputs[3], beta2_power: inputs[4], rate: inputs[5], beta1: inputs[6],
        beta2: inputs[7], epsilon: inputs[8])
      step(
        count, &numbers, isNesterov, inputs[9] + start, inputs[0] + start, inputs[1] + start,
        inputs[2] + start)
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 12 * Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  static var commonSamples: [Sample] {
    var nesterov = Self()
    nesterov.isNesterov = true
    return updateSamples(
      [("a step", Self()), ("Nesterov", nesterov)],
      scalars: [0.81, 0.998001, 0.001, 0.9, 0.999, 1e-7])
  }
}
