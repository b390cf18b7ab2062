import Execution
import GraphIR
import Tensors

/// Layers one after the other.
///
/// ```swift
/// let model = Sequential {
///   Conv2D(filters: 32, kernelSize: 7, padding: .same, activation: .relu)
///   MaxPooling2D(poolSize: 2)
///   Flatten()
///   Dense(100, activation: .relu)
///   Dense(10)
/// }
/// try model.compile(
///   optimizer: .adam(learningRate: 0.001),
///   loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
/// let history = try model.fit(data.training, epochs: 5, batchSize: 50, validation: data.test)
/// ```
/// The layers may stand in `for` and `if`. An `Input` may stand first; without it, the model is
/// built for the first data that it sees.
public final class Sequential: Model {
  /// A chain of layers.
  ///
  /// - Parameters:
  ///   - name: The name in summaries.
  ///   - seed: Makes initial weights and random layers the same in each session.
  ///   - options: How the session runs.
  ///   - layers: The layers in order.
  public init(
    name: String = "sequential", seed: UInt64? = nil,
    options: SessionOptions = SessionOptions(), fileID: String = #fileID, line: Int = #line,
    @LayerBuilder layers: () -> LayerList
  ) {
    let list = layers()
    super.init(
      .chain(list.layers, list.input, Origin(fileID: fileID, line: line)), name: name, seed: seed,
      options: options)
  }

  /// A chain of layers that were made before.
  public convenience init(
    _ layers: [any Layer], name: String = "sequential", seed: UInt64? = nil,
    options: SessionOptions = SessionOptions(), fileID: String = #fileID, line: Int = #line
  ) {
    self.init(name: name, seed: seed, options: options, fileID: fileID, line: line) { layers }
  }
}

/// Layers that a builder has collected.
public struct LayerList: Sendable {
  var layers: [any Layer] = []
  /// The input that stands before the layers.
  var input: Input?
}

/// Collects the layers of a `Sequential`.
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(_ layer: some Layer) -> LayerList {
    LayerList(layers: [layer])
  }

  /// Layers that were collected before, as a block that is used several times.
  public static func buildExpression(_ layers: [any Layer]) -> LayerList {
    LayerList(layers: layers)
  }

  /// What a builder has collected before.
  public static func buildExpression(_ list: LayerList) -> LayerList { list }

  /// The input, which stands first.
  public static func buildExpression(_ input: Input) -> LayerList { LayerList(input: input) }

  /// One statement after the other.
  public static func buildBlock(_ parts: LayerList...) -> LayerList { buildArray(parts) }

  /// The rounds of a `for`.
  public static func buildArray(_ parts: [LayerList]) -> LayerList {
    parts.reduce(into: LayerList()) { whole, part in
      whole.layers += part.layers
      whole.input = whole.input ?? part.input
    }
  }

  /// An `if` without `else`.
  public static func buildOptional(_ part: LayerList?) -> LayerList { part ?? LayerList() }

  /// The first branch of an `if`.
  public static func buildEither(first part: LayerList) -> LayerList { part }

  /// The other branch of an `if`.
  public static func buildEither(second part: LayerList) -> LayerList { part }

  /// What depends on the version of a system.
  public static func buildLimitedAvailability(_ part: LayerList) -> LayerList { part }
}
