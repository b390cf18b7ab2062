import CKernels
import GraphIR
import Tensors

/// The inner loop of an elementwise operator for each type that it computes.
typealias UnaryLoops = [DataType: staticgraph_unary]
/// The inner loop of an elementwise operator for each type that it computes.
typealias BinaryLoops = [DataType: staticgraph_binary]

/// A kernel that applies a function to each element of the only input.
func unaryKernel(_ request: KernelRequest, _ loops: UnaryLoops) throws -> Kernel {
  let type = request.inputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  let count = request.outputCount()
  let role = ElementwiseRole(.unary(loop), inputSizes: [request.inputSizes(0)])
  if count <= elementsPerPiece {
    return Kernel(role: role) { context in loop(count, context.inputs[0], context.outputs[0]) }
  }
  let pieces = pieceCount(count)
  let inputSize = type.byteCount
  let outputSize = request.outputs[0].dataType.byteCount
  return Kernel(role: role) { context in
    let (x, result) = (context.inputs[0], context.outputs[0])
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      loop(
        min(elementsPerPiece, count - start), x + start * inputSize, result + start * outputSize)
    }
  }
}

/// A kernel that applies a function to each pair of elements of two inputs that broadcast.
///
/// - Parameter sizes: The sizes of the inputs for broadcasting, where these are not their own.
func binaryKernel(
  _ request: KernelRequest, _ loops: BinaryLoops, sizes: [[Int]]? = nil
) throws -> Kernel {
  let type = request.inputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  let count = request.outputCount()
  if count == 0 { return Kernel { _ in } }
  let inputSizes = sizes ?? [request.inputSizes(0), request.inputSizes(1)]
  let role = ElementwiseRole(.binary(loop), inputSizes: inputSizes)
  if sizes == nil, count <= elementsPerPiece, request.inputs[0].shape == request.inputs[1].shape {
    return Kernel(role: role) { context in
      loop(count, context.inputs[0], false, context.inputs[1], false, context.outputs[0])
    }
  }
  let plan = BroadcastPlan(output: request.outputSizes(), inputs: inputSizes)
  let (xIsScalar, yIsScalar) = (plan.isScalarInRow[0], plan.isScalarInRow[1])
  if count == plan.columns, plan.pieces == 1 {
    return Kernel(role: role) { context in
      loop(count, context.inputs[0], xIsScalar, context.inputs[1], yIsScalar, context.outputs[0])
    }
  }
  let inputSize = type.byteCount
  let outputSize = request.outputs[0].dataType.byteCount
  let (xStride, yStride) = (plan.rowStrides[0], plan.rowStrides[1])
  return Kernel(role: role) { context in
    let (x, y, result) = (context.inputs[0], context.inputs[1], context.outputs[0])
    context.parallelFor(pieces: plan.pieces) { piece in
      plan.forEachRun(ofPiece: piece) { run in
        staticgraph_binary_rows(
          loop, run.rows, run.columns, inputSize, outputSize,
          x + plan.offset(run, input: 0) * inputSize, xStride, xIsScalar,
          y + plan.offset(run, input: 1) * inputSize, yStride, yIsScalar,
          result + plan.outputOffset(run) * outputSize)
      }
    }
  }
}

/// The error of a kernel that is asked for a type which is stored but not computed with.
func unsupported(_ type: DataType) -> GraphError {
  GraphError(
    "elements of type \(type) are stored and converted, but not computed with here",
    notes: ["convert the inputs first, as with cast(…, to: .float32)"])
}

/// The shape rule of an elementwise operator with one input.
func sameShape(_ request: ShapeRequest) -> [Shape] { [request.shape(0)] }

/// The shape rule of an elementwise operator whose two inputs broadcast.
///
/// - Throws: `ShapeError` when they do not.
func broadcastShape(_ request: ShapeRequest, _ names: (String, String) = ("x", "y")) throws
  -> [Shape]
{
  guard let shape = request.shape(0).broadcast(with: request.shape(1)) else {
    throw ShapeError(
      "the shapes do not broadcast: \(names.0) is \(request.inputs[0]),"
        + " \(names.1) is \(request.inputs[1])",
      suggestion: "aligned at the last axis, sizes must be equal or one of them 1")
  }
  return [shape]
}
