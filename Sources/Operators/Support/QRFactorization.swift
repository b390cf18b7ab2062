import COpenBLAS
import GraphIR
import Tensors

/// The factors Q and R of matrices of the same known sizes, each stored in row-major order.
///
/// The linear algebra library stores matrices by columns. What it sees as a matrix of columns is
/// Aᵀ = Rᵀ·Qᵀ, so that it is asked for the factors L and Q of that, and nothing is transposed.
struct QRFactorization: Sendable {
  /// The number of matrices.
  var count: Int
  var rows: Int
  var columns: Int
  /// Whether Q is square, else it has no more columns than the matrix.
  var isFull: Bool

  /// A kernel that writes Q and R of its input.
  ///
  /// - Throws: `GraphError` for a type that is not computed with, and for sizes that the linear
  ///   algebra library cannot count.
  func kernel(for type: DataType) throws -> Kernel {
    precondition(LinearAlgebraLibrary.isOnCallingThread)
    switch type {
    case .float32:
      return try kernel(Routines<Float>(factor: sgelqf_, form: sorglq_))
    case .float64:
      return try kernel(Routines<Double>(factor: dgelqf_, form: dorglq_))
    default: throw unsupported(type)
    }
  }

  /// What the library computes in: `tau`, then room for so many columns or rows.
  private static let blockWidth = 32
  private static let mostPieces = 16

  private func kernel<Element>(_ routines: Routines<Element>) throws -> Kernel {
    let (work, inner) = (self, min(rows, columns))
    let width = isFull ? rows : inner
    let roomCount = Self.blockWidth * max(1, columns, width)
    guard max(rows, columns, roomCount) <= Int32.max else {
      throw GraphError("a factorization of matrices of sizes \([rows, columns]) is too large")
    }
    let matrixCount = rows * columns
    let perPiece = matrixCount + inner + roomCount
    let pieces = min(count, Self.mostPieces)
    return Kernel(scratchByteCount: pieces * perPiece * MemoryLayout<Element>.stride) { context in
      let a = context.input(0, as: Element.self)
      let (q, r) = (context.output(0, as: Element.self), context.output(1, as: Element.self))
      let scratch = context.scratch.assumingMemoryBound(to: Element.self)
      context.parallelFor(pieces: pieces) { piece in
        let factors = scratch + piece * perPiece
        let (tau, room) = (factors + matrixCount, factors + matrixCount + inner)
        for number in piece * work.count / pieces..<(piece + 1) * work.count / pieces {
          factors.update(from: a + number * matrixCount, count: matrixCount)
          routines.factor(work.columns, work.rows, factors, tau, room, roomCount)
          let (q, r) = (
            q + number * work.rows * width, r + number * width * work.columns
          )
          work.copyReflections(from: factors, to: q, width: width)
          work.copyTriangle(from: factors, to: r, rows: width)
          routines.form(width, work.rows, inner, q, tau, room, roomCount)
        }
      }
    }
  }

  /// What Q is formed from stands below the diagonal of the factors.
  private func copyReflections<Element>(
    from factors: UnsafeMutablePointer<Element>, to q: UnsafeMutablePointer<Element>, width: Int
  ) {
    for row in 0..<rows {
      (q + row * width).update(from: factors + row * columns, count: min(rows, columns))
    }
  }

  private func copyTriangle<Element: ExpressibleByIntegerLiteral>(
    from factors: UnsafeMutablePointer<Element>, to r: UnsafeMutablePointer<Element>, rows: Int
  ) {
    for row in 0..<rows {
      let zeros = min(row, columns)
      (r + row * columns).update(repeating: 0, count: zeros)
      guard row < self.rows else { continue }
      (r + row * columns + zeros).update(
        from: factors + row * columns + zeros, count: columns - zeros)
    }
  }
}

/// The library's routines for elements of a type.
private struct Routines<Element: Sendable & ExpressibleByIntegerLiteral>: Sendable {
  typealias Integer = UnsafePointer<Int32>?
  typealias Elements = UnsafeMutablePointer<Element>?
  typealias Status = UnsafeMutablePointer<Int32>?

  private let factorRoutine:
    @Sendable (Integer, Integer, Elements, Integer, Elements, Elements, Integer, Status) -> Void
  private let formRoutine:
    @Sendable (
      Integer, Integer, Integer, Elements, Integer, UnsafePointer<Element>?, Elements, Integer,
      Status
    ) -> Void

  init(
    factor:
      @escaping @Sendable (
        Integer, Integer, Elements, Integer, Elements, Elements, Integer, Status
      ) -> Void,
    form:
      @escaping @Sendable (
        Integer, Integer, Integer, Elements, Integer, UnsafePointer<Element>?, Elements, Integer,
        Status
      ) -> Void
  ) {
    (factorRoutine, formRoutine) = (factor, form)
  }

  /// Overwrites a matrix of columns by its factor L and the reflections that Q is made of.
  func factor(
    _ rows: Int, _ columns: Int, _ matrix: UnsafeMutablePointer<Element>,
    _ tau: UnsafeMutablePointer<Element>, _ room: UnsafeMutablePointer<Element>, _ roomCount: Int
  ) {
    var sizes = (Int32(rows), Int32(columns), Int32(max(1, rows)), Int32(roomCount), Int32(0))
    factorRoutine(&sizes.0, &sizes.1, matrix, &sizes.2, tau, room, &sizes.3, &sizes.4)
  }

  /// Overwrites reflections by the rows of Q.
  func form(
    _ rows: Int, _ columns: Int, _ count: Int, _ matrix: UnsafeMutablePointer<Element>,
    _ tau: UnsafeMutablePointer<Element>, _ room: UnsafeMutablePointer<Element>, _ roomCount: Int
  ) {
    var sizes = (
      Int32(rows), Int32(columns), Int32(count), Int32(max(1, rows)), Int32(roomCount), Int32(0)
    )
    formRoutine(&sizes.0, &sizes.1, &sizes.2, matrix, &sizes.3, tau, room, &sizes.4, &sizes.5)
  }
}
