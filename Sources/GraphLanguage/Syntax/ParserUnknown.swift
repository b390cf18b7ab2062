import GraphIR
import Tensors

extension Parser {
  /// What other languages begin a statement with, and what to write instead.
  private static let foreignWords: [String: String] = [
    "return": "the results of a 'func' are the names after its '->'",
    "if": "a condition on values is an operator; one on sizes is not part of the language",
    "while": "a loop is written 'for i in 0..<n { … }'",
    "repeat": "a loop is written 'for i in 0..<n { … }'",
    "def": "a block is written 'func name(_ x) -> result { … }'",
    "function": "a block is written 'func name(_ x) -> result { … }'",
    "const": "a value is named with 'let'",
    "input": "what is fed is a 'placeholder'",
    "from": "a file is imported with 'import \"other.graph\"'",
    "print": "what a run gives is named with 'output'",
  ]

  /// Reports why the current token begins no statement.
  mutating func unknownStatement() -> SyntaxFailure {
    let first = token
    if first.kind == .invalid || nextToken.kind == .invalid && !nextToken.startsLine {
      return silentFailure()
    }
    if first.kind.isReserved, nextToken.kind == .equal {
      do { _ = try name("a name") } catch { return error }
    }
    let isWord = first.kind == .identifier && first.range.end - first.range.start <= 64
    if isWord, !nextToken.startsLine {
      let word = text(first)
      switch nextToken.kind {
      case .identifier, .string, .leftBrace, .leftParenthesis, .integer, .decimal, .true, .false:
        if let advice = Self.foreignWords[word] {
          return fail(
            "there is no statement '\(word)'", at: first.range, notes: [Diagnostic.Note(advice)])
        }
        if nextToken.kind == .leftParenthesis { break }
        let nearest = nearestName(to: word, among: Self.statementKeywords)
        return fail(
          "there is no statement '\(word)'", at: first.range,
          notes: nearest.map { [Diagnostic.Note("did you mean '\($0)'?")] } ?? [])
      case .colon:
        return fail(
          "expected a statement before '\(word)'", at: first.range,
          notes: [Diagnostic.Note("what is fed is written 'placeholder \(word): …'")])
      default: break
      }
    }
    return valueAlone()
  }

  /// Reports an expression that stands where a statement should, or what is wrong with it.
  private mutating func valueAlone() -> SyntaxFailure {
    let start = index
    let first = token
    do {
      _ = try expression()
    } catch {
      return error
    }
    var notes = [Diagnostic.Note("give it a name, as in 'let name = …'")]
    if first.kind == .minus, start > 0 {
      notes = [Diagnostic.Note("to go on with the line above, put a space after the '-'")]
    }
    return fail("a value alone does nothing", at: range(from: start), notes: notes)
  }
}
