import CKernels
import GraphIR
import Tensors

/// The rows of a tensor in random order, another one in each run.
public struct RandomShuffle: SeededOperator {
  public static let name = "RandomShuffle"
  public static let summary = "The rows of a tensor in random order, another one in each run."
  public static let signature = Signature(
    inputs: [.init("value", "T")], outputs: [.init("output", "T")], types: ["T": .any])
  public static let attributes = seedAttributes
  public static let gradient = GradientRule.none(
    because: "the order is another one when the derivative is computed")

  /// The first seed.
  public var seed = 0
  /// The second seed.
  public var seed2 = 0

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard type.byteCount > 0 else { throw unsupported(type) }
    guard let rows = request.inputSizes(0).first, rows > 1, request.inputCount(0) > 0 else {
      return copyKernel(request)
    }
    let rowElements = request.inputCount(0) / rows
    let rowBytes = rowElements * type.byteCount
    let rowsPerPiece = max(1, elementsPerPiece / rowElements)
    let stream = stream(request)
    return Kernel(scratchByteCount: rows * MemoryLayout<Int>.stride) { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      let order = context.scratch.assumingMemoryBound(to: Int.self)
      staticgraph_random_order(stream.next(reserving: (rows + 2) / 4), rows, order)
      context.parallelFor(pieces: (rows + rowsPerPiece - 1) / rowsPerPiece) { piece in
        let start = piece * rowsPerPiece
        staticgraph_take_rows(start, min(rows, start + rowsPerPiece), rowBytes, order, x, result)
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func make(_ label: String, _ value: Tensor) -> Sample {
      Sample(label, RandomShuffle().seeded(3, 5), [value], differentiable: false)
    }
    return [
      make("a vector", .sample([9])), make("a matrix", .sample([5, 3])),
      make("a scalar", .sample([])), make("one row", .sample([1, 3])),
      make("nothing", .sample([4, 0])), make("many rows", .sample([30_000, 2])),
    ]
  }
}

/// The rows of a tensor in random order, another one in each run.
///
/// - Parameters:
///   - value: Any tensor; what lies along its first axis is put in another order.
///   - seed: The first seed; two zeros give other orders in each session.
///   - seed2: The second seed.
/// - Returns: A value of the type and shape of `value`.
public func randomShuffle(
  _ value: Value, seed: Int = 0, seed2: Int = 0, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  value.graph.append(
    RandomShuffle().seeded(seed, seed2), [value], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
