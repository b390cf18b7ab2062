/// Whether no two of the boxes have an element in common.
func areDisjoint(_ boxes: [[Range<Int>]]) -> Bool {
  for first in boxes.indices {
    for second in boxes.indices[(first + 1)...] {
      let overlap = zip(boxes[first], boxes[second]).allSatisfy { $0.overlaps($1) }
      if overlap { return false }
    }
  }
  return true
}

/// Copies the elements of a part to their places in the whole.
func copy(
  _ part: UnsafeRawBufferPointer, to ranges: [Range<Int>], of whole: UnsafeMutableRawBufferPointer,
  dimensions: [Int], elementSize: Int
) {
  guard !part.isEmpty else { return }
  // The last dimensions of which the part has everything are contiguous, with the one before.
  var axis = ranges.count
  var runSize = elementSize
  while axis > 0 {
    axis -= 1
    runSize *= ranges[axis].count
    if ranges[axis].count < dimensions[axis] { break }
  }
  var strides = [Int](repeating: elementSize, count: dimensions.count)
  for axis in dimensions.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * dimensions[axis + 1]
  }
  var position = ranges.map(\.lowerBound)
  for start in stride(from: 0, to: part.count, by: runSize) {
    let place = zip(position, strides).reduce(0) { $0 + $1.0 * $1.1 }
    UnsafeMutableRawBufferPointer(rebasing: whole[place..<place + runSize])
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: part[start..<start + runSize]))
    var outer = axis - 1
    while outer >= 0 {
      position[outer] += 1
      if position[outer] < ranges[outer].upperBound { break }
      position[outer] = ranges[outer].lowerBound
      outer -= 1
    }
  }
}
