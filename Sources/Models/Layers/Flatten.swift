import GraphIR
import Operators
import Tensors

/// The elements of each example as one vector.
public struct Flatten: Layer {
  public let identity: LayerIdentity

  /// A layer that leaves the batch and one more axis.
  public init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    guard let count = Shape.elementCount(of: try inputs[0].type.exampleSizes()) else {
      throw ShapeError("the input \(inputs[0].type) is too large")
    }
    return reshape(inputs[0], to: [-1, count])
  }
}

/// The elements of each example under other sizes.
public struct Reshape: Layer {
  public let identity: LayerIdentity
  private let targetShape: [Int]

  /// A layer of those sizes.
  ///
  /// - Parameters:
  ///   - targetShape: The sizes of an example, without the batch; one of them may be −1, and is
  ///     found from the others.
  ///   - name: The name of the layer; `reshape`, … without it.
  public init(
    _ targetShape: [Int], name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.targetShape = targetShape
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let sizes = try inputs[0].type.exampleSizes()
    let count = Shape.elementCount(of: sizes)
    var target = targetShape
    let mismatch = ShapeError(
      "targetShape \(targetShape) does not hold the elements of an example of sizes \(sizes)")
    if let open = target.firstIndex(of: -1) {
      var others = target
      others.remove(at: open)
      guard others.allSatisfy({ $0 > 0 }), let count,
        let other = Shape.elementCount(of: others), other > 0, count % other == 0
      else { throw mismatch }
      target[open] = count / other
    }
    guard target.allSatisfy({ $0 >= 0 }), Shape.elementCount(of: target) == count else {
      throw mismatch
    }
    return reshape(inputs[0], to: [-1] + target)
  }
}
