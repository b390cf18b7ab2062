import GraphIR

/// A declared name and what it means at the moment.
final class Symbol {
  enum Kind {
    case constant, variable, state, placeholder, parameter, counter, argument
  }

  let place: Place
  let kind: Kind
  var term: Term

  init(_ kind: Kind, _ term: Term, at place: Place) {
    self.kind = kind
    self.term = term
    self.place = place
  }
}

/// A `func` with the names that its body sees.
final class Block {
  let syntax: FunctionSyntax
  let place: Place
  let scope: Scope

  init(_ syntax: FunctionSyntax, at place: Place, in scope: Scope) {
    self.syntax = syntax
    self.place = place
    self.scope = scope
  }

  var name: String { syntax.name.name }

  /// How a call looks, as `dense(_ x, units, rate = 0.5)`.
  var declaration: String {
    let parameters = syntax.parameters.map { parameter in
      let name = parameter.name.name
      let label = parameter.label?.name
      let head = label == nil ? "_ \(name)" : label == name ? name : "\(label!) \(name)"
      let value = parameter.defaultValue.map { " = " + place.file.source.quotable($0.range) }
      return head + (value ?? "")
    }
    return "\(name)(\(parameters.joined(separator: ", ")))"
  }
}

/// Names that are visible together.
final class Scope {
  enum Kind {
    case file, function, loop
  }

  let kind: Kind
  let parent: Scope?
  /// What is declared here, and for a file what it imports.
  var symbols: [String: Symbol] = [:]
  /// The blocks that are declared here, and for a file those that it imports.
  var blocks: [String: Block] = [:]
  /// The statements whose names these are, for messages about what stands further down.
  var statements: [StatementSyntax] = []

  init(_ kind: Kind, parent: Scope?) {
    self.kind = kind
    self.parent = parent
  }

  /// What a name means here.
  ///
  /// - Returns: The symbol, and whether it is declared outside of the `func` that the scope is in.
  func symbol(_ name: String) -> (symbol: Symbol, isOutside: Bool)? {
    var scope: Scope? = self
    var isOutside = false
    while let current = scope {
      if let symbol = current.symbols[name] { return (symbol, isOutside) }
      if current.kind == .function { isOutside = true }
      scope = current.parent
    }
    return nil
  }

  /// The block that a name means here.
  func block(_ name: String) -> Block? {
    var scope: Scope? = self
    while let current = scope {
      if let block = current.blocks[name] { return block }
      scope = current.parent
    }
    return nil
  }

  /// The names of what is visible here, in alphabetical order, some thousands at most.
  var visibleNames: [String] { visible { $0.symbols.keys } }

  /// The names of the blocks that are visible here, likewise.
  var visibleBlocks: [String] { visible { $0.blocks.keys } }

  private func visible(_ names: (Scope) -> some Collection<String>) -> [String] {
    var result: Set<String> = []
    var scope: Scope? = self
    while let current = scope {
      result.formUnion(names(current).prefix(5_000))
      scope = current.parent
    }
    return result.sorted()
  }
}
