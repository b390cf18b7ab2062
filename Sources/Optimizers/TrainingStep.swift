import GraphIR
import Operators
import Tensors

/// The updates of one training step under construction.
struct TrainingStep {
  let graph: Graph
  let optimizer: Optimizer
  /// The type of the loss, which the numbers have that all variables share.
  let type: DataType
  let origin: Origin
  /// The scalars by name and type, each made once.
  private var scalars: [String: Value] = [:]

  init(graph: Graph, optimizer: Optimizer, type: DataType, origin: Origin) {
    self.graph = graph
    self.optimizer = optimizer
    self.type = type
    self.origin = origin
  }

  /// The nodes that change the variables and what the optimiser keeps.
  mutating func updates(_ pairs: [Trained]) throws -> [GraphNode] {
    try optimizer.rule.updates(&self, pairs)
  }

  /// Whether the optimiser is of a form that it can have.
  func flag(_ label: String) -> Bool { optimizer.flag(label) }

  /// One of the optimiser's numbers as a scalar of that type.
  mutating func number(_ label: String, _ type: DataType) -> Value {
    let words = label.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
    return scalar("\(optimizer.rule.scope)/\(words)", optimizer.number(label), type)
  }

  /// A number as a scalar of that type, under that name where it is a constant.
  mutating func scalar(_ name: String, _ number: OptimizerNumber, _ type: DataType) -> Value {
    switch number {
    case .value(let value): return value.dataType == type ? value : cast(value, to: type)
    case .number(let number):
      let key = "\(name) \(type)"
      if let known = scalars[key] { return known }
      let value = graph.withoutControlDependencies {
        graph.constant(Tensor(number).asLiteral(), as: type, name: name, origin: .unknown)
      }
      scalars[key] = value
      return value
    }
  }

  /// What a variable is before the step.
  func read(_ variable: Value) -> Value {
    isHandle(variable)
      ? graph.append(ReadVariableOp(), [variable], origin: origin).output : identity(variable)
  }

  /// A variable that the optimiser keeps beside a variable, of one number at first.
  func slot(_ name: String, of variable: Value, filledWith number: Double = 0) -> Value {
    graph.withoutControlDependencies { newSlot(name, of: variable, filledWith: number) }
  }

  private func newSlot(_ name: String, of variable: Value, filledWith number: Double) -> Value {
    let slotName = graph.unusedName("\(variable.node.name)/\(name)")
    let type = variable.dataType
    func literal() -> Value {
      graph.constant(
        number == 0 ? Tensor(0) : Tensor(number).asLiteral(), as: type, origin: origin)
    }
    let start: Value
    if let sizes = variable.shape.known {
      let shape = graph.outsideScopes {
        graph.constant(Tensor(sizes.map(Int32.init)), name: "\(slotName)/shape", origin: origin)
      }
      start = fill(shape, literal())
    } else {
      // The sizes are those of the value, which therefore comes first.
      let zeros = zerosLike(read(variable))
      start = number == 0 ? zeros : zeros + literal()
    }
    return graph.outsideScopes {
      graph.variable(slotName, initialValue: start, shape: variable.shape, origin: origin)
    }
  }

  /// A scalar that the optimiser keeps for all variables.
  func shared(_ name: String, initialValue: Value) -> Value {
    graph.variable(
      graph.unusedName(name), initialValue: initialValue, shape: .scalar, origin: origin)
  }

  /// Numbers whose powers are kept, and the variables that keep them.
  typealias Powers = [(base: Value, power: Value)]

  /// Variables that hold the powers of numbers by how many steps there were, this one included.
  mutating func powers(of labels: [String]) -> Powers {
    let bases = labels.map { number($0, type) }
    return zip(labels, bases).map { label, base in
      (base: base, power: shared("\(label)_power", initialValue: base))
    }
  }

  /// The updates, and those of the powers after all of them.
  func advancing(_ powers: Powers, after updates: [GraphNode]) -> [GraphNode] {
    updates
      + graph.controlDependencies(on: updates) {
        powers.map { base, power in
          assign(
            power, power * base,
            name: "\(optimizer.rule.scope)/\(power.variable?.name ?? "power")/update")
        }
      }
  }

  /// An update in the wire form of the variable; the variables of the optimiser are among the
  /// inputs.
  func apply(
    _ ofHandle: some Operator, _ ofReference: some Operator, _ inputs: [Value],
    to variable: Value
  ) -> GraphNode {
    let count = Swift.type(of: ofHandle).updatedInputs.count
    let handles = inputs.enumerated().map { number, value in
      number > 0 && number < count ? value.variable?.output ?? value : value
    }
    let nodeName = "\(optimizer.rule.scope)/update_\(variable.node.name)/apply"
    if isHandle(variable) {
      return graph.append(ofHandle, handles, name: nodeName, origin: .unknown)
    }
    return graph.append(ofReference, handles, name: nodeName, origin: .unknown)
  }

  func isHandle(_ variable: Value) -> Bool {
    graph.snapshot { $0.nodes[variable.endpoint.nodeIndex].operation is VarHandleOp }
  }

}

extension Graph {
  /// The name, or one with a number behind it where a node has it already.
  func unusedName(_ name: String) -> String {
    if node(named: name) == nil { return name }
    var number = 1
    while node(named: "\(name)_\(number)") != nil { number += 1 }
    return "\(name)_\(number)"
  }
}
