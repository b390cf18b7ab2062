import GraphIR
import Operators
import Tensors

/// What the writing of nodes asks of an operator again and again, gathered once.
struct OperatorForm {
  /// An attribute, whatever the type of its operator.
  struct Attribute {
    let name: String
    let label: String?
    let isRequired: Bool
    /// Whether an operator has the default value.
    let isDefault: (any Operator) -> Bool
    let text: (any Operator) -> String?
    let argument: (any Operator) -> FunctionArgument?
  }

  let signature: Signature
  let attributes: [Attribute]
  /// The operator's own function, where the language has it.
  let function: GraphFunction?
  private let isEqual: (any Operator, any Operator) -> Bool

  init(_ operation: any Operator, _ registry: OperatorRegistry) {
    self = Self.make(operation, registry)
  }

  private init(
    signature: Signature, attributes: [Attribute], function: GraphFunction?,
    isEqual: @escaping (any Operator, any Operator) -> Bool
  ) {
    self.signature = signature
    self.attributes = attributes
    self.function = function
    self.isEqual = isEqual
  }

  private static func make<Op: Operator>(
    _ operation: Op, _ registry: OperatorRegistry
  ) -> OperatorForm {
    let defaults = Op()
    let attributes = Op.attributes.map { attribute in
      let usual = attribute.get(defaults)
      return Attribute(
        name: attribute.name, label: attribute.label, isRequired: attribute.isRequired,
        isDefault: { attribute.get($0 as! Op) == usual },
        text: { attribute.literalText(attribute.get($0 as! Op)) },
        argument: { attribute.argument(attribute.get($0 as! Op)) })
    }
    return OperatorForm(
      signature: Op.signature, attributes: attributes,
      function: Op.function.flatMap { registry.function(named: $0.name) },
      isEqual: { $0 as? Op == $1 as? Op })
  }

  /// The inputs under the names of their declarations, a list's members together.
  func inputs<Element>(_ all: [Element]) -> [(name: String, isList: Bool, members: [Element])]? {
    let length = signature.listLength(inputCount: all.count) ?? 1
    var rest = all[...]
    var result: [(name: String, isList: Bool, members: [Element])] = []
    for input in signature.inputs {
      let width = input.isList ? length : 1
      guard rest.count >= width else { return nil }
      result.append((input.displayName, input.isList, Array(rest.prefix(width))))
      rest = rest.dropFirst(width)
    }
    return rest.isEmpty ? result : nil
  }

  /// Whether a call of the function makes exactly a node: the operator, from the inputs as they
  /// stand, with nothing beside it, and gives its outputs.
  func makes(
    _ node: Node, of graph: FrozenGraph, calling function: GraphFunction,
    with arguments: ([Value]) -> [String: FunctionArgument]?
  ) -> Bool {
    let scratch = Graph()
    var values: [Endpoint: Value] = [:]
    for input in node.inputs where values[input] == nil {
      if let constant = graph.constant(input) {
        values[input] = scratch.append(Const(constant), origin: .unknown).output
      } else {
        values[input] = scratch.placeholder("input", type: graph.type(of: input))
      }
    }
    let inputs = node.inputs.map { values[$0]! }
    guard let arguments = arguments(inputs) else { return false }
    let call = FunctionCall(graph: scratch, arguments: arguments, origin: .unknown) { constant in
      scratch.append(Const(constant), origin: .unknown).output
    }
    guard let results = try? function.body(call), scratch.diagnostics.isEmpty,
      scratch.nodeCount == values.count + 1
    else { return false }
    let made = scratch.snapshot { $0.nodes[values.count] }
    return isEqual(made.operation, node.operation) && made.inputs == inputs.map(\.endpoint)
      && made.outputs.count == node.outputs.count
      && results.map(\.endpoint)
        == made.outputs.indices.map { Endpoint(node: values.count, output: $0) }
  }
}
