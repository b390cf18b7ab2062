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

  /// A kernel that writes the product of its two inputs.
  ///
  /// - Throws: `GraphError` for a type that is not computed with, and for sizes that the linear
  ///   algebra library cannot count.
  func kernel(for type: DataType) throws -> Kernel {
    guard [rows, columns, inner].allSatisfy({ $0 <= Int32.max }) else {
      throw GraphError("a matrix product of sizes \([rows, inner, columns]) is too large")
    }
    let count = rows * columns
    if count == 0 { return Kernel { _ in } }
    if inner == 0 {
      let byteCount = count * type.byteCount
      return Kernel { context in
        context.outputs[0].initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
      }
    }
    switch type {
    case .float32:
      return kernel(Float.self) {
        cblas_sgemm($0, $1, $2, $3, $4, $5, 1, $6, $7, $8, $9, 0, $10, $11)
      }
    case .float64:
      return kernel(Double.self) {
        cblas_dgemm($0, $1, $2, $3, $4, $5, 1, $6, $7, $8, $9, 0, $10, $11)
      }
    case .int32: return integerKernel(Int32.self)
    case .int64: return integerKernel(Int64.self)
    case .uint8: return integerKernel(UInt8.self)
    default: throw unsupported(type)
    }
  }

  private typealias Multiply<Element> =
    @Sendable (
      CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, Int32, Int32, Int32, UnsafePointer<Element>,
      Int32, UnsafePointer<Element>, Int32, UnsafeMutablePointer<Element>, Int32
    ) -> Void

  private func kernel<Element: Sendable>(
    _ type: Element.Type, _ multiply: @escaping Multiply<Element>
  ) -> Kernel {
    let product = self
    let tile = Tile(of: self)
    let leadingA = Int32(transposeA ? rows : inner)
    let leadingB = Int32(transposeB ? inner : columns)
    return Kernel { context in
      let (a, b) = (context.input(0, as: Element.self), context.input(1, as: Element.self))
      let result = context.output(as: Element.self)
      context.parallelFor(pieces: tile.pieces) { piece in
        let row = piece / tile.acrossCount * tile.rows
        let column = piece % tile.acrossCount * tile.columns
        multiply(
          CblasRowMajor, product.transposeA ? CblasTrans : CblasNoTrans,
          product.transposeB ? CblasTrans : CblasNoTrans,
          Int32(min(tile.rows, product.rows - row)),
          Int32(min(tile.columns, product.columns - column)), Int32(product.inner),
          a + (product.transposeA ? row : row * product.inner), leadingA,
          b + (product.transposeB ? column * product.inner : column), leadingB,
          result + row * product.columns + column, Int32(product.columns))
      }
    }
  }

  private func integerKernel<Element: FixedWidthInteger & Sendable>(
    _ type: Element.Type
  ) -> Kernel {
    let product = self
    let (rowStrideA, innerStrideA) = transposeA ? (1, rows) : (inner, 1)
    let (innerStrideB, columnStrideB) = transposeB ? (1, inner) : (columns, 1)
    return Kernel { context in
      let (a, b) = (context.input(0, as: Element.self), context.input(1, as: Element.self))
      let result = context.output(as: Element.self)
      context.parallelFor(pieces: product.rows) { row in
        for column in 0..<product.columns {
          var total: Element = 0
          for k in 0..<product.inner {
            total &+=
              a[row * rowStrideA + k * innerStrideA]
              &* b[k * innerStrideB + column * columnStrideB]
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

    /// Below this many multiplications a piece costs more than it saves.
    private static let leastWork = 4_000_000.0
    private static let mostPieces = 16
    /// Shorter sides leave the library's inner loop unused.
    private static let leastSide = 32

    init(of product: MatrixProduct) {
      (rows, columns) = (product.rows, product.columns)
      (acrossCount, pieces) = (1, 1)
      let work = Double(rows) * Double(columns) * Double(product.inner)
      let wanted = Int(min(Double(Self.mostPieces), work / Self.leastWork))
      while pieces < wanted {
        let halvesRows = rows >= columns
        let half = ((halvesRows ? rows : columns) / 2 + 15) / 16 * 16
        if half < Self.leastSide || half >= max(rows, columns) { return }
        if halvesRows { rows = half } else { columns = half }
        acrossCount = (product.columns + columns - 1) / columns
        pieces = (product.rows + rows - 1) / rows * acrossCount
      }
    }
  }
}
