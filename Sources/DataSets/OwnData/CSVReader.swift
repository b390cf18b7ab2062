import Tensors

/// Reads the rows of a CSV file, as RFC 4180 describes them.
///
/// Fields are separated by commas, and rows by line feeds, with or without carriage returns. A
/// field in quotation marks may hold all of these, and a doubled quotation mark as one.
struct CSVReader {
  private let bytes: [UInt8]
  private let path: String
  private var position = 0
  /// The line of the next byte, from 1 on.
  private(set) var line = 1

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed: UInt8 = 10
  private static let carriageReturn: UInt8 = 13

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// An error at a line.
  func failure(_ message: String, line: Int) -> TensorError {
    TensorError("'\(path)' line \(line): \(message)")
  }

  /// Reads the next row that is not empty into `fields`.
  ///
  /// - Returns: The line that it begins on, or `nil` at the end of the file.
  mutating func nextRow(into fields: inout [[UInt8]]) throws -> Int? {
    fields.removeAll(keepingCapacity: true)
    while position < bytes.count,
      bytes[position] == Self.lineFeed || bytes[position] == Self.carriageReturn
    {
      if bytes[position] == Self.lineFeed { line += 1 }
      position += 1
    }
    guard position < bytes.count else { return nil }
    let start = line
    while true {
      fields.append(try field())
      guard position < bytes.count, bytes[position] == Self.comma else { break }
      position += 1
    }
    return start
  }

  /// The next field; then at a comma, the end of a row, or the end of the file.
  private mutating func field() throws -> [UInt8] {
    if position < bytes.count, bytes[position] == Self.quote { return try quotedField() }
    let start = position
    while position < bytes.count, bytes[position] != Self.comma,
      bytes[position] != Self.lineFeed, bytes[position] != Self.carriageReturn
    {
      if bytes[position] == Self.quote {
        throw failure(
          "a quotation mark stands within a field that does not begin with one", line: line)
      }
      position += 1
    }
    return Array(bytes[start..<position])
  }

  private mutating func quotedField() throws -> [UInt8] {
    let start = line
    position += 1
    var field: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.lineFeed { line += 1 }
      guard byte == Self.quote else {
        field.append(byte)
        continue
      }
      if position < bytes.count, bytes[position] == Self.quote {
        field.append(Self.quote)
        position += 1
        continue
      }
      let ends: [UInt8] = [Self.comma, Self.lineFeed, Self.carriageReturn]
      guard position == bytes.count || ends.contains(bytes[position]) else {
        throw failure("text follows the quotation mark that ends a field", line: line)
      }
      return field
    }
    throw failure("a field in quotation marks does not end", line: start)
  }
}

/// The number that a field of a CSV file holds, spaces around it left out.
func csvNumber(_ field: [UInt8]) -> Float? {
  // Most fields are short numbers without a sign or a point.
  if (1...6).contains(field.count) {
    var value = 0
    var isWhole = true
    for byte in field {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        isWhole = false
        break
      }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    if isWhole { return Float(value) }
  }
  return Float(csvText(field))
}

/// The text of a field, spaces around it left out.
func csvText(_ field: [UInt8]) -> String {
  let space = UInt8(ascii: " ")
  let trimmed = field.drop { $0 == space }
  let end = trimmed.lastIndex { $0 != space }.map { $0 + 1 } ?? trimmed.startIndex
  return String(decoding: trimmed[trimmed.startIndex..<end], as: UTF8.self)
}
