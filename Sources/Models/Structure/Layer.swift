import GraphIR
import Synchronization
import Tensors

/// A part of a model: what it makes of its inputs, and the weights that it learns.
///
/// A layer is a description. A model lets it append to its graph: once for predictions and, where
/// the layer differs there, once more for training, over the same weights.
///
/// ```swift
/// struct Scaled: Layer {
///   let identity: LayerIdentity
///   init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
///     identity = LayerIdentity(name: name, fileID: fileID, line: line)
///   }
///   func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
///     [LayerWeight("scale", [], .ones)]
///   }
///   func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
///     inputs[0] * call["scale"]
///   }
/// }
/// ```
public protocol Layer: Sendable {
  /// What the layer is called in tables and messages, and what its usual name is made of.
  static var typeName: String { get }
  /// The name that was given, the user's line, and what tells this layer from others.
  var identity: LayerIdentity { get }
  /// Whether the layer takes several inputs; otherwise it is handed exactly one.
  var takesSeveralInputs: Bool { get }
  /// Whether what the layer computes in training is something else than for predictions.
  var differsInTraining: Bool { get }
  /// The type of numbers that a model which begins with the layer is fed.
  var inputType: DataType { get }

  /// The weights of the layer for inputs of these types, whose first size, that of the batch, is
  /// open.
  ///
  /// - Throws: `ShapeError` when the layer does not fit such inputs.
  func weights(for inputs: [TensorType]) throws -> [LayerWeight]

  /// Appends what the layer computes.
  ///
  /// - Throws: `ShapeError` when the layer does not fit such inputs.
  func output(for inputs: [Value], _ call: LayerCall) throws -> Value
}

extension Layer {
  public static var typeName: String { String(describing: Self.self) }
  public var takesSeveralInputs: Bool { false }
  public var differsInTraining: Bool { false }
  public var inputType: DataType { .float32 }
  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] { [] }

  /// Applies the layer to what another one gives; applied twice, it has the same weights in both
  /// places.
  public func callAsFunction(_ input: some Symbolic) -> SymbolicTensor {
    SymbolicTensor(layer: self, inputs: [input.symbolicTensor])
  }

  /// Applies the layer to what several others give.
  public func callAsFunction(_ inputs: [any Symbolic]) -> SymbolicTensor {
    SymbolicTensor(layer: self, inputs: inputs.map(\.symbolicTensor))
  }

  /// How messages speak of the layer.
  func title(named name: String) -> String { "layer '\(name)' (\(Self.typeName))" }
}

/// What tells a layer from others: copies of a layer are the same layer.
public struct LayerIdentity: Sendable {
  /// The name that was given; a model finds one where there is none.
  public let name: String?
  /// Where the layer was made.
  public let origin: Origin
  /// Counts the layers of the program in the order in which they were made.
  let number: Int

  private static let count = Atomic<Int>(0)

  /// The identity of a new layer.
  public init(name: String?, fileID: String, line: Int) {
    self.name = name
    origin = Origin(fileID: fileID, line: line)
    number = Self.nextNumber()
  }

  static func nextNumber() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
