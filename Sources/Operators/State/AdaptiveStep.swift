import CKernels
import GraphIR
import Tensors

/// A step of an optimiser that adapts its rate to each element, with one loop for each type.
protocol AdaptiveStep: VariableUpdate {
  static var loops: UpdateLoops { get }
  /// What the loop is told besides numbers.
  var flag: Bool { get }
}

/// The loops of a step.
struct UpdateLoops {
  let float32: staticgraph_update
  let float64: staticgraph_update

  init(_ float32: @escaping staticgraph_update, _ float64: @escaping staticgraph_update) {
    self.float32 = float32
    self.float64 = float64
  }
}

extension AdaptiveStep {
  var flag: Bool { false }

  /// This step with other attributes.
  static func with(_ change: (inout Self) -> Void) -> Self {
    var step = Self()
    change(&step)
    return step
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let step: staticgraph_update
    switch request.inputs[0].dataType {
    case .float32: step = Self.loops.float32
    case .float64: step = Self.loops.float64
    default: throw unsupported(request.inputs[0].dataType)
    }
    let (scalars, gradient) = (Self.scalarInputs, Self.gradientInput)
    let (variableCount, flag) = (Self.variableCount, flag)
    return updateKernel(request) { context, start, count in
      var operands = staticgraph_update_operands()
      operands.flag = flag
      operands.gradient = UnsafeRawPointer(context.inputs[gradient] + start)
      withUnsafeMutableBytes(of: &operands.numbers) { bytes in
        let numbers = bytes.assumingMemoryBound(to: UnsafeRawPointer?.self)
        for position in scalars.indices {
          numbers[position] = UnsafeRawPointer(context.inputs[scalars[position]])
        }
      }
      withUnsafeMutableBytes(of: &operands.variables) { bytes in
        let variables = bytes.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        for position in 0..<variableCount {
          variables[position] = context.inputs[position] + start
        }
      }
      step(count, &operands)
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(
      operations: 5 * Double(Self.variableCount) * Double(request.inputCount(0)),
      bytesMoved: Cost.moving(request))
  }
}
