import GraphIR
import Operators

/// What the elements of a weight add to the loss, so that they stay small.
public struct Regularizer: Sendable {
  private let l1: Double
  private let l2: Double

  /// The sum of the magnitudes, times a factor.
  public static func l1(_ factor: Double = 0.01) -> Regularizer { Regularizer(l1: factor, l2: 0) }

  /// The sum of the squares, times a factor.
  public static func l2(_ factor: Double = 0.01) -> Regularizer { Regularizer(l1: 0, l2: factor) }

  /// Both.
  public static func l1l2(l1: Double = 0.01, l2: Double = 0.01) -> Regularizer {
    Regularizer(l1: l1, l2: l2)
  }

  /// What the weight adds to the loss.
  func penalty(of weight: Value) -> Value {
    let magnitudes = l1 == 0 ? nil : sum(abs(weight)) * l1
    let squares = l2 == 0 ? nil : sum(square(weight)) * l2
    if let magnitudes, let squares { return magnitudes + squares }
    return magnitudes ?? squares ?? sum(weight) * 0
  }
}
