import GraphIR
import Tensors

/// Square matrices with given diagonals, and zeros beside them.
public struct MatrixDiag: MovingOperator {
  public static let name = "MatrixDiag"
  public static let summary = "Square matrices with given diagonals, and zeros beside them."
  public static let signature = Signature(
    inputs: [.init("diagonal", "T")], outputs: [.init("output", "T")], types: ["T": .any])
  public static let function: GraphFunction? = .derived(
    from: MatrixDiag.self, named: "matrixDiagonal")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard let dimensions = request.shape(0).dimensions else { return [.unknown] }
    guard let last = dimensions.last else {
      throw ShapeError("diagonal must have at least rank 1, but it is \(request.inputs[0])")
    }
    return [Shape(dimensions: dimensions + [last])]
  }

  public static let gradient = GradientRule.rule { g in [matrixDiagonalPart(g.outputGradient)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try diagonalKernel(request, output: request.outputSizes())
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("one", MatrixDiag(), [.sample([3])]),
      Sample("several", MatrixDiag(), [.sample([2, 2, 3])]),
      Sample("nothing", MatrixDiag(), [.sample([2, 0])]),
      Sample(
        failing: "a scalar", MatrixDiag(), [.sample([])],
        message: "diagonal must have at least rank 1, but it is Float64"),
    ]
  }
}

/// Square matrices with given diagonals, and zeros beside them.
///
/// - Parameter diagonal: Diagonals in the last axis.
/// - Returns: Matrices in the last two axes.
public func matrixDiagonal(
  _ diagonal: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  diagonal.graph.append(
    MatrixDiag(), [diagonal], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
