import GraphIR
import Tensors

/// Matrices with zeros outside of a band around the diagonal.
public struct MatrixBandPart: Operator {
  public static let name = "MatrixBandPart"
  public static let summary = "Matrices with zeros outside of a band around the diagonal."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("num_lower", "Tindex", label: "lower"),
      .init("num_upper", "Tindex", label: "upper"),
    ],
    outputs: [.init("band", "T")], types: ["T": .any, "Tindex": .index])
  public static let shapeInputs = [1, 2]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try requireMatrices(request, named: "input")
    try request.require(rank: 0, of: 1, named: "lower")
    try request.require(rank: 0, of: 2, named: "upper")
    let input = request.shape(0)
    guard let rank = input.rank else { return [input] }
    for (number, name) in [(1, "lower"), (2, "upper")] {
      guard let width = request.integers(number)?.first, let most = input[rank - 3 + number],
        width > most
      else { continue }
      throw ShapeError(
        "input is \(request.inputs[0]), so that \(name) can be at most \(most), but"
          + " it is \(width)")
    }
    return [input]
  }

  // ∂: the same band.
  public static let gradient = GradientRule.rule { g in
    let back = g.graph.append(
      MatrixBandPart(), [g.outputGradient, g.y, g.inputs[2]], origin: .unknown)
    return [back.output, nil, nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.integers(1)[0] < 0 && request.integers(2)[0] < 0
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[0].dataType.byteCount
    guard size > 0 else { throw unsupported(request.inputs[0].dataType) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let sizes = request.inputSizes(0)
    let (rows, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    // A width that is negative leaves the whole triangle.
    let lower = request.integers(1)[0] < 0 ? rows : request.integers(1)[0]
    let upper = request.integers(2)[0] < 0 ? columns : request.integers(2)[0]
    let count = request.outputCount() / columns
    let perPiece = max(1, elementsPerPiece / columns)
    return Kernel { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: (count + perPiece - 1) / perPiece) { piece in
        for number in piece * perPiece..<min(count, (piece + 1) * perPiece) {
          let row = number % rows
          let first = min(columns, max(0, row - lower))
          let end = max(first, min(columns, row + upper + 1))
          let (from, to) = (x + number * columns * size, result + number * columns * size)
          to.initializeMemory(as: UInt8.self, repeating: 0, count: first * size)
          (to + first * size).copyMemory(from: from + first * size, byteCount: (end - first) * size)
          (to + end * size).initializeMemory(
            as: UInt8.self, repeating: 0, count: (columns - end) * size)
        }
      }
    }
  }

  private static func sample(_ label: String, _ sizes: [Int], _ lower: Int64, _ upper: Int64)
    -> Sample
  {
    Sample(label, MatrixBandPart(), [.sample(sizes), Tensor(lower), Tensor(upper)])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("a lower triangle", [3, 3], -1, 0),
      sample("an upper triangle", [3, 4], 0, -1),
      sample("a diagonal", [4, 3], 0, 0),
      sample("a band of each of many", [2, 2, 4, 5], 1, 2),
      sample("all", [2, 3], -1, -1),
      sample("nothing", [2, 0, 3], 0, 0),
      Sample("in Int32", MatrixBandPart(), [.sample([3, 3]), Tensor(Int32(1)), Tensor(Int32(1))]),
      Sample(
        failing: "a vector", MatrixBandPart(), [.sample([3]), Tensor(Int64(0)), Tensor(Int64(0))],
        message: "input must have at least rank 2, but it is Float64[3]"),
      Sample(
        failing: "wider than it is", MatrixBandPart(),
        [.sample([2, 3]), Tensor(Int64(3)), Tensor(Int64(0))],
        message: "input is Float64[2, 3], so that lower can be at most 2, but it is 3"),
    ]
  }
}

/// Throws unless the first input has two axes or more.
func requireMatrices(_ request: ShapeRequest, named name: String) throws {
  if let rank = request.shape(0).rank, rank < 2 {
    throw ShapeError("\(name) must have at least rank 2, but it is \(request.inputs[0])")
  }
}

/// Matrices with zeros outside of a band around the diagonal.
///
/// - Parameters:
///   - input: Matrices in the last two axes.
///   - lower: How many diagonals below the main one to keep; all of them if negative.
///   - upper: How many diagonals above the main one to keep; all of them if negative.
public func matrixBandPart(
  _ input: Value, lower: Int, upper: Int, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let widths = [lower, upper].map { input.graph.constant(Tensor(Int64($0)), origin: origin) }
  return input.graph.append(MatrixBandPart(), [input] + widths, name: name, origin: origin).output
}
