import COpenBLAS
import GraphIR
import Tensors

/// Solutions of systems of linear equations whose matrices are triangles.
public struct MatrixTriangularSolve: Operator {
  public static let name = "MatrixTriangularSolve"
  public static let summary =
    "Solutions of systems of linear equations whose matrices are triangles."
  public static let signature = Signature(
    inputs: [.init("matrix", "T"), .init("rhs", "T")], outputs: [.init("output", "T")],
    types: ["T": .floatingPoint])
  public static let attributes: [Attribute<MatrixTriangularSolve>] = [
    .init("lower", \.isLower, "Whether the lower triangle is read, else the upper one."),
    .init("adjoint", \.isAdjoint, "Whether the matrices are transposed first."),
  ]

  /// Whether the lower triangle is read, else the upper one.
  public var isLower = true
  /// Whether the matrices are transposed first.
  public var isAdjoint = false

  public init() {}

  /// A solution for those triangles.
  public init(isLower: Bool, isAdjoint: Bool) {
    (self.isLower, self.isAdjoint) = (isLower, isAdjoint)
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try requireMatrices(request, named: "matrix")
    let (matrix, right) = (request.shape(0), request.shape(1))
    if let rank = right.rank, rank < 2 {
      throw ShapeError("rhs must have at least rank 2, but it is \(request.inputs[1])")
    }
    guard let sizes = matrix.dimensions else { return [.unknown] }
    let sides = sizes.suffix(2).compactMap { $0 }
    guard Set(sides).count < 2 else {
      throw ShapeError("matrix must hold square matrices, but it is \(request.inputs[0])")
    }
    guard let rightSizes = right.dimensions else { return [.unknown] }
    let rows = rightSizes[rightSizes.count - 2]
    if let side = sides.first, let rows, side != rows {
      throw ShapeError(
        "matrix is \(request.inputs[0]), so that rhs must have \(side) rows, but it is"
          + " \(request.inputs[1])")
    }
    let batches = [sizes, rightSizes].map { Shape(dimensions: Array($0.dropLast(2))) }
    guard let batch = batches[0].broadcast(with: batches[1]) else {
      throw ShapeError(
        "the axes before the matrices do not broadcast: matrix is \(request.inputs[0]),"
          + " rhs is \(request.inputs[1])")
    }
    return [
      Shape(
        dimensions: batch.dimensions! + [sides.first ?? rows, rightSizes[rightSizes.count - 1]])
    ]
  }

  // With AX = B, ∂B = A⁻ᵀ∂X and ∂A = −∂B Xᵀ, or its transpose where A was transposed; of the
  // triangle that was read.
  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: Self.self)
    let (solution, isLower) = (g.output, operation.isLower)
    let right = matrixTriangularSolve(
      g.x, g.outputGradient, lower: isLower, adjoint: !operation.isAdjoint)
    let product =
      operation.isAdjoint
      ? batchMatmul(solution, right, transposeY: true)
      : batchMatmul(right, solution, transposeY: true)
    let triangle = matrixBandPart(-product, lower: isLower ? -1 : 0, upper: isLower ? 0 : -1)
    return [
      g.isNeeded[0] ? g.reduced(triangle, toShapeOf: g.x) : nil,
      g.isNeeded[1] ? g.reduced(right, toShapeOf: g.y) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    let (order, triangle) = (CblasRowMajor, isLower ? CblasLower : CblasUpper)
    let transposition = isAdjoint ? CblasTrans : CblasNoTrans
    switch type {
    case .float32:
      return try kernel(request, Float.self) { side, columns, matrix, solution in
        cblas_strsm(
          order, CblasLeft, triangle, transposition, CblasNonUnit, side, columns, 1, matrix, side,
          solution, columns)
      }
    case .float64:
      return try kernel(request, Double.self) { side, columns, matrix, solution in
        cblas_dtrsm(
          order, CblasLeft, triangle, transposition, CblasNonUnit, side, columns, 1, matrix, side,
          solution, columns)
      }
    default: throw unsupported(type)
    }
  }

  private func kernel<Element: BinaryFloatingPoint & Sendable>(
    _ request: KernelRequest, _ type: Element.Type,
    _ solve:
      @escaping @Sendable (Int32, Int32, UnsafePointer<Element>, UnsafeMutablePointer<Element>) ->
      Void
  ) throws -> Kernel {
    precondition(LinearAlgebraLibrary.isOnCallingThread)
    if request.outputCount() == 0 { return Kernel { _ in } }
    let sizes = request.outputSizes()
    let (side, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    guard max(side, columns) <= Int32.max else {
      throw GraphError("a solution of sizes \([side, columns]) is too large")
    }
    let batch = Array(sizes.dropLast(2))
    let matrices = BatchWalk(batch, request.inputSizes(0).dropLast(2), step: side * side)
    let rights = BatchWalk(batch, request.inputSizes(1).dropLast(2), step: side * columns)
    let pivotCount = request.inputCount(0) / side
    return Kernel { context in
      let (a, b) = (context.input(0, as: type), context.input(1, as: type))
      let result = context.output(as: type)
      for pivot in 0..<pivotCount where a[pivot * side + pivot % side] == 0 {
        let place = pivot % side
        throw KernelError("a matrix has no inverse: its element [\(place), \(place)] is 0")
      }
      context.parallelFor(pieces: batch.reduce(1, *)) { number in
        let solution = result + number * side * columns
        solution.update(from: b + rights.offset(number), count: side * columns)
        solve(Int32(side), Int32(columns), a + matrices.offset(number), solution)
      }
    }
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let side = request.outputSizes().suffix(2).first ?? 0
    return Cost(
      operations: Double(side) * Double(request.outputCount()), bytesMoved: Cost.moving(request))
  }

  private static func sample(
    _ label: String, _ matrix: [Int], _ right: [Int], lower: Bool = true, adjoint: Bool = false
  ) -> Sample {
    Sample(
      label, Self(isLower: lower, isAdjoint: adjoint),
      [.sample(matrix, in: 0.5...1.5), .sample(right, seed: 2)])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("a lower triangle", [3, 3], [3, 2]),
      sample("an upper triangle", [3, 3], [3, 2], lower: false),
      sample("a lower triangle, transposed", [3, 3], [3, 1], adjoint: true),
      sample("an upper triangle, transposed", [2, 2], [2, 3], lower: false, adjoint: true),
      sample("a batch", [2, 2, 3, 3], [2, 2, 3, 2]),
      sample("one matrix for many", [3, 3], [2, 3, 2], lower: false),
      sample("many matrices for one", [2, 3, 3], [3, 2]),
      sample("one number", [1, 1], [1, 1]),
      sample("no unknowns", [0, 0], [0, 2]),
      Sample(
        failing: "a matrix that is not square", Self(), [.sample([2, 3]), .sample([2, 3])],
        message: "matrix must hold square matrices, but it is Float64[2, 3]"),
      Sample(
        failing: "other rows", Self(), [.sample([2, 2]), .sample([3, 1])],
        message:
          "matrix is Float64[2, 2], so that rhs must have 2 rows, but it is Float64[3, 1]"),
      Sample(
        failing: "a vector", Self(), [.sample([2, 2]), .sample([2])],
        message: "rhs must have at least rank 2, but it is Float64[2]"),
    ]
  }
}

/// Solutions of systems of linear equations whose matrices are triangles: matrix·output = rhs.
///
/// - Parameters:
///   - matrix: Square matrices […, n, n], of which one triangle is read. A 0 on the diagonal makes
///     the run fail.
///   - rhs: The right-hand sides […, n, columns], of the same type; the axes before the last two
///     broadcast with those of `matrix`.
///   - lower: Whether the lower triangle is read, else the upper one.
///   - adjoint: Whether the matrices are transposed first.
/// - Returns: The solutions […, n, columns].
public func matrixTriangularSolve(
  _ matrix: Value, _ rhs: Value, lower: Bool = true, adjoint: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  matrix.graph.append(
    MatrixTriangularSolve(isLower: lower, isAdjoint: adjoint), [matrix, rhs], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
