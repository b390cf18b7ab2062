import COpenBLAS
import GraphIR
import Tensors

/// A part of a matrix in row-major order.
struct MatrixPart {
  /// Its first element.
  var start: UnsafeRawPointer
  /// The elements from a row to the next.
  var stride: Int
  /// Whether the transpose of what stands there is meant.
  var isTransposed = false
}

/// Writes the product of two matrices, or adds it to what stands there; on the calling thread.
///
/// - Parameters:
///   - type: `Float32` or `Float64`.
///   - rows: The rows of the result.
///   - columns: The columns of the result.
///   - inner: The columns of a, above 0.
///   - isAdded: Whether the product is added to the result.
///   - result: The first element of the result.
///   - stride: The elements from a row of the result to the next.
/// - Precondition: Sizes and strides are numbers of 32 bits.
func multiply(
  _ type: DataType, rows: Int, columns: Int, inner: Int, _ a: MatrixPart, _ b: MatrixPart,
  isAdded: Bool, to result: UnsafeMutableRawPointer, stride: Int
) {
  let transposeA = a.isTransposed ? CblasTrans : CblasNoTrans
  let transposeB = b.isTransposed ? CblasTrans : CblasNoTrans
  let (m, n, k) = (Int32(rows), Int32(columns), Int32(inner))
  if type == .float32 {
    cblas_sgemm(
      CblasRowMajor, transposeA, transposeB, m, n, k, 1,
      a.start.assumingMemoryBound(to: Float.self), Int32(a.stride),
      b.start.assumingMemoryBound(to: Float.self), Int32(b.stride), isAdded ? 1 : 0,
      result.assumingMemoryBound(to: Float.self), Int32(stride))
  } else {
    cblas_dgemm(
      CblasRowMajor, transposeA, transposeB, m, n, k, 1,
      a.start.assumingMemoryBound(to: Double.self), Int32(a.stride),
      b.start.assumingMemoryBound(to: Double.self), Int32(b.stride), isAdded ? 1 : 0,
      result.assumingMemoryBound(to: Double.self), Int32(stride))
  }
}
