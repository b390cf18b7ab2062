import GraphIR

/// What an optimiser is made of: its name and numbers, and the updates that it makes.
struct OptimizerRule: Sendable {
  /// The name of the case.
  let name: String
  /// What the names of its nodes begin with, as TensorFlow 1 has it.
  let scope: String
  let parameters: [OptimizerParameter]
  /// Appends the nodes that change the variables and what the optimiser keeps for them.
  let updates: @Sendable (_ step: inout TrainingStep, _ pairs: [Trained]) throws -> [GraphNode]

  init(
    _ name: String, scope: String, _ parameters: [OptimizerParameter],
    updates: @escaping @Sendable (inout TrainingStep, [Trained]) throws -> [GraphNode]
  ) {
    self.name = name
    self.scope = scope
    self.parameters = parameters
    self.updates = updates
  }

  /// Every optimiser, in the order of the documentation.
  static let all: [OptimizerRule] = [
    gradientDescent, momentum, adam, adamW, adagrad, rmsProp, adadelta, ftrl, adamax, nadam,
  ]
}

/// One number of an optimiser, or a choice between two forms of it.
struct OptimizerParameter: Sendable {
  enum Kind: Sendable {
    case number(NumberRange)
    case flag
  }

  let label: String
  let kind: Kind
  /// The default of a number; `nil` where it must be given.
  let standard: Double?

  static func number(
    _ label: String, _ range: NumberRange, default standard: Double? = nil
  ) -> OptimizerParameter {
    OptimizerParameter(label: label, kind: .number(range), standard: standard)
  }

  /// A choice that is off by default.
  static func flag(_ label: String) -> OptimizerParameter {
    OptimizerParameter(label: label, kind: .flag, standard: nil)
  }
}

/// A variable that is trained: its node's output, which updates change, and the gradient.
struct Trained: Sendable {
  let variable: Value
  var gradient: Value
}
