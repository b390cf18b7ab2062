import GraphIR
import Tensors

extension Session {
  /// Lets the variables have their initial values, each after those that its value depends on.
  ///
  /// The initial value is that of the node `name/Assign`, or of the first assignment to the
  /// variable that does not depend on it.
  ///
  /// - Parameters:
  ///   - onlyMissing: Whether variables that have a value keep it, as after a restore.
  ///   - feeds: What initial values depend on.
  ///   - lenient: Whether variables without an initial value are left without a value.
  /// - Throws: `GraphError` when a variable has no initial value, or it cannot be computed.
  public func initializeVariables(
    onlyMissing: Bool = false, feeding feeds: [Value: Tensor] = [:], lenient: Bool = false
  ) throws {
    let initializers = try VariableInitializers(frozenGraph())
    var pending = initializers.variables
    if onlyMissing {
      pending.removeAll { variables.type(of: $0.name) != nil }
    }
    if lenient { pending.removeAll { $0.assignment == nil } }
    if let missing = pending.first(where: { $0.assignment == nil }) {
      throw GraphError(
        "the variable '\(missing.name)' has no initial value", at: missing.origin.location,
        notes: ["restore it, or give it a value, before it is read"])
    }
    for wave in initializers.waves(of: pending) {
      try run(targets: wave.map { graph.node(at: $0.assignment!) }, feeding: feeds)
    }
  }

  /// The value of a variable as it is now.
  ///
  /// - Parameter variable: The variable, or what reads it.
  /// - Throws: `GraphError` when it is no variable or has no value.
  public func value(of variable: Value) throws -> Tensor {
    let name = try name(ofVariable: variable)
    guard let value = try variables.value(named: name) else {
      throw GraphError("the variable '\(name)' has no value yet")
    }
    return value
  }

  /// Lets a variable have another value.
  ///
  /// - Parameters:
  ///   - value: The value; a literal takes the variable's type.
  ///   - variable: The variable, or what reads it.
  /// - Throws: `GraphError` when it is no variable, or the value is not of its type and shape.
  public func setValue(_ value: Tensor, of variable: Value) throws {
    let name = try name(ofVariable: variable)
    let position = variable.variable!.index
    let type = graph.snapshot { $0.nodes[position].outputs[0] }
    let adopted = value.isLiteral ? try value.adopting(type.dataType) : value
    guard adopted.dataType == type.dataType, adopted.shape.isCompatible(with: type.shape) else {
      throw GraphError("the variable '\(name)' is \(type), but the value is \(adopted.type)")
    }
    try variables.set([name: adopted])
  }

  private func name(ofVariable value: Value) throws -> String {
    guard value.graph === graph, value.isValid, let node = value.variable else {
      throw GraphError(
        value.isValid
          ? "'\(value.name)' is not a variable of the session's graph"
          : "an invalid value is not a variable")
    }
    return graph.snapshot { $0.nodes[node.index].variableName! }
  }
}

/// The variables of a graph with the nodes that give them their initial values.
package struct VariableInitializers {
  /// A variable.
  package struct Entry {
    package var name: String
    package var position: Int
    /// The node that assigns the initial value.
    package var assignment: Int?
    var origin: Origin
  }

  package private(set) var variables: [Entry] = []
  private let graph: FrozenGraph
  /// The variable that each node is; −1 for none.
  private let positions: [Int32]

  package init(_ graph: FrozenGraph) {
    self.graph = graph
    positions = graph.variablePositions()
    var numbers: [Int: Int] = [:]
    for (position, node) in graph.nodes.enumerated()
    where node.isVariable && positions[position] == Int32(position) {
      numbers[position] = variables.count
      variables.append(
        Entry(
          name: node.variableName!, position: position, assignment: nil, origin: node.origin))
    }
    guard !variables.isEmpty else { return }
    var isCustomary: Set<Int> = []
    for (position, node) in graph.nodes.enumerated() {
      guard type(of: node.operation).traits.contains(.assigns), node.inputs.count == 2,
        let number = numbers[Int(positions[node.inputs[0].nodeIndex])]
      else { continue }
      let named = node.name == graph.nodes[variables[number].position].name + "/Assign"
      if named && isCustomary.insert(number).inserted {
        variables[number].assignment = position
      } else if variables[number].assignment == nil,
        !dependencies(of: position).contains(variables[number].position)
      {
        variables[number].assignment = position
      }
    }
  }

  /// The variables whose values the initial value of an assignment depends on.
  private func dependencies(of assignment: Int) -> Set<Int> {
    let inputs = graph.nodes[assignment].inputs.dropFirst().map(\.nodeIndex)
    let behind = graph.dependencies(of: inputs) { positions[$0] >= 0 }
    return Set(behind.filter { positions[$0] >= 0 }.map { Int(positions[$0]) })
  }

  /// The entries in groups, each of which depends on earlier groups alone.
  func waves(of entries: [Entry]) -> [[Entry]] {
    var waves: [[Entry]] = []
    var waveOf: [Int: Int] = [:]
    let pending = Set(entries.map(\.position))
    for entry in entries {
      // A variable that comes later in the graph cannot be waited for.
      let needed = dependencies(of: entry.assignment!).intersection(pending)
      let wave = needed.reduce(0) { max($0, (waveOf[$1] ?? -1) + 1) }
      waveOf[entry.position] = wave
      if wave == waves.count { waves.append([]) }
      waves[wave].append(entry)
    }
    return waves
  }
}
