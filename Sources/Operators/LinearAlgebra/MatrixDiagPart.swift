import GraphIR
import Tensors

/// The main diagonals of matrices.
public struct MatrixDiagPart: MovingOperator {
  public static let name = "MatrixDiagPart"
  public static let summary = "The main diagonals of matrices."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("diagonal", "T")], types: ["T": .any])
  public static let function: GraphFunction? = .derived(
    from: MatrixDiagPart.self, named: "matrixDiagonalPart")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try requireMatrices(request, named: "input")
    guard let dimensions = request.shape(0).dimensions else { return [.unknown] }
    let sides = dimensions.suffix(2).compactMap { $0 }
    return [Shape(dimensions: dimensions.dropLast(2) + [sides.count == 2 ? sides.min() : nil])]
  }

  // ∂: the diagonals of matrices that are zero elsewhere, widened where these are not square.
  public static let gradient = GradientRule.rule { g in
    let (x, square) = (g.x, matrixDiagonal(g.outputGradient))
    if let sizes = x.shape.known, let squareSizes = square.shape.known {
      if sizes == squareSizes { return [square] }
      return [pad(square, paddings: zip(sizes, squareSizes).map { [0, $0 - $1] })]
    }
    let missing = shapeTensor(x) - shapeTensor(square)
    return [pad(square, paddings: stack([missing - missing, missing], axis: 1))]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try diagonalPartKernel(request, input: request.inputSizes(0))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a square", MatrixDiagPart(), [.sample([3, 3])]),
      Sample("more columns", MatrixDiagPart(), [.sample([2, 2, 4])]),
      Sample("more rows", MatrixDiagPart(), [.sample([2, 4, 3])]),
      Sample("nothing", MatrixDiagPart(), [.sample([0, 3, 3])]),
      Sample(
        failing: "a vector", MatrixDiagPart(), [.sample([3])],
        message: "input must have at least rank 2, but it is Float64[3]"),
    ]
  }
}

/// The main diagonals of matrices.
///
/// - Parameter input: Matrices in the last two axes, square or not.
/// - Returns: Diagonals in the last axis.
public func matrixDiagonalPart(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    MatrixDiagPart(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
