import CKernels
import GraphIR
import Tensors

/// A step of gradient descent, in either wire form.
protocol GradientDescentStep: VariableUpdate {}

extension GradientDescentStep {
  static var variableCount: Int { 1 }
  static var scalarInputs: [Int] { [1] }
  static var gradientInput: Int { 2 }

  static func stepSignature(_ form: Signature.VariableForm) -> Signature {
    updateSignature(["var"], ["alpha", "delta"], form)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let step: staticgraph_gradient_descent
    switch request.inputs[0].dataType {
    case .float32: step = staticgraph_gradient_descent_float32
    case .float64: step = staticgraph_gradient_descent_float64
    default: throw unsupported(request.inputs[0].dataType)
    }
    return updateKernel(request) { context, start, count in
      step(count, context.inputs[1], context.inputs[2] + start, context.inputs[0] + start)
    }
  }

  static var commonSamples: [Sample] { updateSamples([("a step", Self())], scalars: [0.1]) }
}
