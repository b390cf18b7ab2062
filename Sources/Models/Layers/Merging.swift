import GraphIR
import Operators
import Tensors

/// The sum of several inputs.
public struct Add: Layer {
  public let identity: LayerIdentity
  public var takesSeveralInputs: Bool { true }

  /// A sum, as where a branch joins again: `Add()([branch, input])`.
  public init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try merged(inputs) { $0 + $1 }
  }
}

/// The product of several inputs, element by element.
public struct Multiply: Layer {
  public let identity: LayerIdentity
  public var takesSeveralInputs: Bool { true }

  /// A product: `Multiply()([gate, input])`.
  public init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try merged(inputs) { $0 * $1 }
  }
}

/// The inputs one behind the other along an axis.
public struct Concatenate: Layer {
  public let identity: LayerIdentity
  private let axis: Int
  public var takesSeveralInputs: Bool { true }

  /// Inputs joined: `Concatenate()([left, right])`.
  ///
  /// - Parameters:
  ///   - axis: The axis, a negative one counted from the end.
  ///   - name: The name of the layer; `concatenate`, … without it.
  public init(
    axis: Int = -1, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.axis = axis
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try requireTwo(inputs)
    return concat(inputs, axis: axis)
  }
}

private func requireTwo(_ inputs: [Value]) throws {
  guard inputs.count >= 2 else {
    throw ShapeError("two inputs at least were expected, found \(inputs.count)")
  }
}

private func merged(_ inputs: [Value], _ merge: (Value, Value) -> Value) throws -> Value {
  try requireTwo(inputs)
  return inputs.dropFirst().reduce(inputs[0], merge)
}
