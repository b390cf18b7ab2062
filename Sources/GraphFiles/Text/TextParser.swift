import GraphIR
import Tensors

extension GraphFile {
  /// The graph in protocol buffers' text form, as `graph.pbtxt`.
  ///
  /// A library of functions cannot be read from text.
  ///
  /// - Parameters:
  ///   - text: The whole file.
  ///   - name: What messages call the file.
  ///   - limits: How much the file may ask for.
  /// - Throws: `GraphError` that says line and column, or the node and the attribute.
  public static func decode(
    text: [UInt8], name: String, limits: ReadingLimits = ReadingLimits()
  ) throws -> GraphFile {
    var parser = TextParser(text, file: name, limits: limits)
    return try decode(try parser.parse(), name: name, limits: limits)
  }
}

/// Translates the text form of a graph into the binary form, by the same descriptions of messages.
struct TextParser {
  private var lexer: TextLexer
  private var token = TextLexer.Token.end
  private let limits: ReadingLimits
  private let schemas = MessageSchema.all

  /// Fields of GraphDef that are dropped here as from a binary file.
  private static let ignoredFields: Set<String> = ["experimental_type"]

  init(_ text: [UInt8], file: String, limits: ReadingLimits) {
    lexer = TextLexer(text, file: file)
    self.limits = limits
  }

  /// The graph in binary form.
  mutating func parse() throws -> [UInt8] {
    try advance()
    let result = try fields(of: MessageSchema.graph, depth: 1)
    guard token == .end else {
      throw lexer.fail("expected a field of Graph, found \(token.summary)")
    }
    return result
  }

  private mutating func advance() throws {
    token = try lexer.next()
  }

  private mutating func take(_ symbol: Character) throws -> Bool {
    guard token == .symbol(symbol) else { return false }
    try advance()
    return true
  }

  /// The fields of a message up to what cannot be one.
  ///
  /// - Note: Recurses as deep as messages stand in one another, which `depth` limits.
  private mutating func fields(of index: Int, depth: Int) throws -> [UInt8] {
    guard depth <= limits.nesting else {
      throw lexer.fail("messages stand more than \(limits.nesting) deep in one another")
    }
    let schema = schemas[index]
    var result: [UInt8] = []
    var seen: UInt64 = 0
    while case .identifier(let name) = token {
      if let field = schema.field(named: name) {
        if let bit = field.onceBit {
          guard seen & bit == 0 else {
            throw lexer.fail(
              field.isAlternative
                ? "\(schema.name) has a second value, '\(name)'"
                : "'\(name)' stands twice in \(schema.name)")
          }
          seen |= bit
        }
        try advance()
        try values(of: field, in: schema, depth: depth, into: &result)
      } else if Self.ignoredFields.contains(name) {
        try advance()
        try skipValue(depth: depth)
      } else {
        let near = nearestName(to: name, among: schema.fields.map(\.name))
        throw lexer.fail(
          "\(schema.name) has no field '\(name)'",
          notes: near.map { ["did you mean '\($0)'?"] } ?? [])
      }
      if try !take(",") { _ = try take(";") }
    }
    return result
  }

  private mutating func values(
    of field: MessageSchema.Field, in schema: MessageSchema, depth: Int, into result: inout [UInt8]
  ) throws {
    let hasColon = try take(":")
    if field.kind == .bytes, field.name == "library" {
      return try emptyLibrary(depth: depth)
    }
    var isMessage = false
    if case .message = field.kind { isMessage = true }
    guard hasColon || isMessage else {
      throw lexer.fail("expected ':' after '\(field.name)', found \(token.summary)")
    }
    guard try take("[") else {
      return try value(of: field, in: schema, depth: depth, into: &result)
    }
    guard field.isRepeated else {
      throw lexer.fail("'\(field.name)' of \(schema.name) is a single value, not a list")
    }
    if try take("]") { return }
    repeat {
      try value(of: field, in: schema, depth: depth, into: &result)
    } while try take(",")
    guard try take("]") else { throw lexer.fail("expected ',' or ']', found \(token.summary)") }
  }

  private mutating func value(
    of field: MessageSchema.Field, in schema: MessageSchema, depth: Int, into result: inout [UInt8]
  ) throws {
    result.append(tag: field.number, field.kind.wireType)
    switch field.kind {
    case .message(let index):
      let closing = try openMessage("'\(field.name)'")
      let content = try fields(of: index, depth: depth + 1)
      guard try take(closing) else {
        throw lexer.fail(
          "expected a field of \(schemas[index].name) or '\(closing)', found \(token.summary)")
      }
      result.append(varint: UInt64(content.count))
      result += content
    case .bytes, .text:
      let content = try string(of: field)
      result.append(varint: UInt64(content.count))
      result += content
    default:
      try number(of: field, in: schema, into: &result)
    }
  }

  private mutating func openMessage(_ what: String) throws -> Character {
    if try take("{") { return "}" }
    if try take("<") { return ">" }
    throw lexer.fail("expected '{' after \(what), found \(token.summary)")
  }

  /// String literals that stand side by side, as one.
  private mutating func string(of field: MessageSchema.Field) throws -> [UInt8] {
    guard case .string(var content) = token else {
      throw lexer.fail("expected a string for '\(field.name)', found \(token.summary)")
    }
    let start = lexer.tokenStart
    try advance()
    while case .string(let more) = token {
      content += more
      try advance()
    }
    if field.kind == .text, !content.withUnsafeBytes(isUTF8) {
      throw lexer.fail("the string for '\(field.name)' is not UTF-8", at: start)
    }
    return content
  }

  private mutating func number(
    of field: MessageSchema.Field, in schema: MessageSchema, into result: inout [UInt8]
  ) throws {
    let start = lexer.tokenStart
    let isNegative = try take("-")
    guard let number = TextNumber(token, isNegative: isNegative) else {
      throw lexer.fail(
        "expected \(field.kind.summary) for '\(field.name)', found \(token.summary)")
    }
    guard number.append(as: field.kind, to: &result) else {
      let names = field.kind == .dataType ? MessageSchema.dataTypeNumbers.keys.sorted() : []
      let near = nearestName(to: number.text, among: names)
      throw lexer.fail(
        "'\(number.text)' is not \(field.kind.summary) that '\(field.name)' of \(schema.name) takes",
        at: start, notes: near.map { ["did you mean '\($0)'?"] } ?? [])
    }
    try advance()
  }

  private mutating func emptyLibrary(depth: Int) throws {
    let closing = try openMessage("'library'")
    guard try take(closing) else {
      throw lexer.fail(
        "functions cannot be read from the text form; store the graph in binary form")
    }
  }

  /// Moves past the value of a field that is dropped.
  private mutating func skipValue(depth: Int) throws {
    _ = try take(":")
    var closings: [Character] = []
    repeat {
      switch token {
      case .symbol("{"): closings.append("}")
      case .symbol("<"): closings.append(">")
      case .symbol("["): closings.append("]")
      case .symbol(let symbol) where symbol == closings.last: closings.removeLast()
      case .end: throw lexer.fail("the file ends inside a message")
      default: break
      }
      try advance()
    } while !closings.isEmpty
  }
}
