import Tensors

/// Reads a number, a truth value, a text or a nested list from a command line.
struct ListReader {
  /// How deep lists may stand in lists.
  private static let nestingLimit = 32

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The whole text as a literal.
  ///
  /// - Throws: `TensorError` that names the column of the first thing that is wrong.
  mutating func read() throws -> Tensor {
    let tensor = try value(depth: 0)
    skipSpaces()
    if position < bytes.count { throw wrong("the end") }
    return tensor
  }

  private mutating func value(depth: Int) throws -> Tensor {
    skipSpaces()
    guard position < bytes.count else { throw wrong("a value") }
    if bytes[position] == UInt8(ascii: "[") { return try list(depth: depth) }
    if bytes[position] == UInt8(ascii: "\"") { return try quoted() }
    let start = position
    while position < bytes.count, !", []".utf8.contains(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    if let integer = Int64(word) { return Tensor(integer).asLiteral() }
    if let number = Double(word) { return Tensor(number).asLiteral() }
    switch word {
    case "true": return Tensor(true).asLiteral()
    case "false": return Tensor(false).asLiteral()
    default:
      position = start
      throw wrong("a number, true, false, \"text\" or a list")
    }
  }

  private mutating func list(depth: Int) throws -> Tensor {
    guard depth < Self.nestingLimit else {
      throw TensorError("lists stand more than \(Self.nestingLimit) deep")
    }
    position += 1
    var members: [Tensor] = []
    while true {
      skipSpaces()
      guard position < bytes.count else { throw wrong("']'") }
      if bytes[position] == UInt8(ascii: "]") {
        position += 1
        break
      }
      if !members.isEmpty {
        guard bytes[position] == UInt8(ascii: ",") else { throw wrong("',' or ']'") }
        position += 1
      }
      members.append(try value(depth: depth + 1))
    }
    return try Tensor(stacking: members).asLiteral()
  }

  private mutating func quoted() throws -> Tensor {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") { position += 1 }
    guard position < bytes.count else { throw wrong("'\"'") }
    defer { position += 1 }
    return Tensor(String(decoding: bytes[start..<position], as: UTF8.self)).asLiteral()
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  private func wrong(_ wanted: String) -> TensorError {
    let rest = String(decoding: bytes[position...].prefix(20), as: UTF8.self)
    let found = rest.isEmpty ? "the end" : "'\(rest)'"
    return TensorError("\(wanted) was expected at column \(position + 1), but there is \(found)")
  }
}
