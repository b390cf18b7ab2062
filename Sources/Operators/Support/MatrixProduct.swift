import COpenBLAS
import GraphIR
import Tensors

/// A product of two matrices of known sizes, each stored in row-major order.
struct MatrixProduct: Sendable {
  var rows: Int
  var columns: Int
  var inner: Int
  var transposeA: Bool
  var transposeB: Bool

  /// A kernel that writes the product of its first two inputs.
  ///
  /// - Parameter completion: What becomes of the sums, for `Float32` alone.
  /// - Throws: `GraphError` for a type that is not computed with, and for sizes that the linear
  ///   algebra library cannot count.
  func kernel(for type: DataType, _ completion: ProductCompletion? = nil) throws -> Kernel {
    if type == .float32, let panels = PanelProduct(self) { return panels.kernel(completion) }
    let work = try work(for: type)
    let (rows, columns) = (rows, columns)
    return Kernel { context in
      let (a, b, result) = (context.inputs[0], context.inputs[1], context.outputs[0])
      context.parallelFor(pieces: work.pieces) { piece in
        work.run(piece, a, b, result)
        if let completion, let part = work.part {
          completion.complete(part(piece), columns: columns, context)
        }
      }
      if let completion, work.part == nil {
        completion.complete(rows: rows, columns: columns, context)
      }
    }
  }

  /// The work of a product, in pieces that may run at the same time.
  struct Work: Sendable {
    /// Computes one piece: its number, where both matrices begin, and where the result does.
    typealias Run =
      @Sendable (Int, UnsafeRawPointer, UnsafeRawPointer, UnsafeMutableRawPointer) -> Void

    /// The number of pieces.
    var pieces: Int
    /// Computes one of them.
    var run: Run
    /// What each of them writes, where that need not be small.
    var part: (@Sendable (Int) -> ProductPart)?
  }

  /// Up to so many multiplications a plain loop is done before the library has begun.
  private static let tinyWork = 64

  /// The work for elements of a type, wherever the matrices stand.
  ///
  /// - Throws: As `kernel(for:)` does.
  func work(for type: DataType) throws -> Work {
    precondition(LinearAlgebraLibrary.isOnCallingThread)
    guard [rows, columns, inner].allSatisfy({ $0 <= Int32.max }) else {
      throw GraphError("a matrix product of sizes \([rows, inner, columns]) is too large")
    }
    let count = rows * columns
    if count == 0 { return Work(pieces: 0) { _, _, _, _ in } }
    if inner == 0 {
      return Work(pieces: 1) { _, _, _, result in
        result.initializeMemory(as: UInt8.self, repeating: 0, count: count * type.byteCount)
      }
    }
    let isTiny = count <= Self.tinyWork && count * inner <= Self.tinyWork
    switch type {
    case .float32:
      if isTiny { return loopWork(Float(0)) { $0 + $1 * $2 } }
      return libraryWork(Float.self) {
        cblas_sgemm($0, $1, $2, $3, $4, $5, 1, $6, $7, $8, $9, 0, $10, $11)
      }
    case .float64:
      if isTiny { return loopWork(0.0) { $0 + $1 * $2 } }
      return libraryWork(Double.self) {
        cblas_dgemm($0, $1, $2, $3, $4, $5, 1, $6, $7, $8, $9, 0, $10, $11)
      }
    case .int32: return loopWork(Int32(0)) { $0 &+ $1 &* $2 }
    case .int64: return loopWork(Int64(0)) { $0 &+ $1 &* $2 }
    case .uint8: return loopWork(UInt8(0)) { $0 &+ $1 &* $2 }
    default: throw unsupported(type)
    }
  }

  private typealias Multiply<Element> =
    @Sendable (
      CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, Int32, Int32, Int32, UnsafePointer<Element>,
      Int32, UnsafePointer<Element>, Int32, UnsafeMutablePointer<Element>, Int32
    ) -> Void

  private func libraryWork<Element: Sendable>(
    _ type: Element.Type, _ multiply: @escaping Multiply<Element>
  ) -> Work {
    let product = self
    let tile = Tile(of: self)
    let leadingA = Int32(transposeA ? rows : inner)
    let leadingB = Int32(transposeB ? inner : columns)
    return Work(pieces: tile.pieces) { piece, a, b, result in
      let part = tile.part(piece, of: product)
      let (row, column) = (part.rows.lowerBound, part.columns.lowerBound)
      multiply(
        CblasRowMajor, product.transposeA ? CblasTrans : CblasNoTrans,
        product.transposeB ? CblasTrans : CblasNoTrans,
        Int32(part.rows.count), Int32(part.columns.count), Int32(product.inner),
        a.assumingMemoryBound(to: type) + (product.transposeA ? row : row * product.inner),
        leadingA,
        b.assumingMemoryBound(to: type) + (product.transposeB ? column * product.inner : column),
        leadingB, result.assumingMemoryBound(to: type) + row * product.columns + column,
        Int32(product.columns))
    } part: {
      tile.part($0, of: product)
    }
  }

  /// A piece for each row of the result, or one for all where these are tiny.
  @inline(__always)
  private func loopWork<Element: Sendable>(
    _ zero: Element, _ multiplyAdd: @escaping @Sendable (Element, Element, Element) -> Element
  ) -> Work {
    let product = self
    let (rowStrideA, innerStrideA) = transposeA ? (1, rows) : (inner, 1)
    let (innerStrideB, columnStrideB) = transposeB ? (1, inner) : (columns, 1)
    let rowsPerPiece = max(1, Self.tinyWork / max(1, columns))
    return Work(pieces: (rows + rowsPerPiece - 1) / rowsPerPiece) { piece, a, b, result in
      let a = a.assumingMemoryBound(to: Element.self)
      let b = b.assumingMemoryBound(to: Element.self)
      let result = result.assumingMemoryBound(to: Element.self)
      for row in piece * rowsPerPiece..<min(product.rows, (piece + 1) * rowsPerPiece) {
        for column in 0..<product.columns {
          var total = zero
          for k in 0..<product.inner {
            total = multiplyAdd(
              total, a[row * rowStrideA + k * innerStrideA],
              b[k * innerStrideB + column * columnStrideB])
          }
          result[row * product.columns + column] = total
        }
      }
    }
  }
}

extension MatrixProduct {
  /// The part of the result that one piece of parallel work makes, chosen by the sizes alone.
  private struct Tile {
    var rows: Int
    var columns: Int
    /// The number of tiles side by side.
    var acrossCount: Int
    /// The number of tiles.
    var pieces: Int

    /// What a piece writes.
    func part(_ piece: Int, of product: MatrixProduct) -> ProductPart {
      let row = piece / acrossCount * rows
      let column = piece % acrossCount * columns
      return ProductPart(
        rows: row..<min(row + rows, product.rows),
        columns: column..<min(column + columns, product.columns))
    }

    /// Below this many multiplications a piece costs more than it saves.
    private static let leastWork = 4_000_000.0
    private static let mostPieces = 8
    /// Shorter sides leave the library's inner loop unused.
    private static let leastSide = 32
    /// Bands of whole rows have so many.
    ///
    /// The library packs both factors of each piece anew; bands pack the first factor only once.
    private static let bandRows = 256

    init(of product: MatrixProduct) {
      (rows, columns) = (product.rows, product.columns)
      (acrossCount, pieces) = (1, 1)
      let work = Double(rows) * Double(columns) * Double(product.inner)
      let wanted = Int(min(Double(Self.mostPieces), work / Self.leastWork))
      while pieces < wanted {
        let halvesRows = rows >= columns || rows > Self.bandRows
        let half = ((halvesRows ? rows : columns) / 2 + 15) / 16 * 16
        if half < Self.leastSide || half >= max(rows, columns) { return }
        if halvesRows { rows = half } else { columns = half }
        acrossCount = (product.columns + columns - 1) / columns
        pieces = (product.rows + rows - 1) / rows * acrossCount
      }
    }
  }
}
