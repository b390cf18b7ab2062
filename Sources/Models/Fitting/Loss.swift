import GraphIR
import Operators
import Tensors

/// What training makes smaller: a number for each example, from labels and what the model gives.
///
/// Names and numbers are those of Keras' losses; of the numbers of all examples the mean is taken.
public struct Loss: Sendable {
  /// What labels are.
  public enum Labels: Sendable {
    /// The number of the right class: integers of the shape of the output without its last axis.
    case classes
    /// Numbers of the shape of the output.
    case values
  }

  /// What the loss is called.
  public let name: String
  let labels: Labels
  private let body: @Sendable (_ labels: Value, _ output: Value) throws -> Value

  /// A loss of one's own.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - labels: What it is handed as labels.
  ///   - body: Numbers whose mean is the loss, from labels and the output of the model.
  public static func custom(
    _ name: String, labels: Labels = .values,
    _ body: @escaping @Sendable (_ labels: Value, _ output: Value) throws -> Value
  ) -> Loss {
    Loss(name: name, labels: labels, body: body)
  }

  /// The loss as a scalar.
  func value(labels: Value, output: Value) throws -> Value { mean(try body(labels, output)) }

  /// What keeps logarithms of probabilities finite.
  private static let epsilon = 1e-7

  private static func clipped(_ probabilities: Value) -> Value {
    clip(probabilities, min: epsilon, max: 1 - epsilon)
  }

  /// −log of the probability that the model gives the right class, whose number is the label.
  ///
  /// - Parameter fromLogits: Whether the output are scores, of which softmax makes probabilities.
  ///   What comes of a softmax is taken as scores before it.
  public static func sparseCategoricalCrossentropy(fromLogits: Bool = false) -> Loss {
    Loss(name: "sparse_categorical_crossentropy", labels: .classes) { labels, output in
      let scores =
        fromLogits ? output : output.scores(before: "Softmax") ?? log(clipped(output))
      let classes = try scores.type.size(-1, "the classes")
      return sparseSoftmaxCrossEntropyWithLogits(
        reshape(scores, to: [-1, classes]), reshape(labels, to: [-1])
      ).loss
    }
  }

  /// −Σ label · log of the probability that the model gives each class.
  ///
  /// - Parameter fromLogits: Whether the output are scores, of which softmax makes probabilities.
  public static func categoricalCrossentropy(fromLogits: Bool = false) -> Loss {
    Loss(name: "categorical_crossentropy", labels: .values) { labels, output in
      if let scores = fromLogits ? output : output.scores(before: "Softmax") {
        let classes = try scores.type.size(-1, "the classes")
        return softmaxCrossEntropyWithLogits(
          reshape(scores, to: [-1, classes]), reshape(labels, to: [-1, classes])
        ).loss
      }
      let shares = output / sum(output, axes: [-1], keepDimensions: true)
      return -sum(labels * log(clipped(shares)), axes: [-1])
    }
  }

  /// −log of the probability that the model gives what is true of each output: yes or no.
  ///
  /// - Parameter fromLogits: Whether the output are scores, of which sigmoid makes probabilities.
  public static func binaryCrossentropy(fromLogits: Bool = false) -> Loss {
    Loss(name: "binary_crossentropy", labels: .values) { labels, output in
      if let scores = fromLogits ? output : output.scores(before: "Sigmoid") {
        // log(1 + eˣ) − label · x, without overflow.
        return relu(scores) - scores * labels + log1p(exp(-abs(scores)))
      }
      let chance = clipped(output)
      return -(labels * log(chance) + (1 - labels) * log(1 - chance))
    }
  }

  /// The squared distance.
  public static let meanSquaredError = Loss(name: "mean_squared_error", labels: .values) {
    labels, output in squaredDifference(output, labels)
  }

  /// The distance.
  public static let meanAbsoluteError = Loss(name: "mean_absolute_error", labels: .values) {
    labels, output in abs(output - labels)
  }

  /// Half the squared distance up to delta, beyond it a line.
  public static func huber(delta: Double = 1) -> Loss {
    Loss(name: "huber", labels: .values) { labels, output in
      let distance = abs(output - labels)
      let isNear = distance .<= delta
      return select(isNear, 0.5 * distance * distance, delta * distance - 0.5 * delta * delta)
    }
  }
}

extension Value {
  /// What the operator of that name was applied to, when the value comes of one.
  fileprivate func scores(before wireName: String) -> Value? {
    let endpoint = graph.snapshot { frozen -> Endpoint? in
      guard self.endpoint.node >= 0 else { return nil }
      let node = frozen.nodes[self.endpoint.nodeIndex]
      return node.operation.wireName == wireName ? node.inputs.first : nil
    }
    return endpoint.map { graph.value(at: $0) }
  }
}
