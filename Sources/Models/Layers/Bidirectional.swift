import GraphIR
import Operators
import Tensors

/// A layer that goes through a sequence step by step, from either end.
public protocol RecurrentLayer: Layer {
  /// Whether the output has all steps, in the order in which they were gone through.
  var returnsSequences: Bool { get }

  /// The same layer, going through the sequence from the other end.
  func reversed() -> Self
}

/// A recurrent layer that goes through a sequence from its beginning, and one that does from its
/// end (Schuster and Paliwal 1997).
///
/// ```swift
/// Bidirectional(LSTM(32, returnSequences: true))
/// ```
/// Weights: those of the layer, twice, under `forward_lstm/` and `backward_lstm/`, or whatever the
/// layer is called. (Keras counts layers without a name in them, too: `forward_lstm_1/`; name the
/// inner layer where its files are to be loaded.)
public struct Bidirectional<Inner: RecurrentLayer>: Layer {
  public static var typeName: String { "Bidirectional" }
  public let identity: LayerIdentity
  private let layer: Inner
  private let merging: DirectionMerging

  /// A layer for both directions.
  ///
  /// - Parameters:
  ///   - layer: The layer that goes through the sequence from its beginning. Each direction has
  ///     weights of its own.
  ///   - merging: What becomes of the two outputs.
  ///   - name: The name of the layer; `bidirectional`, … without it.
  public init(
    _ layer: Inner, merging: DirectionMerging = .concatenate, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.layer = layer
    self.merging = merging
  }

  public var differsInTraining: Bool { layer.differsInTraining }

  private var innerName: String {
    layer.identity.name ?? usualName(ofType: Inner.typeName)
  }

  private func directions() -> [(prefix: String, layer: Inner)] {
    [("forward_\(innerName)", layer), ("backward_\(innerName)", layer.reversed())]
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try directions().flatMap { prefix, layer in
      try layer.weights(for: inputs).map { weight in
        var weight = weight
        weight.name = "\(prefix)/\(weight.name)"
        return weight
      }
    }
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let outputs = try directions().map { prefix, layer in
      try layer.output(for: inputs, call.part(prefix))
    }
    // Both have the same step at the same place.
    let backward = layer.returnsSequences ? reverse(outputs[1], axes: [1]) : outputs[1]
    return merging.merged(outputs[0], backward)
  }
}

/// What becomes of the outputs of two directions.
public enum DirectionMerging: Sendable {
  /// They stand one after the other: Keras' `concat`.
  case concatenate
  /// They are added.
  case sum
  /// They are multiplied element by element: Keras' `mul`.
  case multiply
  /// Their mean is taken: Keras' `ave`.
  case average

  func merged(_ forward: Value, _ backward: Value) -> Value {
    switch self {
    case .concatenate: concat([forward, backward], axis: -1)
    case .sum: forward + backward
    case .multiply: forward * backward
    case .average: (forward + backward) / 2
    }
  }
}
