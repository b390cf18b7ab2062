import GraphIR
import Operators
import Tensors

/// In training, some elements become 0 at random and the others larger, so that their mean stays;
/// for predictions nothing happens.
public struct Dropout: Layer {
  public let identity: LayerIdentity
  private let rate: Double

  public var differsInTraining: Bool { rate > 0 }

  /// Dropout.
  ///
  /// - Parameters:
  ///   - rate: The share of elements that become 0, from 0 up to, not including, 1.
  ///   - name: The name of the layer; `dropout`, … without it.
  public init(
    _ rate: Double, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.rate = rate
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    guard rate >= 0, rate < 1 else {
      throw ShapeError("rate must be at least 0 and below 1, but it is \(rate)")
    }
    guard call.isTraining else { return inputs[0] }
    let seeds = call.nextSeeds()
    return dropout(inputs[0], rate: rate, seed: seeds.seed, seed2: seeds.seed2)
  }
}
