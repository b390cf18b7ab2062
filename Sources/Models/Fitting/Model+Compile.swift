import Execution
import GraphIR
import Operators
import Optimizers
import Tensors

/// What a model was compiled with.
struct Compilation {
  var optimizer: Optimizer
  var loss: Loss
  var metrics: [Metric]
  var origin: Origin
}

extension Model {
  /// Says how the model is trained, and what is told of it.
  ///
  /// Compiled again, a model has a new graph and session, its weights as they are, and an
  /// optimiser that begins anew.
  ///
  /// - Parameters:
  ///   - optimizer: How weights are changed. A learning rate that is a number becomes the variable
  ///     `optimizer/learning_rate`, which callbacks may change.
  ///   - loss: What becomes smaller; what regularisers ask for is added to it.
  ///   - metrics: What else is told of each epoch.
  /// - Throws: `GraphError` when loss or metrics do not fit the output; where the model is not
  ///   built yet, that is found out when it is.
  public func compile(
    optimizer: Optimizer = .adam(), loss: Loss, metrics: [Metric] = [],
    fileID: String = #fileID, line: Int = #line
  ) throws {
    let origin = Origin(fileID: fileID, line: line)
    let names = ["loss"] + metrics.map(\.name)
    if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
      throw GraphError("two metrics have the name '\(twice.element)'", at: origin.location)
    }
    if program != nil {
      program = nil
      try rebuild()
    }
    compilation = Compilation(
      optimizer: optimizer, loss: loss, metrics: metrics, origin: origin)
    if isBuilt || hasInput { _ = try trainingProgram() }
  }

  /// What training and tests run, appended to the graph at the first use.
  func trainingProgram() throws -> TrainingProgram {
    if let program { return program }
    guard let compilation else {
      throw GraphError(
        "the model '\(name)' is not compiled",
        notes: ["call compile(optimizer:loss:metrics:) first"])
    }
    let session = try session
    let made = try withAssembly { try TrainingProgram(compilation, &$0, session) }
    program = made
    return made
  }

  /// The factor of the optimiser's steps, once the model is built and compiled.
  ///
  /// - Throws: `GraphError` when the optimiser's rate is a value of the graph.
  public var learningRate: Double {
    get throws { try session.value(of: trainingProgram().learningRateVariable()).metric }
  }

  /// Lets the optimiser make larger or smaller steps from now on.
  ///
  /// - Throws: `GraphError` when the optimiser's rate is a value of the graph.
  public func setLearningRate(_ rate: Double) throws {
    try session.setValue(Tensor(Float(rate)), of: trainingProgram().learningRateVariable())
  }
}
