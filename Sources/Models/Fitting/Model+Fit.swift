import DataSets
import GraphIR
import Tensors
import Training

/// How much a training tells on standard error.
public enum Verbosity: Sendable {
  /// Nothing.
  case silent
  /// How far the training is and how long it will take, then a line for each epoch.
  case progress
  /// A line for each epoch.
  case epochs
}

extension Model {
  /// Trains on examples, and tests after each epoch where there is something to test with.
  ///
  /// - Parameters:
  ///   - data: What to train on.
  ///   - epochs: The number of the epoch to stop before.
  ///   - batchSize: How many examples make a step; the last of an epoch may have fewer.
  ///   - validation: What to test with after each epoch, under names that begin with `val_`.
  ///   - shuffle: Whether each epoch has another order.
  ///   - seed: Decides the order; without it, that of the model, or another one each time.
  ///   - initialEpoch: The number of the first epoch, as of a training that goes on.
  ///   - callbacks: What is told of the training, and may end it.
  ///   - verbosity: How much is told on standard error.
  /// - Returns: What was told of each epoch.
  /// - Throws: `GraphError` when the model is not compiled, or data do not fit it.
  @discardableResult
  public func fit(
    _ data: some ModelData, epochs: Int = 1, batchSize: Int = 32,
    validation: (any ModelData)? = nil, shuffle: Bool = true, seed: UInt64? = nil,
    initialEpoch: Int = 0, callbacks: [any Callback] = [], verbosity: Verbosity = .progress
  ) throws -> History {
    try requirePositive(batchSize, "batchSize")
    guard initialEpoch >= 0 else {
      throw GraphError("initialEpoch must be at least 0, but it is \(initialEpoch)")
    }
    guard data.count > 0 else { throw GraphError("there is no example to train on") }
    try build(exampleShape: data.exampleShapes.first)
    let program = try trainingProgram()
    let order = shuffle ? seed ?? self.seed ?? UInt64.random(in: .min ... .max) : nil
    let perEpoch = (data.count - 1) / batchSize + 1
    let (total, overflow) = perEpoch.multipliedReportingOverflow(by: Swift.max(0, epochs))
    guard !overflow else { throw GraphError("\(epochs) epochs are more than can be counted") }
    let progress = ProgressReport(
      total: total, done: Swift.min(total, initialEpoch &* perEpoch), names: program.names)

    stopTraining = false
    var history = History()
    for callback in callbacks { try callback.trainingBegins(self) }
    for epoch in initialEpoch..<Swift.max(initialEpoch, epochs) where !stopTraining {
      progress.begin(epoch: epoch, of: epochs)
      for callback in callbacks { try callback.epochBegins(epoch, self) }
      var averages = Averages(count: program.names.count)
      var batchNumber = 0
      try data.forEachBatch(size: batchSize, shuffleSeed: order, epoch: epoch) { batch in
        let numbers = try program.training.run(feeds(batch, program)).map { try $0.metric }
        averages.add(numbers, of: batch.count)
        batchNumber += 1
        if verbosity == .progress {
          progress.update(epoch * perEpoch + batchNumber, averages.logs(program).numbers)
        }
        if !callbacks.isEmpty {
          let logs = Logs(Array(zip(program.names, numbers)))
          for callback in callbacks { try callback.batchEnds(batchNumber - 1, logs, self) }
        }
        return !stopTraining
      }
      var logs = averages.logs(program)
      if let validation {
        let tested = try evaluate(validation, batchSize: batchSize).prefixed("val_")
        for (name, number) in tested.entries { logs[name] = number }
      }
      history.append(logs, epoch: epoch)
      if verbosity != .silent { progress.end(epoch: epoch, results: logs.entries) }
      for callback in callbacks { try callback.epochEnds(epoch, logs, self) }
    }
    for callback in callbacks { try callback.trainingEnds(self) }
    return history
  }

  /// Trains on the rows of tensors.
  ///
  /// - Parameters:
  ///   - x: A row for each example.
  ///   - y: What is right for it.
  ///   - epochs: The number of the epoch to stop before.
  ///   - batchSize: How many examples make a step; the last of an epoch may have fewer.
  ///   - validation: What to test with after each epoch.
  ///   - validationSplit: The share of the examples, the last ones, to test with instead.
  ///   - shuffle: Whether each epoch has another order.
  ///   - seed: Decides the order; without it, that of the model, or another one each time.
  ///   - initialEpoch: The number of the first epoch.
  ///   - callbacks: What is told of the training, and may end it.
  ///   - verbosity: How much is told on standard error.
  /// - Returns: What was told of each epoch.
  /// - Throws: `GraphError` when the model is not compiled, or data do not fit it.
  @discardableResult
  public func fit(
    x: Tensor, y: Tensor, epochs: Int = 1, batchSize: Int = 32,
    validation: (x: Tensor, y: Tensor)? = nil, validationSplit: Double = 0, shuffle: Bool = true,
    seed: UInt64? = nil, initialEpoch: Int = 0, callbacks: [any Callback] = [],
    verbosity: Verbosity = .progress
  ) throws -> History {
    guard validationSplit >= 0, validationSplit < 1 else {
      throw GraphError(
        "validationSplit must be at least 0 and below 1, but it is \(validationSplit)")
    }
    var data = try TensorData(inputs: [x], labels: y)
    var tested = try validation.map { try TensorData(inputs: [$0.x], labels: $0.y) }
    if tested == nil, validationSplit > 0 {
      let position = Int(Double(data.count) * (1 - validationSplit))
      let parts = data.split(at: position)
      data = parts.0
      tested = parts.1
    }
    return try fit(
      data, epochs: epochs, batchSize: batchSize, validation: tested, shuffle: shuffle,
      seed: seed, initialEpoch: initialEpoch, callbacks: callbacks, verbosity: verbosity)
  }

  /// Trains on the training part of a data set, and tests with its test part after each epoch.
  @discardableResult
  public func fit(
    _ data: DataSet, epochs: Int = 1, batchSize: Int = 32, shuffle: Bool = true,
    seed: UInt64? = nil, initialEpoch: Int = 0, callbacks: [any Callback] = [],
    verbosity: Verbosity = .progress
  ) throws -> History {
    try fit(
      data.training, epochs: epochs, batchSize: batchSize, validation: data.test,
      shuffle: shuffle, seed: seed, initialEpoch: initialEpoch, callbacks: callbacks,
      verbosity: verbosity)
  }

  /// Does one training step.
  ///
  /// - Returns: The loss and the metrics of the batch, of the weights before the step.
  /// - Throws: `GraphError` when the model is not compiled, or data do not fit it.
  @discardableResult
  public func trainOnBatch(_ inputs: [Tensor], labels: Tensor) throws -> Logs {
    let data = try TensorData(inputs: inputs, labels: labels)
    try build(exampleShape: data.exampleShapes.first)
    let program = try trainingProgram()
    let batch = ModelBatch(inputs: inputs, labels: labels, count: data.count)
    let numbers = try program.training.run(feeds(batch, program)).map { try $0.metric }
    return Logs(zip(program.names, zip(numbers, program.finish)).map { ($0, $1.1($1.0)) })
  }
}

extension Logs {
  /// The numbers in order.
  var numbers: [Double] { entries.map(\.number) }
}
