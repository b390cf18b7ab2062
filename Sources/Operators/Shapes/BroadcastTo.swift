import CKernels
import GraphIR
import Tensors

/// A tensor repeated along axes of size 1 until it has a given shape.
public struct BroadcastTo: Operator {
  public static let name = "BroadcastTo"
  public static let summary = "A tensor repeated along axes of size 1 until it has a given shape."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("shape", "Tidx", label: "to")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tidx": .index])
  public static let traits: OperatorTraits = .elementwise
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = .derived(from: BroadcastTo.self, named: "broadcast")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "shape")
    let wanted = try statedShape(request, 1, named: "shape")
    let input = request.shape(0)
    guard let result = input.broadcast(with: wanted), result.isCompatible(with: wanted) else {
      throw ShapeError("input is \(request.inputs[0]), which does not broadcast to \(wanted)")
    }
    return [wanted]
  }

  // The elements that were repeated gather what flows back into each of their copies.
  public static let gradient = GradientRule.rule { g in
    [g.reducedToInput(g.outputGradient), nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[0].dataType.byteCount
    guard size > 0 else { throw unsupported(request.inputs[0].dataType) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let plan = BroadcastPlan(output: request.outputSizes(), inputs: [request.inputSizes(0)])
    let (isScalar, stride) = (plan.isScalarInRow[0], plan.rowStrides[0])
    let role = ElementwiseRole(.repetition, inputSizes: [request.inputSizes(0)])
    return Kernel(role: role) { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: plan.pieces) { piece in
        plan.forEachRun(ofPiece: piece) { run in
          staticgraph_expand(
            run.rows, run.columns, size, x + plan.offset(run, input: 0) * size, stride, isScalar,
            result + plan.outputOffset(run) * size)
        }
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a row to a matrix", BroadcastTo(), [.sample([3]), Tensor([Int32(2), 3])]),
      Sample("a column to a matrix", BroadcastTo(), [.sample([2, 1]), Tensor([Int64(2), 3])]),
      Sample("a scalar to a cube", BroadcastTo(), [.sample([]), Tensor([Int32(2), 3, 2])]),
      Sample("a middle axis", BroadcastTo(), [.sample([2, 1, 3]), Tensor([Int32(2), 4, 3])]),
      Sample("no change", BroadcastTo(), [.sample([2, 3]), Tensor([Int32(2), 3])]),
      Sample("nothing", BroadcastTo(), [.sample([1, 3]), Tensor([Int32(0), 3])]),
      Sample(
        failing: "another size", BroadcastTo(), [.sample([2, 3]), Tensor([Int32(2), 4])],
        message: "input is Float64[2, 3], which does not broadcast to [2, 4]"),
      Sample(
        failing: "a negative size", BroadcastTo(), [.sample([3]), Tensor([Int32(-2), 3])],
        message: "shape holds sizes, which are at least 0, but it is [-2, 3]"),
    ]
  }
}

/// A tensor repeated along axes of size 1 until it has a given shape.
///
/// - Parameters:
///   - input: Any tensor whose shape broadcasts to the given one.
///   - shape: The sizes of the result.
public func broadcast(
  _ input: Value, to shape: [Int], name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return broadcast(
    input, to: sizesConstant(shape, input.graph, origin), name: name, fileID: fileID, line: line)
}

/// A tensor repeated along axes of size 1 until it has a shape that the graph computes.
///
/// - Parameters:
///   - input: Any tensor whose shape broadcasts to the given one.
///   - shape: A vector of sizes, `Int32` or `Int64`.
public func broadcast(
  _ input: Value, to shape: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    BroadcastTo(), [input, shape], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
