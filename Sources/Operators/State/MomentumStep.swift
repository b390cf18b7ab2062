import CKernels
import GraphIR
import Tensors

/// A step of gradient descent with momentum (Polyak 1964), in either wire form.
protocol MomentumStep: VariableUpdate {
  /// Whether it is Nesterov's form.
  var isNesterov: Bool { get set }
}

extension MomentumStep {
  static var variableCount: Int { 2 }
  static var scalarInputs: [Int] { [2, 4] }
  static var gradientInput: Int { 3 }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var", "accum"], ["lr", "grad", "momentum"], form)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let step: staticgraph_momentum
    switch request.inputs[0].dataType {
    case .float32: step = staticgraph_momentum_float32
    case .float64: step = staticgraph_momentum_float64
    default: throw unsupported(request.inputs[0].dataType)
    }
    let isNesterov = isNesterov
    return updateKernel(request) { context, start, count in
      step(
        count, context.inputs[2], context.inputs[4], isNesterov, context.inputs[3] + start,
        context.inputs[0] + start, context.inputs[1] + start)
    }
  }

  static var commonSamples: [Sample] {
    var nesterov = Self()
    nesterov.isNesterov = true
    return updateSamples([("a step", Self()), ("Nesterov", nesterov)], scalars: [0.1, 0.9])
  }
}
