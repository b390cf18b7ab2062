/// Reads JSON in order, without a copy of it in memory; every failure names the file and the byte.
package struct JSONReader {
  /// How deep lists and objects may stand in one another.
  private static let nestingLimit = 32

  private let bytes: [UInt8]
  private let file: String
  private let origin: Int
  package private(set) var position = 0

  /// A reader of text that stands at `origin` in the file.
  package init(_ bytes: [UInt8], file: String, origin: Int) {
    self.bytes = bytes
    self.file = file
    self.origin = origin
  }

  /// An error at a place in the text, by default at the next byte.
  package func failure(_ message: String, at place: Int? = nil) -> TensorError {
    TensorError("'\(file)' at byte \(origin + (place ?? position)): \(message)")
  }

  /// Reads an object; `member` is handed each key and reads the value.
  package mutating func object(
    _ what: String, _ member: (inout JSONReader, String) throws -> Void
  ) throws {
    try members(of: what, from: "{", to: "}") { reader in
      let key = try reader.string("a key of \(what)")
      try reader.take(":", "':' after a key of \(what)")
      try member(&reader, key)
    }
  }

  /// Reads a list; `element` reads each element.
  package mutating func list(_ what: String, _ element: (inout JSONReader) throws -> Void) throws {
    try members(of: what, from: "[", to: "]", element)
  }

  private mutating func members(
    of what: String, from opening: Unicode.Scalar, to closing: Unicode.Scalar,
    _ member: (inout JSONReader) throws -> Void
  ) throws {
    try take(opening, "'\(opening)', where \(what) begins")
    if next() == UInt8(ascii: closing) {
      position += 1
      return
    }
    while true {
      try member(&self)
      if next() == UInt8(ascii: closing) {
        position += 1
        return
      }
      try take(",", "',' or '\(closing)' in \(what)")
    }
  }

  /// Reads a number that is whole and not negative.
  package mutating func count(_ what: String) throws -> Int {
    guard let first = next(), isDigit(first) else { throw unexpected(what) }
    let start = position
    var value = 0
    while position < bytes.count, isDigit(bytes[position]) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let sum = tens.addingReportingOverflow(Int(bytes[position] - UInt8(ascii: "0")))
      guard !overflow, !sum.overflow else { throw failure("\(what) is too large", at: start) }
      value = sum.partialValue
      position += 1
    }
    let isOne = position == start + 1
    guard isOne || first != UInt8(ascii: "0"), position == bytes.count || !isWord(bytes[position])
    else { throw failure("expected \(what), a whole number", at: start) }
    return value
  }

  /// Reads a number that is finite.
  package mutating func number(_ what: String) throws -> Double {
    _ = next()
    let start = position
    let word = word()
    guard let number = Double(word), number.isFinite else {
      throw failure("expected \(what), but there is '\(word.prefix(20))'", at: start)
    }
    return number
  }

  /// The letters, digits, signs and points from the next byte on.
  private mutating func word() -> String {
    let start = position
    while position < bytes.count, isWord(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads any value and forgets it.
  package mutating func skip(_ what: String, depth: Int = 0) throws {
    guard depth < Self.nestingLimit else {
      throw failure("values stand more than \(Self.nestingLimit) deep in one another")
    }
    switch next() {
    case UInt8(ascii: "{"):
      try object(what) { reader, _ in try reader.skip(what, depth: depth + 1) }
    case UInt8(ascii: "["):
      try list(what) { reader in try reader.skip(what, depth: depth + 1) }
    case UInt8(ascii: "\""):
      _ = try string(what)
    default:
      let start = position
      let word = word()
      guard ["true", "false", "null"].contains(word) || Double(word)?.isFinite == true else {
        throw failure("expected \(what), but there is '\(word.prefix(20))'", at: start)
      }
    }
  }

  /// Checks that nothing but blanks is left.
  package mutating func end() throws {
    if next() != nil { throw unexpected("the end") }
  }

  // MARK: - Characters

  /// The next byte that is no blank, which stays where it is.
  private mutating func next() -> UInt8? {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    return position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ character: Unicode.Scalar, _ what: String) throws {
    guard next() == UInt8(ascii: character) else { throw unexpected(what) }
    position += 1
  }

  private func unexpected(_ what: String) -> TensorError {
    guard position < bytes.count else {
      return failure("expected \(what), but the text ends")
    }
    let byte = bytes[position]
    let found =
      byte > 0x20 && byte < 0x7F ? "'\(Unicode.Scalar(byte))'" : "the byte \(byte)"
    return failure("expected \(what), but there is \(found)")
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: isDigit(byte)
    }
  }
}

// MARK: - Strings

extension JSONReader {
  /// Reads a string.
  package mutating func string(_ what: String) throws -> String {
    try take("\"", what)
    let start = position
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: result, as: UTF8.self) else {
          throw failure("\(what) is not UTF-8", at: start)
        }
        return text
      case UInt8(ascii: "\\"):
        try escape(into: &result, what)
      case 0..<0x20:
        throw failure("\(what) holds the byte \(byte) without an escape", at: position - 1)
      default:
        result.append(byte)
      }
    }
    throw failure("\(what) does not end", at: start)
  }

  private mutating func escape(into result: inout [UInt8], _ what: String) throws {
    let start = position - 1
    guard position < bytes.count else { throw failure("\(what) does not end", at: start) }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "u"):
      var code = try codeUnit(from: start)
      if 0xD800..<0xDC00 ~= code, bytes[position...].starts(with: "\\u".utf8) {
        position += 2
        let low = try codeUnit(from: start)
        // What is no pair stays outside of Unicode and is refused below.
        if 0xDC00..<0xE000 ~= low { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw failure("\(what) holds half of a surrogate pair", at: start)
      }
      result += Array(String(Character(scalar)).utf8)
    default:
      throw failure("\(what) holds an escape that JSON does not have", at: start)
    }
  }

  private mutating func codeUnit(from start: Int) throws -> UInt32 {
    let digits = bytes[position...].prefix(4)
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { break }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard position == digits.endIndex, digits.count == 4 else {
      throw failure("expected four digits of base 16 after \\u", at: start)
    }
    return value
  }
}
