import GraphIR
import Tensors

/// The blocks of positions that move between the batch and the axes behind it.
struct SpatialBlocks {
  /// The size of a block along each of the axes behind the batch.
  let sizes: [Int]
  /// What stands before and behind the positions along these axes in the whole.
  let borders: [PaddingWidths]

  /// The offsets in a block, in row-major order.
  var offsets: [[Int]] {
    sizes.reduce([[]]) { offsets, size in
      offsets.flatMap { offset in (0..<size).map { offset + [$0] } }
    }
  }

  /// The number of offsets in a block.
  ///
  /// - Throws: `ShapeError` where it is no `Int`.
  func count() throws -> Int {
    guard let count = Shape.elementCount(of: sizes) else {
      throw ShapeError("block_shape is \(sizes), which makes more blocks than can be counted")
    }
    return count
  }
}

extension ShapeRequest {
  /// The blocks that the second and third input describe, where they are known.
  ///
  /// - Parameter name: What the third input is called.
  /// - Throws: `ShapeError` when they do not fit the first input.
  func spatialBlocks(_ name: String) throws -> SpatialBlocks? {
    try require(rank: 1, of: 1, named: "block_shape")
    try require(rank: 2, of: 2, named: name)
    if let columns = shape(2)[1], columns != 2 {
      throw ShapeError("\(name) must have two columns, but it is \(inputs[2])")
    }
    if let count = shape(1)[0], let rows = shape(2)[0], count != rows {
      throw ShapeError("block_shape is \(inputs[1]), but \(name) is \(inputs[2])")
    }
    if let count = shape(1)[0] ?? shape(2)[0], let rank = shape(0).rank, rank < count + 1 {
      throw ShapeError(
        "input must have at least rank \(count + 1) for \(count) sizes of blocks, but it is"
          + " \(inputs[0])")
    }
    if let sizes = integers(1), let wrong = sizes.first(where: { $0 < 1 }) {
      throw ShapeError("block_shape must be above 0, but one size is \(wrong)")
    }
    if let pairs = integers(2), let wrong = pairs.first(where: { $0 < 0 }) {
      throw ShapeError("\(name) must be at least 0, but one is \(wrong)")
    }
    guard let sizes = integers(1), let pairs = integers(2) else { return nil }
    return SpatialBlocks(sizes: sizes, borders: PaddingWidths.pairs(pairs))
  }
}

/// The movements between the whole and its blocks, one for each offset in a block.
///
/// - Parameters:
///   - whole: The sizes of the whole, without borders.
///   - parts: The sizes with blocks in the batch.
///   - intoParts: Whether elements move from the whole to the parts, else back.
func blockMovements(
  _ blocks: SpatialBlocks, whole: [Int], parts: [Int], intoParts: Bool
) throws -> [Movement] {
  try checkMovementCount(try blocks.count())
  let (wholeStrides, partStrides) = (rowMajorStrides(whole), rowMajorStrides(parts))
  let (count, batch) = (blocks.sizes.count, whole[0])
  return blocks.offsets.enumerated().map { number, offset in
    var box = [batch]
    var wholeStart = 0
    var partStart = number * batch * partStrides[0]
    var strides = [wholeStrides[0]]
    for axis in 0..<count {
      // Part p holds position p · size + offset − before of the whole.
      let (size, first) = (blocks.sizes[axis], offset[axis] - blocks.borders[axis].before)
      let low = first < 0 ? (-first + size - 1) / size : 0
      let length = whole[axis + 1]
      let high = first < length ? min(parts[axis + 1], (length - 1 - first) / size + 1) : 0
      box.append(max(0, high - low))
      wholeStart += (first + low * size) * wholeStrides[axis + 1]
      partStart += low * partStrides[axis + 1]
      strides.append(size * wholeStrides[axis + 1])
    }
    box += whole[(count + 1)...]
    let inWhole = Movement.Place(
      start: wholeStart, strides: strides + wholeStrides[(count + 1)...])
    let inParts = Movement.Place(start: partStart, strides: partStrides)
    return Movement(
      box, from: intoParts ? inWhole : inParts, to: intoParts ? inParts : inWhole)
  }
}
