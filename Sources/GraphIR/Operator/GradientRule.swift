/// How the gradient of an operator is built.
public enum GradientRule: Sendable {
  /// There is none, and why; the path of a derivative breaks here.
  case none(because: String)
  /// Appends the gradient to the graph, as mathematics.
  ///
  /// Gives one value for each input, the gradient of the sum of what flows back; `nil` for an
  /// input that the outputs do not depend on in a way that can be differentiated.
  case rule(@Sendable (GradientContext) throws -> [Value?])
}

/// What a gradient rule is told.
public struct GradientContext: Sendable {
  /// The operator with its attributes.
  public let operation: any Operator
  /// The operator's inputs.
  public let inputs: [Value]
  /// The operator's outputs.
  public let outputs: [Value]
  /// What flows back into each output; `nil` where nothing does.
  public let outputGradients: [Value?]
  /// Whether the gradient of an input is asked for; the others may be left `nil`.
  public let isNeeded: [Bool]

  /// What a gradient rule is told.
  public init(
    operation: any Operator, inputs: [Value], outputs: [Value], outputGradients: [Value?],
    isNeeded: [Bool]
  ) {
    self.operation = operation
    self.inputs = inputs
    self.outputs = outputs
    self.outputGradients = outputGradients
    self.isNeeded = isNeeded
  }

  /// The graph to append to.
  public var graph: Graph { outputs[0].graph }

  /// What flows back into the only output.
  ///
  /// - Precondition: The operator has one output; a rule is not called when nothing flows back.
  public var outputGradient: Value { outputGradients[0]! }

  /// The first input.
  public var x: Value { inputs[0] }
  /// The second input.
  public var y: Value { inputs[1] }
  /// The first output.
  public var output: Value { outputs[0] }

  /// The operator as what it is.
  public func operation<Op: Operator>(as type: Op.Type) -> Op { operation as! Op }
}
