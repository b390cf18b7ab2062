import Execution
import GraphIR
import Operators
import Tensors

/// A weight of a built model.
public struct ModelWeight: Sendable {
  /// The name of the variable, as `dense/kernel`.
  public let name: String
  /// The variable's value in the graph.
  public let value: Value
  /// The size of each dimension.
  public let sizes: [Int]
  /// Whether training changes it to make the loss smaller.
  public let isTrainable: Bool

  /// The number of elements.
  public var elementCount: Int { Shape.elementCount(of: sizes) ?? 0 }
}

extension Model {
  /// The weights in the order of the layers.
  ///
  /// - Throws: `GraphError` when the model is not built and the shape of its input is not known.
  public var weights: [ModelWeight] {
    get throws {
      try withAssembly { assembly in
        assembly.weights.map {
          ModelWeight(
            name: $0.name, value: $0.value, sizes: $0.sizes, isTrainable: assembly.isTrained($0))
        }
      }
    }
  }

  /// Lets training change the weights of a layer, or leave them as they are.
  ///
  /// It has an effect when the model is compiled after it. A frozen `BatchNormalization` works in
  /// training as for predictions.
  ///
  /// - Throws: `GraphError` with the nearest name when there is no such layer.
  public func setTrainable(_ isTrainable: Bool, layer name: String) throws {
    try withAssembly { assembly in
      let part = try assembly.network.part(named: name, of: self.name)
      if isTrainable {
        assembly.frozenParts.remove(part)
      } else {
        assembly.frozenParts.insert(part)
      }
    }
  }

  /// The values of the weights as they are now, by name.
  public func weightValues() throws -> [String: Tensor] {
    let session = try session
    var values: [String: Tensor] = [:]
    for weight in try weights { values[weight.name] = try session.value(of: weight.value) }
    return values
  }

  /// Lets weights have other values; those that are not named stay as they are.
  ///
  /// - Throws: `GraphError` for a name that no weight has, and for a tensor of other sizes.
  public func setWeightValues(_ values: [String: Tensor]) throws {
    let known = try weights
    let places = Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var checked: [String: Tensor] = [:]
    for (name, tensor) in values.sorted(by: { $0.key < $1.key }) {
      guard let weight = places[name] else {
        let near = nearestName(to: name, among: places.keys.sorted())
        throw GraphError(
          "the model '\(self.name)' has no weight '\(name)'",
          notes: near.map { ["did you mean '\($0)'?"] } ?? [])
      }
      guard tensor.dimensions == weight.sizes, tensor.dataType.isNumeric else {
        throw GraphError(
          "the weight '\(name)' has sizes \(weight.sizes), but the tensor is \(tensor.type)")
      }
      checked[name] =
        tensor.isLiteral
        ? try tensor.adopting(weight.value.dataType)
        : try tensor.converted(to: weight.value.dataType)
    }
    try session.variables.set(checked)
  }
}
