import Tensors

/// Reads the text form of a small protocol buffer: fields of texts and numbers, none of messages.
struct StateText {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// Calls `visit` with each field in order; `text` is `nil` for what is no text.
  ///
  /// - Throws: `TensorError` that names the file and the byte.
  mutating func read(_ visit: (_ name: String, _ text: String?) throws -> Void) throws {
    while let first = next() {
      guard isWord(first) else { throw unexpected("the name of a field") }
      let name = word()
      guard next() == UInt8(ascii: ":") else { throw unexpected("':' after '\(name)'") }
      position += 1
      try visit(name, try value(of: name))
      if let separator = next(), [0x2C, 0x3B].contains(separator) { position += 1 }
    }
  }

  private mutating func value(of name: String) throws -> String? {
    guard let first = next(), isWord(first) || isQuote(first) else {
      throw unexpected("the value of '\(name)'")
    }
    guard isQuote(first) else {
      _ = word()
      return nil
    }
    let start = position
    var result: [UInt8] = []
    // Texts that follow one another are one.
    while let quote = next(), isQuote(quote) { try literal(quote, into: &result) }
    guard let text = String(validating: result, as: UTF8.self) else {
      throw failure("the value of '\(name)' is not UTF-8", at: start)
    }
    return text
  }

  private mutating func literal(_ quote: UInt8, into result: inout [UInt8]) throws {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      let byte = bytes[position]
      position += 1
      switch byte {
      case quote: return
      case UInt8(ascii: "\\"): try escape(into: &result)
      default: result.append(byte)
      }
    }
    throw failure("the text does not end on its line", at: start)
  }

  private mutating func escape(into result: inout [UInt8]) throws {
    let start = position - 1
    guard position < bytes.count else { throw failure("an escape does not end", at: start) }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "?"):
      result.append(byte)
    case UInt8(ascii: "a"): result.append(7)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "v"): result.append(11)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      result.append(try code(radix: 16, atMost: 2, from: start))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      position -= 1
      result.append(try code(radix: 8, atMost: 3, from: start))
    default:
      throw failure("the text holds an escape that is not known", at: start)
    }
  }

  private mutating func code(radix: Int, atMost limit: Int, from start: Int) throws -> UInt8 {
    var value = 0
    let first = position
    while position < bytes.count, position < first + limit,
      let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, digit < radix
    {
      value = value * radix + digit
      position += 1
    }
    guard position > first, value < 256 else {
      throw failure("expected the digits of a byte", at: start)
    }
    return UInt8(value)
  }

  // MARK: - Characters

  /// The next byte that is neither a blank nor in a comment, which stays where it is.
  private mutating func next() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "#") {
        position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if byte == 0x20 || (9...13).contains(byte) {
        position += 1
      } else {
        return byte
      }
    }
    return nil
  }

  private mutating func word() -> String {
    let start = position
    while position < bytes.count, isWord(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private func failure(_ message: String, at place: Int) -> TensorError {
    TensorError("'\(file)' at byte \(place): \(message)")
  }

  private func unexpected(_ what: String) -> TensorError {
    guard position < bytes.count else {
      return failure("expected \(what), but the file ends", at: position)
    }
    let byte = bytes[position]
    let found = byte > 0x20 && byte < 0x7F ? "'\(Unicode.Scalar(byte))'" : "the byte \(byte)"
    return failure("expected \(what), but there is \(found)", at: position)
  }
}

/// A text as the value of a field, quotes included.
func stateText(_ text: String) -> String {
  var result = "\""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      result += "\\\(Unicode.Scalar(byte))"
    case 0x20..<0x7F:
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 8)
      result += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }
  }
  return result + "\""
}
