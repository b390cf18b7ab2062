import GraphIR
import Tensors

/// A weight of a layer, before there is a variable for it.
public struct LayerWeight: Sendable {
  /// The name within the layer, as `kernel`.
  public var name: String
  /// The size of each dimension.
  public var sizes: [Int]
  /// What the weight begins with.
  public var initializer: WeightInitializer
  /// Whether training changes the weight to make the loss smaller.
  public var isTrainable: Bool
  /// What large elements add to the loss.
  public var regularizer: Regularizer?

  /// A weight of a layer.
  public init(
    _ name: String, _ sizes: [Int], _ initializer: WeightInitializer, isTrainable: Bool = true,
    regularizer: Regularizer? = nil
  ) {
    self.name = name
    self.sizes = sizes
    self.initializer = initializer
    self.isTrainable = isTrainable
    self.regularizer = regularizer
  }
}
