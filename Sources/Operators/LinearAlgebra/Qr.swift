import GraphIR
import Tensors

/// Matrices as products of orthonormal columns and an upper triangle.
public struct Qr: Operator {
  public static let name = "Qr"
  public static let summary = "Matrices as products of orthonormal columns and an upper triangle."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("q", "T"), .init("r", "T")],
    types: ["T": [.float64, .float32, .float16]])
  public static let attributes: [Attribute<Qr>] = [
    .init(
      "full_matrices", \.isFull, "Whether q is square, for more rows than columns too.",
      label: "fullMatrices")
  ]

  /// Whether q is square, for more rows than columns too.
  public var isFull = false

  public init() {}

  /// The factors, with q square or with no more columns than the matrix.
  public init(isFull: Bool) { self.isFull = isFull }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try requireMatrices(request, named: "input")
    guard let dimensions = request.shape(0).dimensions else { return [.unknown, .unknown] }
    let (batch, rows) = (dimensions.dropLast(2), dimensions[dimensions.count - 2])
    let columns = dimensions[dimensions.count - 1]
    let inner = isFull ? rows : rows == 0 || columns == 0 ? 0 : Self.least(rows, columns)
    return [
      Shape(dimensions: batch + [rows, inner]), Shape(dimensions: batch + [inner, columns]),
    ]
  }

  private static func least(_ rows: Int?, _ columns: Int?) -> Int? {
    rows.flatMap { rows in columns.map { min(rows, $0) } }
  }

  // With A = QR of no more columns than rows and M = tril(Qᵀ∂Q − ∂QᵀQ + R∂Rᵀ − ∂RRᵀ), it is
  // Q(∂R + MR⁻ᵀ) + (∂Q − QQᵀ∂Q)R⁻ᵀ (Roberts and Roberts 2020). Further columns Y = QV add Y∂Vᵀ to
  // ∂Q, and have Q∂V themselves.
  public static let gradient = GradientRule.rule { g in
    let (rows, columns) = (matrixSizes(g.x).rows, matrixSizes(g.x).columns)
    let isTall = rows.flatMap { rows in columns.map { rows >= $0 } }
    if g.operation(as: Qr.self).isFull {
      guard let rows, let columns, rows <= columns else {
        throw GraphError(
          "the gradient of qr with fullMatrices needs matrices of no more rows than columns, which"
            + " must be known, but input is \(g.x.type): more columns of q are not determined")
      }
    }
    let (q, r) = (g.outputs[0], g.outputs[1])
    let dq = g.outputGradients[0] ?? zeros(like: q)
    let dr = g.outputGradients[1] ?? zeros(like: r)
    if isTall == true { return [triangularGradient(q, r, dq, dr)] }
    let parts = [g.x, r, dr].map { split($0, at: q) }
    let (y, u, v) = (parts[0].after, parts[1].before, parts[2])
    let back = dq + batchMatmul(y, v.after, transposeY: true)
    return [
      concat(
        [triangularGradient(q, u, back, v.before), batchMatmul(q, v.after)], axis: -1)
    ]
  }

  private static func matrixSizes(_ x: Value) -> (rows: Int?, columns: Int?) {
    guard let rank = x.shape.rank else { return (nil, nil) }
    return (x.shape[rank - 2], x.shape[rank - 1])
  }

  /// The gradient for no more columns than rows.
  private static func triangularGradient(
    _ q: Value, _ r: Value, _ dq: Value, _ dr: Value
  ) -> Value {
    func dividedByTransposed(_ x: Value) -> Value {
      transposedMatrices(matrixTriangularSolve(r, transposedMatrices(x), lower: false))
    }
    let along = batchMatmul(q, dq, transposeX: true)
    let across = batchMatmul(r, dr, transposeY: true)
    let skew = along - transposedMatrices(along) + across - transposedMatrices(across)
    let inside = dividedByTransposed(matrixBandPart(skew, lower: -1, upper: 0))
    return batchMatmul(q, dr + inside) + dividedByTransposed(dq - batchMatmul(q, along))
  }

  /// The columns up to as many as another value has, and those after them.
  private static func split(_ x: Value, at q: Value) -> (before: Value, after: Value) {
    let graph = x.graph
    let zero = graph.vector([0], .int32)
    let place: Value
    if let count = matrixSizes(q).columns {
      place = graph.vector([0, count], .int32)
    } else {
      let count = stridedSlice(
        shapeTensor(q), begin: [-1], end: [0], strides: [1], endMask: 1)
      place = concat([zero, count], axis: 0)
    }
    let (edge, steps) = (graph.vector([0, 0], .int32), graph.vector([1, 1], .int32))
    func slice(_ begin: Value, _ end: Value, _ masks: StridedSliceMasks) -> Value {
      graph.append(StridedSlice(masks), [x, begin, end, steps], origin: .unknown).output
    }
    return (
      slice(edge, place, StridedSliceMasks(begin: 2, ellipsis: 1)),
      slice(place, edge, StridedSliceMasks(end: 2, ellipsis: 1))
    )
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let sizes = request.inputSizes(0)
    return try QRFactorization(
      count: sizes.dropLast(2).reduce(1, *), rows: sizes[sizes.count - 2],
      columns: sizes[sizes.count - 1], isFull: isFull
    ).kernel(for: request.inputs[0].dataType)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    let sizes = request.inputSizes(0).suffix(2).map(Double.init)
    return Cost(
      operations: 4 * Double(request.inputCount(0)) * (sizes.min() ?? 0),
      bytesMoved: Cost.moving(request))
  }

  /// Columns that are far from depending on each other.
  private static func sample(_ label: String, _ sizes: [Int], isFull: Bool = false) -> Sample {
    let (rows, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    var numbers = try! Tensor.sample(sizes, in: -1...1, seed: 3).elements(as: Double.self)
    for position in numbers.indices {
      let (row, column) = (position / columns % rows, position % columns)
      if row == column { numbers[position] += row % 2 == 0 ? 2 : -2 }
    }
    return Sample(
      label, Qr(isFull: isFull), [try! Tensor(numbers, dimensions: sizes)],
      differentiable: !isFull)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("a square", [3, 3]),
      sample("more rows", [4, 2]),
      sample("more columns", [2, 4]),
      sample("a batch", [2, 2, 3, 2]),
      sample("whole matrices of more rows", [4, 2], isFull: true),
      sample("whole matrices of a batch of more columns", [2, 2, 3], isFull: true),
      sample("one number", [1, 1]),
      sample("no columns", [3, 0]),
      sample("no matrices", [0, 2, 2]),
      sample("more than one block", [70, 40], isFull: true),
      Sample(
        failing: "a vector", Qr(), [.sample([3])],
        message: "input must have at least rank 2, but it is Float64[3]"),
    ]
  }
}

/// Matrices as products of orthonormal columns and an upper triangle: input = q·r.
///
/// ```swift
/// let (q, r) = qr(matrix)
/// ```
/// The elements on the diagonal of `r` may be negative, as in TensorFlow.
///
/// - Parameters:
///   - input: Matrices […, rows, columns] of `Float32` or `Float64`.
///   - fullMatrices: Whether `q` is square, for more rows than columns too; such a `q` has no
///     gradient, since nothing determines its further columns.
/// - Returns: `q` […, rows, k] with orthonormal columns, and `r` […, k, columns] with zeros below
///   its diagonal, where k is the smaller of rows and columns, or rows for full matrices.
public func qr(
  _ input: Value, fullMatrices: Bool = false, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> (q: Value, r: Value) {
  let node = input.graph.append(
    Qr(isFull: fullMatrices), [input], name: name, origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1))
}

/// Matrices with rows and columns exchanged, of any number of axes before theirs.
func transposedMatrices(_ x: Value) -> Value { einsum("...ij->...ji", x) }
