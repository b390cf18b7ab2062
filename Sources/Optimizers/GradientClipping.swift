import GraphIR
import Operators
import Tensors

/// How large gradients may be that a training step follows.
///
/// ```swift
/// let train = try graph.minimize(loss, by: .adam(), clipping: .globalNorm(limit: 1))
/// ```
public enum GradientClipping: Sendable {
  /// Each element is from −limit to limit: Keras's `clipvalue`.
  case value(limit: OptimizerNumber)
  /// Each gradient whose Euclidean norm is larger is scaled down to it: Keras's `clipnorm`.
  case localNorm(limit: OptimizerNumber)
  /// All gradients are scaled down together where their common norm is larger: Keras's
  /// `global_clipnorm`. Where it is not finite, all of them become NaN, as in TensorFlow.
  case globalNorm(limit: OptimizerNumber)

  /// The names of the cases.
  static let names = ["value", "localNorm", "globalNorm"]

  var limit: OptimizerNumber {
    switch self {
    case .value(let limit), .localNorm(let limit), .globalNorm(let limit): limit
    }
  }

  private var name: String {
    switch self {
    case .value: "value"
    case .localNorm: "localNorm"
    case .globalNorm: "globalNorm"
    }
  }

  func check(for graph: Graph, at origin: Origin) throws {
    try NumberRange.aboveZero.check(
      limit, named: "clipping: .\(name): limit", for: graph, at: origin)
  }

  /// The gradients as they may be.
  func clipped(_ pairs: [Trained], in step: inout TrainingStep) -> [Trained] {
    var clipped = pairs
    switch self {
    case .value(let limit):
      for position in pairs.indices {
        let gradient = pairs[position].gradient
        let bound = step.scalar("clipping/limit", limit, gradient.dataType)
        clipped[position].gradient = clip(gradient, min: -bound, max: bound)
      }
    case .localNorm(let limit):
      for position in pairs.indices {
        let gradient = pairs[position].gradient
        let bound = step.scalar("clipping/limit", limit, gradient.dataType)
        let norm = sqrt(sum(square(gradient)))
        clipped[position].gradient = gradient * (bound / maximum(norm, bound))
      }
    case .globalNorm(let limit):
      let squares = pairs.map { cast(sum(square($0.gradient)), to: step.type) }
      let norm = sqrt(squares.count == 1 ? squares[0] : addN(squares))
      let bound = step.scalar("clipping/limit", limit, step.type)
      let scale = bound / maximum(norm, bound) + (norm - norm)
      for position in pairs.indices {
        let gradient = pairs[position].gradient
        clipped[position].gradient = gradient * cast(scale, to: gradient.dataType)
      }
    }
    return clipped
  }
}
