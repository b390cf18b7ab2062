import GraphIR
import GraphLanguage

/// Trees as text without places, so that tests can compare them.
extension ExpressionSyntax {
  var dump: String {
    switch kind {
    case .integer(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .string(let text): "\"\(text)\""
    case .interpolation(let parts): parts.dump
    case .boolean(let value): "\(value)"
    case .pi: "π"
    case .infinity: "∞"
    case .notANumber: "nan"
    case .name(let name): name
    case .enumerationCase(let name): ".\(name)"
    case .list(let elements): "[\(elements.map(\.dump).joined(separator: " "))]"
    case .negation(let operand): "(neg \(operand.dump))"
    case .operation(let first, let steps):
      "(\(first.dump)\(steps.map { " \($0.operation.rawValue) \($0.operand.dump)" }.joined()))"
    case .call(let callee, let arguments):
      "(call \(([callee.dump] + arguments.map(\.dump)).joined(separator: " ")))"
    case .member(let base, let name): "(\(base.dump) . \(name.name))"
    case .subscripted(let base, let indices):
      "(at \(([base] + indices).map(\.dump).joined(separator: " ")))"
    }
  }
}

extension [StringSyntax.Part] {
  var dump: String {
    let texts = map { part in
      switch part {
      case .text(let text): text
      case .value(let value): "\\(\(value.dump))"
      }
    }
    return "\"\(texts.joined())\""
  }
}

extension ArgumentSyntax {
  var dump: String { label.map { "\($0.name):\(value.dump)" } ?? value.dump }
}

extension TypeSyntax {
  var dump: String {
    switch dimensions {
    case .scalar: name.name
    case .unknownRank: "\(name.name)[*]"
    case .known(let sizes):
      "\(name.name)[\(sizes.map { $0?.dump ?? "?" }.joined(separator: " "))]"
    }
  }
}

extension StatementSyntax {
  var dump: String {
    let marks = attributes.map { attribute in
      "@\(attribute.name.name)(\(attribute.arguments.map(\.dump).joined(separator: " "))) "
    }
    return marks.joined() + kindDump
  }

  private var kindDump: String {
    switch kind {
    case .placeholder(let it):
      "(placeholder \(it.name.name) : \(it.type.dump)\(suffix(it.defaultValue)))"
    case .variable(let it):
      "(variable \(it.name.name)\(it.type.map { " : " + $0.dump } ?? "")\(suffix(it.value)))"
    case .parameter(let it):
      "(parameter \(it.name.name)\(it.type.map { " : " + $0.dump } ?? "")\(suffix(it.value)))"
    case .binding(let it):
      "(\(it.isMutable ? "var" : "let") \(pattern(it.pattern, it.isTuple))"
        + "\(it.type.map { " : " + $0.dump } ?? "")\(suffix(it.value)))"
    case .assignment(let it): "(set \(pattern(it.pattern, it.isTuple))\(suffix(it.value)))"
    case .function(let it):
      "(func \(it.name.name) (\(it.parameters.map(\.dump).joined(separator: " "))) "
        + "(\(it.results.map(\.name).joined(separator: " "))) \(it.body.dump))"
    case .loop(let it):
      "(for \(it.counter?.name ?? "_") \(it.lowerBound.dump) \(it.isClosed ? "..." : "..<") "
        + "\(it.upperBound.dump) \(it.body.dump))"
    case .scope(let it): "(scope \(it.name.parts.dump) \(it.body.dump))"
    case .importFile(let path): "(import \(path.parts.dump))"
    case .output(let results): "(output\(list(results)))"
    case .target(let results): "(target\(list(results)))"
    }
  }

  private func suffix(_ value: ExpressionSyntax?) -> String { value.map { " = \($0.dump)" } ?? "" }

  private func pattern(_ elements: [PatternElementSyntax], _ isTuple: Bool) -> String {
    let names = elements.map { $0.name ?? "_" }.joined(separator: " ")
    return isTuple ? "(\(names))" : names
  }

  private func list(_ results: [NamedResultSyntax]) -> String {
    results.map { " \($0.label?.parts.dump ?? $0.name.name)\(suffix($0.value))" }.joined()
  }
}

extension FunctionParameterSyntax {
  var dump: String {
    let written = label?.name == name.name ? name.name : "\(label?.name ?? "_")/\(name.name)"
    return written + (defaultValue.map { "=\($0.dump)" } ?? "")
  }
}

extension [StatementSyntax] {
  var dump: String { "{\(map(\.dump).joined(separator: " "))}" }
}

/// The statements of a text, or everything that is wrong with it.
func parsed(_ text: String) -> String {
  let (tree, diagnostics) = SourceFile(name: "model.graph", text: text).parse()
  if !diagnostics.isEmpty { return diagnostics.map(\.description).joined(separator: "\n") }
  return tree.statements.map(\.dump).joined(separator: "\n")
}

/// The expression of a text, or everything that is wrong with it.
func parsedExpression(_ text: String) -> String {
  let whole = parsed("let it = \(text)")
  guard whole.hasPrefix("(let it = "), whole.hasSuffix(")") else { return whole }
  return String(whole.dropFirst("(let it = ".count).dropLast())
}

/// What is wrong with a text, as a user sees it.
func printedDiagnostics(_ text: String) -> String {
  SourceFile(name: "model.graph", text: text).parse().diagnostics.map(\.description)
    .joined(separator: "\n")
}

/// Numbers that are the same in every run (SplitMix64).
struct FixedRandomNumbers: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
