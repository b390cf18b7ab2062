import Tensors

/// Which part of a tensor is stored on its own, as the parts of a partitioned variable are.
struct BundleSlice: Equatable {
  /// Along each dimension where the part begins and how long it is; `nil` for all of it.
  var extents: [Range<Int>?]

  init(extents: [Range<Int>?]) {
    self.extents = extents
  }

  /// From TensorFlow's `TensorSliceProto`.
  init(_ reader: ByteReader) throws {
    extents = []
    var rest = reader
    while let field = try MessageField(&rest) {
      guard field.number == 1 else { continue }
      guard extents.count < BundleEntry.maximumRank else {
        throw field.failure("a part has more than \(BundleEntry.maximumRank) dimensions")
      }
      var extent = try field.message("an extent")
      var start = 0
      var length: Int?
      while let part = try MessageField(&extent) {
        if part.number == 1 { start = try part.count("where a part begins") }
        if part.number == 2 { length = try part.count("how long a part is") }
      }
      guard let length else {
        extents.append(nil)
        continue
      }
      let (end, overflow) = start.addingReportingOverflow(length)
      guard !overflow else { throw field.failure("a part ends beyond any memory") }
      extents.append(start..<end)
    }
  }

  var bytes: [UInt8] {
    var result: [UInt8] = []
    for extent in extents {
      var message: [UInt8] = []
      if let extent {
        message.append(field: 1, integer: extent.lowerBound)
        message.append(field: 2, integer: extent.count)
      }
      result.append(field: 1, message: message)
    }
    return result
  }

  /// The part of a tensor of those sizes, or `nil` when it does not lie within them.
  func ranges(within dimensions: [Int]) -> [Range<Int>]? {
    guard extents.count == dimensions.count else { return nil }
    var result: [Range<Int>] = []
    for (extent, size) in zip(extents, dimensions) {
      let range = extent ?? 0..<size
      guard range.upperBound <= size else { return nil }
      result.append(range)
    }
    return result
  }
}

// The key of a part: a zero byte, the name, the rank, start and length along each dimension, in a
// code that sorts as the values do.
extension BundleSlice {
  /// How the key of a part of the tensor begins: everything before the rank.
  static func keyPrefix(name: String) -> [UInt8] {
    var result: [UInt8] = [0]
    for byte in name.utf8 {
      result.append(byte)
      if byte == 0 { result.append(0xFF) }
      if byte == 0xFF { result.append(0) }
    }
    return result + [0, 1]
  }

  /// How many bytes of a key are its prefix; `nil` when it is not the key of a part.
  static func prefixLength(of key: [UInt8]) -> Int? {
    guard key.first == 0 else { return nil }
    var position = 1
    while position + 1 < key.count {
      if key[position] == 0, key[position + 1] == 1 { return position + 2 }
      position += key[position] == 0 || key[position] == 0xFF ? 2 : 1
    }
    return nil
  }

  /// What follows the prefix.
  var keySuffix: [UInt8] {
    let digits = bigEndian(extents.count)
    var result = [UInt8(digits.count)] + digits
    for extent in extents {
      result += Self.orderedCode(extent?.lowerBound ?? 0)
      result += Self.orderedCode(extent?.count ?? -1)
    }
    return result
  }

  /// The number in as few bytes as hold its sign and value beside as many leading ones as there
  /// are bytes; of a negative number all bits are the other way round.
  private static func orderedCode(_ number: Int) -> [UInt8] {
    let magnitude = number < 0 ? ~number : number
    var count = 1
    while magnitude >> (7 * count - 1) != 0 { count += 1 }
    let filler: UInt8 = number < 0 ? 0xFF : 0
    var result = (0..<count).reversed().map { byte in
      byte < 8 ? UInt8(truncatingIfNeeded: number >> (8 * byte)) : filler
    }
    for bit in 0..<count { result[bit / 8] ^= 0x80 >> UInt8(bit % 8) }
    return result
  }
}

/// The bytes of a number that is not negative, the highest first, without zeros before it.
private func bigEndian(_ number: Int) -> [UInt8] {
  var result: [UInt8] = []
  var rest = number
  while rest > 0 {
    result.append(UInt8(truncatingIfNeeded: rest))
    rest >>= 8
  }
  return result.reversed()
}
