import GraphIR
import Tensors

/// Products of many pairs of matrices of the same sizes, whose other axes broadcast.
struct BatchMatrixProduct: Sendable {
  /// The product of one pair.
  var product: MatrixProduct
  /// The sizes of the axes before those of the matrices, of the result.
  var batch: [Int]
  /// The same of the left matrices.
  var batchA: [Int]
  /// The same of the right matrices.
  var batchB: [Int]

  /// A piece that holds several products has up to so many multiplications.
  private static let workPerPiece = 1 << 18

  /// A kernel that writes the products of its two inputs.
  ///
  /// - Throws: As `MatrixProduct.kernel(for:)` does.
  func kernel(for type: DataType) throws -> Kernel {
    let work = try work(for: type)
    return Kernel { context in
      let (a, b, result) = (context.inputs[0], context.inputs[1], context.outputs[0])
      context.parallelFor(pieces: work.pieces) { work.run($0, a, b, result) }
    }
  }

  /// The work for elements of a type, wherever the tensors stand.
  func work(for type: DataType) throws -> MatrixProduct.Work {
    guard let count = Shape.elementCount(of: batch), count > 0 else {
      return MatrixProduct.Work(pieces: 0) { _, _, _, _ in }
    }
    let single = try product.work(for: type)
    if single.pieces == 0 { return single }
    if count == 1 { return single }
    let size = type.byteCount
    let walkA = BatchWalk(batch, batchA, step: product.rows * product.inner * size)
    let walkB = BatchWalk(batch, batchB, step: product.inner * product.columns * size)
    let step = product.rows * product.columns * size
    @Sendable func run(
      _ number: Int, _ piece: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
      _ result: UnsafeMutableRawPointer
    ) {
      single.run(
        piece, a + walkA.offset(number), b + walkB.offset(number), result + number * step)
    }
    let pairWork = Double(product.rows) * Double(product.columns) * Double(product.inner)
    let together = max(1, min(count, Int(Double(Self.workPerPiece) / max(1, pairWork))))
    if together == 1 {
      return MatrixProduct.Work(pieces: count * single.pieces) { piece, a, b, result in
        run(piece / single.pieces, piece % single.pieces, a, b, result)
      }
    }
    return MatrixProduct.Work(pieces: (count + together - 1) / together) { group, a, b, result in
      for number in group * together..<min(count, (group + 1) * together) {
        for piece in 0..<single.pieces { run(number, piece, a, b, result) }
      }
    }
  }
}

/// Where the matrices of one side stand for each product of a batch.
struct BatchWalk: Sendable {
  /// The sizes of the axes, the innermost first.
  private let sizes: [Int]
  /// The bytes from one position along an axis to the next; 0 where the matrices repeat.
  private let strides: [Int]
  /// The bytes from a matrix to the next where none repeats.
  private let step: Int?

  init(_ batch: [Int], _ own: [Int], step: Int) {
    var (sizes, strides, running) = ([Int](), [Int](), step)
    for axis in batch.indices.reversed() {
      let position = axis - (batch.count - own.count)
      let size = position < 0 ? 1 : own[position]
      sizes.append(batch[axis])
      strides.append(size == 1 ? 0 : running)
      running *= size
    }
    (self.sizes, self.strides) = (sizes, strides)
    self.step = batch == own ? step : nil
  }

  func offset(_ number: Int) -> Int {
    if let step { return number * step }
    var (rest, offset) = (number, 0)
    for axis in sizes.indices {
      offset += rest % sizes[axis] * strides[axis]
      rest /= sizes[axis]
    }
    return offset
  }
}
