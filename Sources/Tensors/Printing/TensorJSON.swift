extension Tensor {
  /// How many empty lists JSON text is to hold at most.
  private static let emptyListLimit = 65_536

  /// The elements as JSON: a number, a Boolean or a string, or nested lists of them.
  ///
  /// Numbers have the fewest digits from which their type reads the same number back. What JSON
  /// has no number for is one of the strings "NaN", "Infinity" and "-Infinity". Bytes of a string
  /// that are no UTF-8 become U+FFFD. A tensor without elements is written with its empty lists,
  /// or as `[]` where those are more than 65,536.
  public func json() -> String {
    if elementCount == 0 { return emptyJSON() }
    var result = String(repeating: "[", count: rank)
    var position = [Int](repeating: 0, count: rank)
    // Texts are made in batches, which bounds the memory that they take at a time.
    let batch = 4096
    var start = 0
    while start < elementCount {
      let end = min(start + batch, elementCount)
      for text in jsonTexts(start..<end) {
        result += text
        let closed = Self.advance(&position, within: dimensions)
        result += String(repeating: "]", count: closed)
        if closed < rank { result += ", " + String(repeating: "[", count: closed) }
      }
      start = end
    }
    return result
  }

  /// Moves to the next element in row-major order and tells how many dimensions began anew.
  private static func advance(_ position: inout [Int], within dimensions: [Int]) -> Int {
    var axis = dimensions.count - 1
    while axis >= 0 {
      position[axis] += 1
      if position[axis] < dimensions[axis] { break }
      position[axis] = 0
      axis -= 1
    }
    return dimensions.count - 1 - axis
  }

  private func jsonTexts(_ range: Range<Int>) -> [String] {
    if case .strings(let strings) = storage { return strings[range].map(jsonText) }
    let texts = texts(at: Array(range), .exact)
    guard dataType.isFloatingPoint else { return texts }
    return texts.map { text in
      switch text {
      case "nan": "\"NaN\""
      case "inf": "\"Infinity\""
      case "-inf": "\"-Infinity\""
      default: text
      }
    }
  }

  private func emptyJSON() -> String {
    let outer = Array(dimensions.prefix { $0 > 0 })
    guard outer.count <= ArrayLayout.maximumRank,
      let count = Shape.elementCount(of: outer), count <= Self.emptyListLimit
    else { return "[]" }
    var result = "[]"
    for size in outer.reversed() {
      result = "[" + Array(repeating: result, count: size).joined(separator: ", ") + "]"
    }
    return result
  }
}

/// The bytes as a string of JSON, quotes included.
private func jsonText(_ bytes: [UInt8]) -> String {
  var result = "\""
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if scalar.value < 0x20 || scalar.value == 0x7F {
        result += "\\u" + hexadecimal(scalar.value, 4)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}
