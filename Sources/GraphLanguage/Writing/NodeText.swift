import GraphIR
import Tensors

/// Writes the expressions that make nodes.
struct NodeText {
  let graph: FrozenGraph
  let registry: OperatorRegistry
  private var forms: [ObjectIdentifier: OperatorForm] = [:]

  init(_ graph: FrozenGraph, _ registry: OperatorRegistry) {
    self.graph = graph
    self.registry = registry
  }

  /// A node's name as the language writes it: in backticks unless it is a plain name.
  static func name(_ name: String) -> String {
    let isPlain = name.utf8.first?.isLetter == true && name.utf8.allSatisfy(\.isNamePart)
    return isPlain && Token.keywords[name] == nil ? name : "`\(name)`"
  }

  /// A value as the language names it: by the node, and of several outputs by the output's name or
  /// number.
  func reference(_ endpoint: Endpoint) -> String {
    let node = graph.nodes[endpoint.nodeIndex]
    let name = Self.name(node.name)
    if node.outputs.count == 1 { return name }
    let names = type(of: node.operation).signature.outputs.map(\.name)
    if names.count == node.outputs.count { return "\(name).\(names[endpoint.outputIndex])" }
    return "\(name)[\(endpoint.outputIndex)]"
  }

  /// The expression that makes a node of a known operator.
  ///
  /// - Throws: `Reason` when the language has none.
  mutating func expression(of node: Node) throws(Reason) -> TextLayout {
    let form = form(of: node.operation)
    let order = order(of: node)
    if let call = ownCall(of: node, form, order) { return call }
    return try generalCall(of: node, form, order)
  }

  /// Why a node cannot be written.
  struct Reason: Error {
    let text: String
  }

  private mutating func form(of operation: any Operator) -> OperatorForm {
    let key = ObjectIdentifier(type(of: operation))
    if let known = forms[key] { return known }
    let form = OperatorForm(operation, registry)
    forms[key] = form
    return form
  }

  /// The argument that says what a node waits for, if anything.
  func order(of node: Node) -> [TextLayout] {
    if node.controlInputs.isEmpty { return [] }
    let names = node.controlInputs.map { TextLayout.text(Self.name(graph.nodes[Int($0)].name)) }
    return [.group("after: [", names, "]")]
  }

  // MARK: - The function of the operator

  /// The call of the operator's own function, where that makes exactly the node.
  private func ownCall(
    of node: Node, _ form: OperatorForm, _ order: [TextLayout]
  ) -> TextLayout? {
    guard let function = form.function, let inputs = form.inputs(Array(node.inputs.indices)),
      Self.canMatch(function)
    else { return nil }
    var parts: [TextLayout] = []
    var given: [(name: String, positions: [Int], isList: Bool)] = []
    var attributes: [String: FunctionArgument] = [:]
    for parameter in function.parameters {
      if let input = inputs.first(where: { $0.name == parameter.name }) {
        let references = input.members.map { TextLayout.text(reference(node.inputs[$0])) }
        if parameter.isPositional {
          if references.isEmpty { return nil }
          parts += references
        } else if input.isList {
          parts.append(.group("\(parameter.name): [", references, "]"))
        } else {
          parts.append(.text("\(parameter.name): \(reference(node.inputs[input.members[0]]))"))
        }
        let isList = parameter.isPositional ? input.members.count > 1 : input.isList
        given.append((parameter.name, input.members, isList))
      } else if let attribute = form.attributes.first(where: {
        ($0.label ?? $0.name) == parameter.name
      }) {
        let isUsual = attribute.isDefault(node.operation) && !attribute.isRequired
        if isUsual, parameter.defaultText != nil { continue }
        guard let text = attribute.text(node.operation),
          let argument = attribute.argument(node.operation)
        else { return nil }
        parts.append(.text(parameter.isPositional ? text : "\(parameter.name): \(text)"))
        attributes[parameter.name] = argument
      } else if parameter.defaultText == nil {
        return nil
      }
    }
    let isExact = form.makes(node, of: graph, calling: function) { values in
      var arguments = attributes
      for (name, positions, isList) in given {
        let members = positions.map { FunctionArgument.value(values[$0]) }
        arguments[name] = isList ? .list(members) : members[0]
      }
      return arguments
    }
    guard isExact else { return nil }
    if order.isEmpty, let short = symbolic(function, parts) { return .text(short) }
    return .group("\(function.name)(", parts + order, ")")
  }

  /// Whether arguments can be matched to the parameters one after the other: what takes any number
  /// of values stands last of what is given by position.
  private static func canMatch(_ function: GraphFunction) -> Bool {
    let positional = function.parameters.filter(\.isPositional)
    return !positional.dropLast().contains(where: \.isVariadic)
  }

  /// The expression with an operator that is short for the call.
  private func symbolic(_ function: GraphFunction, _ parts: [TextLayout]) -> String? {
    let texts = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
    if function.name == "neg", texts.count == 1 { return "-" + texts[0] }
    guard texts.count == 2, function.parameters.count == 2, function.parameters[1].isPositional,
      let symbol = BinaryOperator.allCases.first(where: { $0.functionName == function.name })
    else { return nil }
    return "\(texts[0]) \(symbol.rawValue) \(texts[1])"
  }

  // MARK: - Any operator

  private func generalCall(
    of node: Node, _ form: OperatorForm, _ order: [TextLayout]
  ) throws(Reason) -> TextLayout {
    var parts = [TextLayout.text(textLiteral(node.operatorName))]
    parts += node.inputs.map { .text(reference($0)) }
    for attribute in form.attributes
    where attribute.isRequired || !attribute.isDefault(node.operation) {
      guard let text = attribute.text(node.operation) else {
        throw Reason(text: "no literal for the attribute \(attribute.name)")
      }
      parts.append(.text("\(attribute.name): \(text)"))
    }
    return .group("operation(", parts + order, ")")
  }
}
