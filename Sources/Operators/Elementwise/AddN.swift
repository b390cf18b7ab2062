import CKernels
import GraphIR
import Tensors

/// The sum of several tensors of one shape.
public struct AddN: Operator {
  public static let name = "AddN"
  public static let summary = "The sum of several tensors of one shape."
  public static let signature = Signature(
    inputs: [.init("inputs", "T", count: "N")], outputs: [.init("sum", "T")],
    types: ["T": .numeric])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    var shape = request.shape(0)
    for input in 1..<request.inputs.count {
      guard let merged = shape.merged(with: request.shape(input)) else {
        throw ShapeError(
          "inputs[0] is \(request.inputs[0]), but inputs[\(input)] is \(request.inputs[input]);"
            + " all must have the same shape")
      }
      shape = merged
    }
    return [shape]
  }

  // ∂ Σ xᵢ = Σ ∂xᵢ
  public static let gradient = GradientRule.rule { g in g.inputs.map { _ in g.outputGradient } }

  public func viewsInput(_ request: KernelRequest) -> Bool { request.inputs.count == 1 }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let add = AddV2.loops[type] else { throw unsupported(type) }
    if request.inputs.count == 1 { return copyKernel(request) }
    let inputCount = request.inputs.count
    let elementSize = type.byteCount
    let count = request.outputCount()
    let pieces = pieceCount(count)
    let role = ElementwiseRole(
      .accumulation(add), inputSizes: request.inputs.indices.map(request.inputSizes))
    return Kernel(role: role) { context in
      let inputs = UnsafeRawPointer(context.inputs)
        .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
      context.parallelFor(pieces: pieces) { piece in
        let start = piece * elementsPerPiece
        staticgraph_accumulate(
          min(elementsPerPiece, count - start), elementSize, add, inputCount, inputs, start,
          context.outputs[0])
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(
      operations: Double(request.outputCount()) * Double(request.inputs.count - 1),
      bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("one", AddN(), [.sample([2, 3])]),
      Sample("two", AddN(), [.sample([2, 3]), .sample([2, 3], seed: 2)]),
      Sample("five scalars", AddN(), (1...5).map { .sample([], seed: $0) }),
      Sample("nothing", AddN(), [.sample([0, 3]), .sample([0, 3]), .sample([0, 3])]),
      Sample(
        "many elements", AddN(), (1...3).map { .sample([70_001], seed: $0) }, differentiable: false),
      Sample(
        failing: "shapes that differ", AddN(), [.sample([2, 3]), .sample([2, 3]), .sample([3])],
        message: "inputs[0] is Float64[2, 3], but inputs[2] is Float64[3]; all must have the same"
          + " shape"),
      Sample(
        failing: "types that differ", AddN(), [.sample([2]), Tensor([Float(1), 2])],
        message:
          "inputs[0] is Float64[2], but inputs[1] is Float32[2]; both must have the same type"
          + " of elements"),
      Sample(failing: "no inputs", AddN(), [], message: "takes at least 1 input, but 0 were given"),
    ]
  }
}

/// The sum of several tensors of one shape.
///
/// - Parameter inputs: Numbers of one type and shape; at least one, else the result is invalid.
/// - Returns: Their sum, added from the first to the last.
public func addN(
  _ inputs: [Value], name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  // Without inputs there is no graph to tell, and the result is invalid.
  let graph = inputs.first?.graph ?? Graph()
  return graph.append(
    AddN(), inputs, name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
