import GraphIR
import Operators
import Tensors

extension FrozenGraph {
  /// The types and sizes that a node's kernel is made for; every shape is known.
  public func kernelRequest(for node: Node) -> KernelRequest {
    var constants: [Int: Tensor] = [:]
    for input in Swift.type(of: node.operation).shapeInputs(of: node.inputs.count) {
      constants[input] = constant(node.inputs[input])
    }
    // Texts lie nowhere that a kernel could read them from.
    for (number, input) in node.inputs.enumerated() where type(of: input).dataType == .string {
      constants[number] = constant(input)
    }
    var request = KernelRequest(
      inputs: node.inputs.map { type(of: $0) }, outputs: node.outputs, constants: constants)
    // The trait tells of nearly all that are not: to look for a conformance takes far longer.
    if Swift.type(of: node.operation).traits.contains(.hasEffect),
      node.operation is any SeededOperator
    {
      request.randomPosition = RandomPositions.current?.position(of: node.name)
    }
    return request
  }
}
