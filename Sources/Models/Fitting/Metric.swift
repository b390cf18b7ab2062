import GraphIR
import Operators
import Tensors

/// What is told of a training beside the loss: a mean over examples.
///
/// Names are those of Keras' metrics.
public struct Metric: Sendable {
  /// What the metric is called in histories and files.
  public let name: String
  private let body: @Sendable (_ labels: Value, _ output: Value) throws -> Value
  /// What the mean becomes in the end.
  let finish: @Sendable (Double) -> Double

  private init(
    _ name: String, finish: @escaping @Sendable (Double) -> Double = { $0 },
    _ body: @escaping @Sendable (_ labels: Value, _ output: Value) throws -> Value
  ) {
    self.name = name
    self.body = body
    self.finish = finish
  }

  /// The same metric under another name.
  public func named(_ name: String) -> Metric { Metric(name, finish: finish, body) }

  /// A metric of one's own.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - body: Numbers or truth values whose mean is the metric, from labels and the output of the
  ///     model.
  public static func custom(
    _ name: String,
    _ body: @escaping @Sendable (_ labels: Value, _ output: Value) throws -> Value
  ) -> Metric {
    Metric(name, body)
  }

  /// The mean of a batch as a scalar.
  func value(labels: Value, output: Value) throws -> Value {
    mean(cast(try body(labels, output), to: .float32))
  }

  /// The share of right answers: of classes by number, of classes by 0 and 1, or of yes and no, as
  /// labels and output are.
  public static let accuracy = Metric("accuracy") { labels, output in
    if let size = output.shape.dimensions?.last, size == 1 {
      return try binaryAccuracy().body(labels, output)
    }
    let isSparse = labels.shape.rank.map { $0 < output.shape.rank ?? 0 } ?? false
    return try (isSparse ? sparseCategoricalAccuracy : categoricalAccuracy).body(labels, output)
  }

  /// The share of examples whose class, a number, has the highest score.
  public static let sparseCategoricalAccuracy = Metric("sparse_categorical_accuracy") {
    labels, output in
    try require(labels, output, areClasses: true)
    return argMax(output, axis: -1, type: .int32) .== cast(labels, to: .int32)
  }

  /// The share of examples whose class, the largest of its labels, has the highest score.
  public static let categoricalAccuracy = Metric("categorical_accuracy") { labels, output in
    try require(labels, output, areClasses: false)
    return argMax(output, axis: -1) .== argMax(labels, axis: -1)
  }

  /// The share of outputs that lie on the same side of a threshold as their labels.
  public static func binaryAccuracy(threshold: Double = 0.5) -> Metric {
    Metric("binary_accuracy") { labels, output in
      try require(labels, output, areClasses: false)
      return labels .== cast(output .> threshold, to: labels.dataType)
    }
  }

  /// The share of examples whose class, a number, is among the `k` highest scores.
  public static func sparseTopKCategoricalAccuracy(k: Int = 5) -> Metric {
    Metric("sparse_top_k_categorical_accuracy") { labels, output in
      try require(labels, output, areClasses: true)
      return try isAmongBest(k, cast(labels, to: .int32), output)
    }
  }

  /// The share of examples whose class, the largest of its labels, is among the `k` highest scores.
  public static func topKCategoricalAccuracy(k: Int = 5) -> Metric {
    Metric("top_k_categorical_accuracy") { labels, output in
      try require(labels, output, areClasses: false)
      return try isAmongBest(k, argMax(labels, axis: -1, type: .int32), output)
    }
  }

  /// The mean squared distance.
  public static let meanSquaredError = distance("mean_squared_error") {
    squaredDifference($0, $1)
  }

  /// The mean distance.
  public static let meanAbsoluteError = distance("mean_absolute_error") { abs($0 - $1) }

  /// The square root of the mean squared distance.
  public static let rootMeanSquaredError = distance(
    "root_mean_squared_error", finish: { $0.squareRoot() }
  ) { squaredDifference($0, $1) }

  private static func distance(
    _ name: String, finish: @escaping @Sendable (Double) -> Double = { $0 },
    _ body: @escaping @Sendable (Value, Value) -> Value
  ) -> Metric {
    Metric(name, finish: finish) { labels, output in
      try require(labels, output, areClasses: false)
      return body(output, labels)
    }
  }

  private static func isAmongBest(_ k: Int, _ classes: Value, _ output: Value) throws -> Value {
    let count = try output.type.size(-1, "the classes")
    try requirePositive(k, "k")
    let best = topK(output, k: Swift.min(k, count)).indices
    return any(best .== expandDimensions(classes, axis: -1), axes: [-1])
  }

  private static func require(_ labels: Value, _ output: Value, areClasses: Bool) throws {
    guard let label = labels.shape.rank, let rank = output.shape.rank else { return }
    guard (label < rank) != areClasses else { return }
    throw ShapeError(
      areClasses
        ? "labels must be the numbers of classes, but they are \(labels.type)"
        : "labels must be of the shape of the output, but they are \(labels.type)")
  }
}
