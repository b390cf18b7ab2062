import GraphIR
import Tensors

/// What an expression means: a value of the graph, or something known when the graph is built.
indirect enum Term {
  case value(Value)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case text(String)
  /// Bytes that need not be text, as `base64` gives them.
  case bytes([UInt8])
  /// `.same`, without its point.
  case name(String)
  case list(TermGroup)
  /// The several results of a call, each with its name.
  case results(TermGroup, names: [String])
  /// An operation without outputs.
  case effect(GraphNode)
  /// What could not be evaluated; whatever uses it fails without a further message.
  case failed
}

/// Several terms, with what limits their size.
struct TermGroup {
  /// The most levels of groups inside of one another.
  static let depthLimit = 32
  /// The most terms in a group, those of its groups included.
  static let countLimit = 1 << 24

  let terms: [Term]
  /// The terms that are no groups, however deep they are.
  let leafCount: Int
  /// The levels, 1 for a group of none.
  let depth: Int

  /// `nil` when it would be larger or deeper than the limits.
  init?(_ terms: [Term]) {
    var leaves = 0
    var depth = 0
    for term in terms {
      let group = term.group
      leaves += group?.leafCount ?? 1
      depth = max(depth, group?.depth ?? 0)
      guard leaves <= Self.countLimit else { return nil }
    }
    guard depth < Self.depthLimit else { return nil }
    self.terms = terms
    leafCount = leaves
    self.depth = depth + 1
  }
}

extension Term {
  /// The terms of a list or of several results.
  var group: TermGroup? {
    switch self {
    case .list(let group), .results(let group, _): group
    default: nil
    }
  }

  var isFailed: Bool {
    if case .failed = self { return true }
    return false
  }

  /// The kind in words, for messages.
  var kind: String {
    switch self {
    case .value(let value): "a value of type \(value.type)"
    case .integer(let integer): "the integer \(integer)"
    case .number(let number): "the number \(number)"
    case .flag(let flag): "\(flag)"
    case .text(let text): "the text \(textLiteral(text.count > 40 ? text.prefix(40) + "…" : text))"
    case .bytes(let bytes): bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes"
    case .name(let name): ".\(name)"
    case .list: "a list"
    case .results(_, let names): "the results \(names.joined(separator: ", "))"
    case .effect: "an operation without a result"
    case .failed: "an error"
    }
  }

  /// The term as an argument of a function; `nil` where a function cannot take it.
  var argument: FunctionArgument? {
    switch self {
    case .value(let value): return .value(value)
    case .integer(let integer): return .integer(integer)
    case .number(let number): return .number(number)
    case .flag(let flag): return .flag(flag)
    case .text(let text): return .text(text)
    case .bytes(let bytes): return .bytes(bytes)
    case .name(let name): return .name(name)
    case .list(let group):
      var arguments: [FunctionArgument] = []
      arguments.reserveCapacity(group.terms.count)
      for term in group.terms {
        guard let argument = term.argument else { return nil }
        arguments.append(argument)
      }
      return .list(arguments)
    case .results, .effect, .failed: return nil
    }
  }

  /// The term as the language writes it; `nil` where it has no literal.
  var literalText: String? {
    switch self {
    case .integer(let integer): return String(integer)
    case .number(let number): return numberLiteral(number)
    case .flag(let flag): return "\(flag)"
    case .text(let text): return textLiteral(text)
    case .name(let name): return ".\(name)"
    case .list(let group):
      var texts: [String] = []
      for term in group.terms {
        guard let text = term.literalText else { return nil }
        texts.append(text)
      }
      return "[\(texts.joined(separator: ", "))]"
    case .value, .bytes, .results, .effect, .failed: return nil
    }
  }
}

/// A number as the language writes it.
func numberLiteral(_ number: Double) -> String {
  if number.isNaN { return number.sign == .minus ? "-.nan" : ".nan" }
  if number.isInfinite { return number.sign == .minus ? "-.infinity" : ".infinity" }
  return "\(number)"
}
