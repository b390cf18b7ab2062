import GraphIR
import Operators
import Tensors

/// The updates of one training step under construction.
struct TrainingStep {
  private let graph: Graph
  private let optimizer: Optimizer
  /// The type of the loss, which the numbers have that all variables share.
  private let type: DataType
  /// The scalars by name and type, each made once.
  private var scalars: [String: Value] = [:]

  init(graph: Graph, optimizer: Optimizer, type: DataType) {
    self.graph = graph
    self.optimizer = optimizer
    self.type = type
  }

  /// The nodes that change the variables and what the optimiser keeps.
  mutating func updates(_ pairs: [(Value, Value)], _ origin: Origin) throws -> [GraphNode] {
    switch optimizer {
    case .gradientDescent(let rate):
      return pairs.map { variable, gradient in
        let inputs = [
          variable, scalar("GradientDescent/learning_rate", rate, variable.dataType), gradient,
        ]
        return apply(
          ResourceApplyGradientDescent(), ApplyGradientDescent(), inputs, to: variable,
          "GradientDescent")
      }
    case .momentum(let rate, let momentum, let isNesterov):
      return try pairs.map { variable, gradient in
        var (ofHandle, ofReference) = (ResourceApplyMomentum(), ApplyMomentum())
        ofHandle.isNesterov = isNesterov
        ofReference.isNesterov = isNesterov
        let sum = try slot("Momentum", of: variable, origin)
        let type = variable.dataType
        return apply(
          ofHandle, ofReference,
          [
            variable, sum, scalar("Momentum/learning_rate", rate, type), gradient,
            scalar("Momentum/momentum", momentum, type),
          ], to: variable, "Momentum")
      }
    case .adam(let rate, let beta1, let beta2, let epsilon):
      return try adam(pairs, rate, beta1, beta2, epsilon, origin)
    }
  }

  private mutating func adam(
    _ pairs: [(Value, Value)], _ rate: OptimizerNumber, _ beta1: OptimizerNumber,
    _ beta2: OptimizerNumber, _ epsilon: OptimizerNumber, _ origin: Origin
  ) throws -> [GraphNode] {
    let (first, second) = (
      scalar("Adam/beta1", beta1, type), scalar("Adam/beta2", beta2, type)
    )
    let powers = [first, second].enumerated().map { number, beta in
      graph.variable(
        unusedName("beta\(number + 1)_power"), initialValue: beta, shape: .scalar, origin: origin)
    }
    var updates = try pairs.map { variable, gradient in
      let type = variable.dataType
      let (m, v) = (
        try slot("Adam", of: variable, origin), try slot("Adam_1", of: variable, origin)
      )
      return apply(
        ResourceApplyAdam(), ApplyAdam(),
        [
          variable, m, v, cast(powers[0], to: type), cast(powers[1], to: type),
          scalar("Adam/learning_rate", rate, type), scalar("Adam/beta1", beta1, type),
          scalar("Adam/beta2", beta2, type), scalar("Adam/epsilon", epsilon, type), gradient,
        ], to: variable, "Adam")
    }
    let steps = updates
    updates += graph.controlDependencies(on: steps) {
      zip(powers, [first, second]).map { power, beta in
        assign(power, power * beta, name: "Adam/\(power.variable?.name ?? "power")/update")
      }
    }
    return updates
  }

  /// One of the optimiser's numbers as a scalar of that type.
  private mutating func scalar(
    _ name: String, _ number: OptimizerNumber, _ type: DataType
  ) -> Value {
    switch number {
    case .value(let value): return value.dataType == type ? value : cast(value, to: type)
    case .number(let number):
      let key = "\(name) \(type)"
      if let known = scalars[key] { return known }
      let value = graph.constant(
        Tensor(number).asLiteral(), as: type, name: name, origin: .unknown)
      scalars[key] = value
      return value
    }
  }

  /// A variable of zeros that the optimiser keeps beside a variable.
  private func slot(_ name: String, of variable: Value, _ origin: Origin) throws -> Value {
    let slotName = unusedName("\(variable.node.name)/\(name)")
    let zeros: Value
    if let sizes = variable.shape.known {
      zeros = fill(
        graph.constant(Tensor(sizes.map(Int32.init)), name: "\(slotName)/shape", origin: origin),
        graph.constant(0, as: variable.dataType, origin: origin))
    } else {
      // The sizes are those of the value, which therefore comes first.
      let isHandle = graph.snapshot {
        $0.nodes[variable.endpoint.nodeIndex].operation is VarHandleOp
      }
      let value =
        isHandle
        ? graph.append(ReadVariableOp(), [variable], origin: origin).output : identity(variable)
      zeros = zerosLike(value)
    }
    return graph.variable(slotName, initialValue: zeros, shape: variable.shape, origin: origin)
  }

  private func unusedName(_ name: String) -> String {
    if graph.node(named: name) == nil { return name }
    var number = 1
    while graph.node(named: "\(name)_\(number)") != nil { number += 1 }
    return "\(name)_\(number)"
  }

  /// An update in the wire form of the variable.
  private func apply(
    _ ofHandle: some Operator, _ ofReference: some Operator, _ inputs: [Value],
    to variable: Value, _ name: String
  ) -> GraphNode {
    let count = Swift.type(of: ofHandle).updatedInputs.count
    let handles = inputs.enumerated().map { number, value in
      number > 0 && number < count ? value.variable?.output ?? value : value
    }
    let isHandle = graph.snapshot {
      $0.nodes[variable.endpoint.nodeIndex].operation is VarHandleOp
    }
    let nodeName = "\(name)/update_\(variable.node.name)/apply"
    if isHandle {
      return graph.append(ofHandle, handles, name: nodeName, origin: .unknown)
    }
    return graph.append(ofReference, handles, name: nodeName, origin: .unknown)
  }
}
