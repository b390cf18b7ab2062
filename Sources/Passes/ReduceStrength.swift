import GraphIR
import Operators
import Tensors

/// Lets cheap operators stand for dear ones.
///
/// x² → x · x, x¹ → x, x / 2ⁿ → x · 2⁻ⁿ, x + (−y) → x − y, x − (−y) → x + y
///
/// Divisions become products only where the reciprocal is exact, so that every bit stays.
let reduceStrength = Pass(
  name: "reduce strength", summary: "lets cheap operators stand for dear ones"
) { program in
  var names = NewNames(program.graph)
  return program.rewritten { node, graph in
    guard node.controlInputs.isEmpty, node.inputs.count == 2 else { return nil }
    let (x, y) = (node.inputs[0], node.inputs[1])
    func replace(_ operation: any Operator, _ inputs: [Endpoint]) -> [Endpoint] {
      graph.append(operation, inputs, inPlaceOf: node)
    }
    switch node.operation {
    case is Pow:
      guard graph.type(of: x) == node.outputs[0], let exponent = graph.number(y) else { return nil }
      if exponent == 1 { return [x] }
      return exponent == 2 ? replace(Square(), [x]) : nil
    case is RealDiv:
      guard let divisor = graph.number(y), divisor.isFinite, divisor != 0,
        divisor.significand == 1, (1 / divisor).isNormal,
        let reciprocal = Tensor(1 / divisor, like: graph.type(of: y))
      else { return nil }
      let factor = graph.append(constant: reciprocal, "reciprocal", beside: node, &names)
      return replace(Mul(), [x, factor])
    case is AddV2, is Add:
      if let positive = graph.negated(y) { return replace(Sub(), [x, positive]) }
      if let positive = graph.negated(x) { return replace(Sub(), [y, positive]) }
      return nil
    case is Sub:
      return graph.negated(y).map { replace(AddV2(), [x, $0]) }
    default: return nil
    }
  }
}

extension FrozenGraph {
  /// The number of a floating-point constant with one element.
  func number(_ endpoint: Endpoint) -> Double? {
    guard let constant = constant(endpoint), constant.elementCount == 1 else { return nil }
    switch constant.dataType {
    case .float32: return (try? constant.elements(as: Float.self))?.first.map(Double.init)
    case .float64: return (try? constant.elements(as: Double.self))?.first
    default: return nil
    }
  }

  /// What a negation negates.
  fileprivate func negated(_ endpoint: Endpoint) -> Endpoint? {
    let node = nodes[endpoint.nodeIndex]
    return node.operation is Neg && node.controlInputs.isEmpty ? node.inputs[0] : nil
  }
}

extension Tensor {
  /// One element of a floating-point type, in the sizes of that type; `nil` where the element
  /// would be subnormal or infinite.
  init?(_ number: Double, like type: TensorType) {
    let one: Tensor
    switch type.dataType {
    case .float32:
      guard Float(number).isNormal else { return nil }
      one = Tensor(Float(number))
    case .float64: one = Tensor(number)
    default: return nil
    }
    guard let sizes = type.shape.known, let result = try? one.reshaped(to: sizes) else {
      return nil
    }
    self = result
  }
}
