import GraphIR
import Tensors
import Training

extension Model {
  /// The loss and the metrics over all examples.
  ///
  /// - Parameters:
  ///   - data: What to test with.
  ///   - batchSize: How many examples are fed at once.
  /// - Throws: `GraphError` when the model is not compiled, or data do not fit it.
  public func evaluate(_ data: any ModelData, batchSize: Int = 32) throws -> Logs {
    guard data.count > 0 else { throw GraphError("there is no example to test with") }
    try build(exampleShape: data.exampleShapes.first)
    let program = try trainingProgram()
    var averages = Averages(count: program.names.count)
    try data.forEachBatch(size: batchSize, shuffleSeed: nil, epoch: 0) { batch in
      averages.add(
        try program.test.run(feeds(batch, program)).map { try $0.metric }, of: batch.count)
      return true
    }
    return averages.logs(program)
  }

  /// The loss and the metrics over the rows of tensors.
  public func evaluate(x: Tensor, y: Tensor, batchSize: Int = 32) throws -> Logs {
    try evaluate(TensorData(inputs: [x], labels: y), batchSize: batchSize)
  }

  /// What the model gives for examples.
  ///
  /// - Parameters:
  ///   - data: The examples; labels are left aside.
  ///   - batchSize: How many examples are fed at once.
  /// - Returns: A tensor for each output, with a row for each example.
  /// - Throws: `GraphError` when data do not fit the model, or there is no example.
  public func predict(_ data: any ModelData, batchSize: Int = 32) throws -> [Tensor] {
    try build(exampleShape: data.exampleShapes.first)
    let prediction = try session.prepare(fetches: outputs, feeds: inputs)
    var parts: [[Tensor]] = []
    try data.forEachBatch(size: batchSize, shuffleSeed: nil, epoch: 0) { batch in
      parts.append(try prediction.run(inputFeeds(batch.inputs)))
      return true
    }
    guard let first = parts.first else { throw GraphError("there is no example to predict for") }
    return try first.indices.map { output in
      parts.count == 1 ? first[output] : try Tensor(joining: parts.map { $0[output] })
    }
  }

  /// What the model gives for the rows of a tensor: its first output.
  public func predict(_ x: Tensor, batchSize: Int = 32) throws -> Tensor {
    try predict(TensorData(inputs: [x]), batchSize: batchSize)[0]
  }

  /// What the model gives for the rows of several inputs.
  public func predict(_ inputs: [Tensor], batchSize: Int = 32) throws -> [Tensor] {
    try predict(TensorData(inputs: inputs), batchSize: batchSize)
  }
}
