import GraphIR
import Operators
import Tensors

/// A value as the product that it is: a number and factors that are no products of its type.
struct Product {
  /// The number.
  var coefficient = 1.0
  /// The factors, in an order that depends on where they stand in the graph alone.
  var factors: [Endpoint] = []

  /// The most factors that are looked for.
  static let mostFactors = 16
}

extension FrozenGraph {
  /// The product that a value of a floating-point type is, whoever else needs parts of it.
  func product(_ value: Endpoint) -> Product {
    var product = Product()
    var open = [value]
    while let next = open.popLast() {
      if let parts = parts(of: next, as: type(of: value)),
        open.count + product.factors.count < Product.mostFactors
      {
        open += parts.factors
        product.coefficient *= parts.coefficient
      } else {
        product.factors.append(next)
      }
    }
    product.factors.sort { ($0.node, $0.output) < ($1.node, $1.output) }
    return product
  }

  /// What a node of a type multiplies: a number, and values; `nil` where it does not multiply.
  func parts(of value: Endpoint, as type: TensorType) -> Product? {
    let node = nodes[value.nodeIndex]
    guard node.outputs[0] == type, node.controlInputs.isEmpty else { return nil }
    switch node.operation {
    case is Mul:
      var product = Product()
      for input in node.inputs {
        if let number = number(input), number.isFinite, number != 0 {
          product.coefficient *= number
        } else {
          product.factors.append(input)
        }
      }
      return product
    case is Square: return Product(factors: [node.inputs[0], node.inputs[0]])
    case is Neg: return Product(coefficient: -1, factors: node.inputs)
    default: return nil
    }
  }
}
