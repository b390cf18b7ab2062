import GraphIR
import Operators
import Tensors

/// Removes operations that leave every bit as it is.
///
/// x · 1 → x, 1 · x → x, x / 1 → x, −(−x) → x, identities of several tensors → these
///
/// Only what leaves every bit as it is: x + 0 stays, since −0 + 0 is 0.
let simplifyArithmetic = Pass(
  name: "simplify arithmetic", summary: "removes operations that leave every bit as it is"
) { program in
  program.rewritten { node, graph in
    func isOne(_ input: Int) -> Bool { graph.isAllOnes(node.inputs[input]) }
    func same(_ input: Int) -> [Endpoint]? {
      graph.type(of: node.inputs[input]) == node.outputs[0] ? [node.inputs[input]] : nil
    }
    guard node.controlInputs.isEmpty else { return nil }
    switch node.operation {
    case is Mul where isOne(1): return same(0)
    case is Mul where isOne(0): return same(1)
    case is RealDiv where isOne(1): return same(0)
    case is IdentityN: return node.inputs
    case is Neg:
      let inner = graph.nodes[node.inputs[0].nodeIndex]
      return inner.operation is Neg && inner.controlInputs.isEmpty ? [inner.inputs[0]] : nil
    default: return nil
    }
  }
}

extension FrozenGraph {
  /// Whether a value is a constant, perhaps a repeated one, whose elements are all the number 1.
  fileprivate func isAllOnes(_ value: Endpoint) -> Bool {
    if let constant = constant(value) { return constant.isAllOnes }
    let node = nodes[value.nodeIndex]
    switch node.operation {
    case is BroadcastTo: return constant(node.inputs[0])?.isAllOnes ?? false
    case is Fill: return constant(node.inputs[1])?.isAllOnes ?? false
    default: return false
    }
  }
}

extension Tensor {
  /// Whether the tensor has few elements, each of them the number 1.
  fileprivate var isAllOnes: Bool {
    guard (1...16).contains(elementCount) else { return false }
    switch dataType {
    case .float32: return (try? elements(as: Float.self))?.allSatisfy { $0 == 1 } ?? false
    case .float64: return (try? elements(as: Double.self))?.allSatisfy { $0 == 1 } ?? false
    default: return integers?.allSatisfy { $0 == 1 } ?? false
    }
  }
}
