import DataSets
import Execution
import GraphIR
import Tensors

/// Trains the variables of a graph on labelled images, and tests how well it does.
///
/// ```swift
/// let trainer = try Trainer(session, target: train)
/// try session.initializeVariables()
/// try trainer.train(data.training, batchSize: 50, epochs: 5, seed: 1)
/// let results = try trainer.evaluate(data.test)
/// ```
/// The graph has a placeholder `images`; where it has one named `labels`, the labels are fed too,
/// and where it has one named `training`, it is true in training and false in tests. The scalars
/// among its declared outputs, as `loss` and `accuracy`, are what is told of each step.
public final class Trainer {
  /// What is trained.
  public let session: Session
  /// The names of the scalars that are told of each step, in the order of their declaration.
  public let metricNames: [String]
  private let trainingStep: Callable
  private let test: Callable
  private let feedsLabels: Bool
  private let trainingFlag: [Tensor]
  private let testFlag: [Tensor]

  /// What is told of one step.
  public struct Step {
    /// The number of the step, from 1 on.
    public let number: Int
    /// The number of the epoch, from 0 on.
    public let epoch: Int
    /// The scalars in the order of `metricNames`, of the variables before the step.
    public let metrics: [Double]
  }

  /// A trainer for the graph of a session.
  ///
  /// - Parameters:
  ///   - session: The session whose variables are trained.
  ///   - target: The node that is one step.
  /// - Throws: `GraphError` when the graph has no placeholder `images`.
  public init(_ session: Session, target: GraphNode) throws {
    self.session = session
    let frozen = try session.graph.frozen()
    func placeholder(_ name: String) -> Value? {
      guard let node = session.graph.node(named: name),
        type(of: frozen.nodes[node.index].operation).traits.contains(.fed)
      else { return nil }
      return node.output
    }
    guard let images = placeholder("images") else {
      throw GraphError(
        "the graph has no placeholder 'images', which training data are fed to",
        notes: ["declare it: placeholder images: Float32[?, 28, 28, 1]"])
    }
    let labels = placeholder("labels")
    feedsLabels = labels != nil
    var feeds = [images] + (labels.map { [$0] } ?? [])
    if let flag = placeholder("training"), flag.dataType == .bool {
      feeds.append(flag)
      trainingFlag = [Tensor(true)]
      testFlag = [Tensor(false)]
    } else {
      trainingFlag = []
      testFlag = []
    }
    let metrics = frozen.metrics
    metricNames = metrics.map(\.name)
    let fetches = metrics.map { session.graph.value(at: $0.endpoint) }
    trainingStep = try session.prepare(fetches: fetches, targets: [target], feeds: feeds)
    test = try session.prepare(fetches: fetches, feeds: feeds)
  }

  /// Trains for a number of epochs.
  ///
  /// - Parameters:
  ///   - examples: What to train on.
  ///   - batchSize: How many examples are fed at once; the last batch of an epoch may have fewer.
  ///   - epochs: How often all examples are gone through.
  ///   - seed: Decides the order of the examples, together with the number of the epoch.
  ///   - done: How many steps were done before, as by a run that this one goes on with.
  ///   - onStep: Is told of each step, and may stop the training by giving `false`.
  /// - Returns: The number of the last step that was done.
  /// - Throws: `GraphError` when something cannot be computed, `TensorError` for a batch size
  ///   below 1.
  @discardableResult
  public func train(
    _ examples: Examples, batchSize: Int, epochs: Range<Int>, seed: UInt64, done: Int = 0,
    onStep: (Step) throws -> Bool = { _ in true }
  ) throws -> Int {
    let batches = try examples.batches(size: batchSize, shuffleSeed: seed, epochs: epochs)
    let perEpoch = epochs.isEmpty ? 0 : batches.count / epochs.count
    var number = epochs.lowerBound * perEpoch
    let skipped = max(0, done - number)
    number += skipped
    for batch in batches.dropFirst(skipped) {
      let metrics = try trainingStep.run(feeds(of: batch) + trainingFlag).map { try $0.metric }
      number += 1
      guard try onStep(Step(number: number, epoch: batch.epoch, metrics: metrics)) else { break }
    }
    return number
  }

  /// The scalars over all examples: the mean of each, weighted by how many examples a batch has.
  ///
  /// - Throws: `GraphError` when something cannot be computed.
  public func evaluate(_ examples: Examples, batchSize: Int = 250) throws -> [String: Double] {
    var sums = [Double](repeating: 0, count: metricNames.count)
    for batch in try examples.batches(size: batchSize) {
      let metrics = try test.run(feeds(of: batch) + testFlag)
      for (number, metric) in metrics.enumerated() {
        sums[number] += try metric.metric * Double(batch.count)
      }
    }
    let count = Double(max(1, examples.count))
    return Dictionary(
      zip(metricNames, sums.map { $0 / count }), uniquingKeysWith: { first, _ in first })
  }

  private func feeds(of batch: Batch) -> [Tensor] {
    feedsLabels ? [batch.images, batch.labels] : [batch.images]
  }
}

extension FrozenGraph {
  /// The declared outputs that are scalars of floating-point numbers: what is told of a step.
  package var metrics: [GraphInterface.Output] {
    interface.outputs.filter {
      let type = type(of: $0.endpoint)
      return type.shape == .scalar && type.dataType.isFloatingPoint
    }
  }
}

extension Tensor {
  /// The only number of a tensor of floating-point numbers.
  package var metric: Double {
    get throws { try converted(to: .float64).elements(as: Double.self).first ?? .nan }
  }
}
