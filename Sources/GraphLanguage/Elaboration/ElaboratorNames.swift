import GraphIR
import Operators

// A name that a statement declares belongs to its node as it stands. Whatever name a function
// chose for a node of its own gives way.
extension Elaborator {
  /// The longest name of a node, in bytes.
  static let nameLimit = 2_048

  /// Gives a declared name to what an expression gave.
  ///
  /// - Parameters:
  ///   - term: What the expression gave.
  ///   - name: The name.
  ///   - firstNode: The number of nodes before the expression: those from there on are its own.
  /// - Returns: The term that the name stands for from now on.
  func named(
    _ term: Term, _ name: String, at range: SourceRange, since firstNode: Int
  ) throws(ElaborationFailure) -> Term {
    switch term {
    case .value(let value):
      if value.endpoint.output == 0, isFresh(value.node, since: firstNode) {
        try claim(name, for: value.node, at: range)
        return term
      }
      try makeFree(name, at: range)
      let node = graph.append(Identity(), [value], name: name, origin: origin(range))
      try checkFaults(range)
      namedNodes.insert(node.index)
      return .value(node.output)
    case .effect(let node):
      if isFresh(node, since: firstNode) {
        try claim(name, for: node, at: range)
        return term
      }
      return .effect(try group(node, name, at: range))
    case .results(let group, _), .list(let group):
      // The outputs of one node, as a function of several results gives them. A list of one value
      // is a list that somebody wrote.
      if case .list = term, group.terms.count == 1 { return term }
      if case .value(let first)? = group.terms.first, first.endpoint.output == 0,
        isFresh(first.node, since: firstNode), isWholeNode(group)
      {
        try claim(name, for: first.node, at: range)
      }
      return term
    case .integer, .number, .flag, .text, .bytes, .name, .failed: return term
    }
  }

  /// A node of a given name without outputs that runs another.
  func group(
    _ node: GraphNode, _ name: String, at range: SourceRange
  ) throws(ElaborationFailure) -> GraphNode {
    try makeFree(name, at: range)
    let result = graph.controlDependencies(on: [node]) {
      graph.append(NoOp(), name: name, origin: origin(range))
    }
    try checkFaults(range)
    namedNodes.insert(result.index)
    return result
  }

  /// Names the node of a new value of a `var`, as `x`, `x_1`, `x_2`; the name gives way to that
  /// of an output.
  func nameVariable(_ term: Term, _ name: String, since firstNode: Int) {
    guard case .value(let value) = term, value.endpoint.output == 0,
      isFresh(value.node, since: firstNode), prefix.utf8.count + name.utf8.count < Self.nameLimit
    else { return }
    if !graph.rename(value.node, to: name) { rename(value.node, uniquelyAs: name) }
  }

  private func isWholeNode(_ group: TermGroup) -> Bool {
    var number: Int32 = 0
    var node: GraphNode?
    for term in group.terms {
      guard case .value(let value) = term, value.endpoint.output == number,
        node == nil || value.node == node
      else { return false }
      node = value.node
      number += 1
    }
    return true
  }

  private func isFresh(_ node: GraphNode, since firstNode: Int) -> Bool {
    node.index >= firstNode && !namedNodes.contains(node.index)
  }

  private func claim(
    _ name: String, for node: GraphNode, at range: SourceRange
  ) throws(ElaborationFailure) {
    if node.name != prefix + name {
      try makeFree(name, at: range)
      _ = graph.rename(node, to: name)
    }
    namedNodes.insert(node.index)
  }

  /// Takes a name from the node that has it, unless a statement gave it.
  func makeFree(_ name: String, at range: SourceRange) throws(ElaborationFailure) {
    let full = prefix + name
    guard full.utf8.count <= Self.nameLimit else {
      throw report("the name of the node is longer than \(Self.nameLimit) characters", at: range)
    }
    guard let holder = graph.node(named: full) else { return }
    guard !namedNodes.contains(holder.index) else {
      let location = graph.snapshot { $0.nodes[holder.index].origin.location }
      throw report(
        "there is a node '\(full)' already", at: range,
        notes: [Diagnostic.Note("it is made here", at: location)])
    }
    rename(holder, uniquelyAs: name)
  }

  private func rename(_ node: GraphNode, uniquelyAs name: String) {
    var number = suffixes[prefix + name, default: 0]
    repeat { number += 1 } while !graph.rename(node, to: "\(name)_\(number)")
    suffixes[prefix + name] = number
  }
}

// MARK: - Prefixes

extension Elaborator {
  /// A prefix like the given one that no block or loop has had.
  func uniquePrefix(_ name: String) -> String {
    if prefixes.insert(prefix + name).inserted { return name }
    let base = prefix + name + "/"
    var number = suffixes[base, default: 0]
    repeat { number += 1 } while !prefixes.insert("\(prefix)\(name)_\(number)").inserted
    suffixes[base] = number
    return "\(name)_\(number)"
  }

  /// Puts a prefix before the names of the nodes that `body` makes.
  func withPrefix<Outcome>(
    _ name: String, at range: SourceRange, _ body: () throws(ElaborationFailure) -> Outcome
  ) throws(ElaborationFailure) -> Outcome {
    guard prefix.utf8.count + name.utf8.count < Self.nameLimit else {
      throw report("the names in here are longer than \(Self.nameLimit) characters", at: range)
    }
    let outer = prefix
    prefix += name + "/"
    defer { prefix = outer }
    let outcome: Result<Outcome, ElaborationFailure> = graph.scope(name) {
      do throws(ElaborationFailure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
