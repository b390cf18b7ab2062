import GraphIR

extension Elaborator {
  /// The longest text that is put together of parts, in bytes.
  static let textLimit = 1 << 16

  /// The text of a string, with the values of the expressions in it.
  func text(of string: StringSyntax) throws(ElaborationFailure) -> String {
    try text(of: string.parts, at: string.range)
  }

  func text(
    of parts: [StringSyntax.Part], at range: SourceRange
  ) throws(ElaborationFailure) -> String {
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    var result = ""
    var isFailed = false
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .value(let expression):
        do throws(ElaborationFailure) {
          result += try text(of: try evaluate(expression), at: expression.range)
        } catch {
          isFailed = true
        }
      }
      guard result.utf8.count <= Self.textLimit else {
        throw report("the text is longer than \(Self.textLimit) bytes", at: range)
      }
    }
    if isFailed { throw ElaborationFailure() }
    try spend(result.utf8.count / 64, range)
    return result
  }

  /// What is known when the graph is built, as a part of a text.
  private func text(of term: Term, at range: SourceRange) throws(ElaborationFailure) -> String {
    switch term {
    case .integer(let integer): return "\(integer)"
    case .number(let number): return "\(number)"
    case .flag(let flag): return "\(flag)"
    case .text(let text): return text
    case .name(let name): return name
    case .failed: throw ElaborationFailure()
    case .value:
      throw report(
        "\(term.kind) is known when the graph runs, and a text when it is built", at: range,
        notes: [
          note("integers, numbers, texts, true, false and cases can stand in a text")
        ])
    case .list:
      throw report(
        "a list cannot stand in a text", at: range,
        notes: [note("take one of its elements, as '[0]', or its 'count'")])
    case .bytes, .results, .effect:
      throw report(
        "\(term.kind) cannot stand in a text", at: range,
        notes: [note("integers, numbers, texts, true, false and cases can")])
    }
  }
}
