extension Tensor {
  /// The tensor with its dimensions in reverse, so that columns become rows.
  func transposed() throws -> Tensor {
    let reversed = Array(dimensions.reversed())
    if rank < 2 || elementCount == 0 {
      var result = Tensor(dataType: dataType, dimensions: reversed, storage: storage)
      result.isLiteral = isLiteral
      return result
    }
    let visit = TransposedIndices(dimensions: dimensions)
    switch storage {
    case .strings(let strings):
      var result: [[UInt8]] = []
      result.reserveCapacity(strings.count)
      visit.forEach { _, source in result.append(strings[source]) }
      return try Tensor(strings: result, dimensions: reversed)
    case .memory:
      return try withUnsafeBytes { source in
        try Tensor(uninitialized: dataType, dimensions: reversed) { target in
          switch dataType.byteCount {
          case 1: visit.copy(source, to: target, as: UInt8.self)
          case 2: visit.copy(source, to: target, as: UInt16.self)
          case 4: visit.copy(source, to: target, as: UInt32.self)
          default: visit.copy(source, to: target, as: UInt64.self)
          }
        }
      }
    }
  }
}

/// The order in which elements in row-major order stand once the dimensions are reversed.
private struct TransposedIndices {
  let dimensions: [Int]

  func copy<Word: BitwiseCopyable>(
    _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer, as type: Word.Type
  ) {
    let from = source.bindMemory(to: type)
    let to = target.bindMemory(to: type)
    forEach { to[$0] = from[$1] }
  }

  /// Calls `body` with each position in the result, in order, and the one that it comes from.
  ///
  /// - Precondition: There are two dimensions or more, and an element.
  func forEach(_ body: (_ target: Int, _ source: Int) -> Void) {
    // Result's dimensions are ours in reverse; its last one is our first one.
    let innerSize = dimensions[0]
    let outer = Array(dimensions.dropFirst().reversed())
    var strides: [Int] = []
    var stride = 1
    for size in outer {
      strides.append(stride)
      stride *= size
    }
    let innerStride = stride
    var position = [Int](repeating: 0, count: outer.count)
    var start = 0
    var target = 0
    while true {
      var source = start
      for _ in 0..<innerSize {
        body(target, source)
        target += 1
        source += innerStride
      }
      var axis = outer.count - 1
      while axis >= 0 {
        position[axis] += 1
        start += strides[axis]
        if position[axis] < outer[axis] { break }
        start -= strides[axis] * outer[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
