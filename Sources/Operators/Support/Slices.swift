import GraphIR
import Tensors

/// A tensor as a list of slices along its first axes, for operators whose results have as many as
/// values ask for.
struct Slices {
  private let tensor: Tensor
  /// The sizes of a slice.
  let sizes: [Int]
  /// The number of elements of a slice.
  private let sliceCount: Int
  /// The text of a tensor of texts, whose elements are not bytes of one length.
  private let texts: [[UInt8]]?

  /// The slices behind the first `axes` axes.
  init(_ tensor: Tensor, axes: Int) throws {
    self.tensor = tensor
    sizes = Array(tensor.dimensions.dropFirst(axes))
    sliceCount = Shape.elementCount(of: sizes) ?? 0
    texts = tensor.dataType == .string ? try tensor.strings() : nil
  }

  /// A tensor of some of the slices, one below the other.
  ///
  /// - Parameter positions: Which slices, each within the tensor.
  func gathered(_ positions: [Int]) throws -> Tensor {
    let dimensions = [positions.count] + sizes
    if let texts {
      let strings = positions.flatMap { texts[$0 * sliceCount..<($0 + 1) * sliceCount] }
      return try Tensor(strings: strings, dimensions: dimensions)
    }
    let size = sliceCount * tensor.dataType.byteCount
    return try Tensor(uninitialized: tensor.dataType, dimensions: dimensions) { bytes in
      guard size > 0, let target = bytes.baseAddress else { return }
      tensor.withUnsafeBytes { source in
        for (number, position) in positions.enumerated() {
          (target + number * size)
            .copyMemory(from: source.baseAddress! + position * size, byteCount: size)
        }
      }
    }
  }
}

/// Positions and counts as a vector of `Int32` or `Int64`.
///
/// - Throws: `KernelError` when one of them is no `Int32` but should be.
func indexVector(_ numbers: [Int], _ type: DataType) throws -> Tensor {
  guard type == .int32 else { return Tensor(numbers) }
  return Tensor(
    try numbers.map { number in
      guard let narrow = Int32(exactly: number) else {
        throw KernelError("the position \(number) is no Int32; ask for Int64")
      }
      return narrow
    })
}
