import Tensors

/// A function that a `.graph` file can call, under the name and labels of its Swift counterpart.
public struct GraphFunction: Sendable {
  /// A parameter.
  public struct Parameter: Sendable {
    /// The name in messages, and the label in calls unless the parameter is positional.
    public var name: String
    /// Whether the argument stands without a label.
    public var isPositional: Bool
    /// Whether any number of positional arguments may stand here.
    public var isVariadic: Bool
    /// The default as a user would write it; `nil` when the argument must be given.
    public var defaultText: String?

    /// A parameter that calls give by position.
    public static func positional(_ name: String) -> Parameter {
      Parameter(name: name, isPositional: true, isVariadic: false, defaultText: nil)
    }

    /// A parameter that calls give by label, and may leave out where there is a default.
    public static func labelled(_ name: String, default text: String? = nil) -> Parameter {
      Parameter(name: name, isPositional: false, isVariadic: false, defaultText: text)
    }

    /// A parameter that takes a list of values.
    public static func list(_ name: String) -> Parameter {
      Parameter(name: name, isPositional: true, isVariadic: true, defaultText: nil)
    }
  }

  /// The name in calls.
  public var name: String
  /// The parameters in order.
  public var parameters: [Parameter]
  /// Appends to the graph what a call asks for, and gives the results.
  public var body: @Sendable (FunctionCall) throws -> [Value]

  /// A function.
  public init(
    _ name: String, _ parameters: [Parameter],
    body: @escaping @Sendable (FunctionCall) throws -> [Value]
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }

  /// How a call looks, as `matmul(_ a, _ b, transposeA: false)`.
  public var declaration: String {
    let list = parameters.map { parameter in
      (parameter.isPositional ? "_ " : "") + parameter.name
        + (parameter.isVariadic ? "…" : "")
        + (parameter.defaultText.map { " = \($0)" } ?? "")
    }
    return "\(name)(\(list.joined(separator: ", ")))"
  }

  /// The function whose arguments are the operator's inputs and attributes.
  ///
  /// - Parameters:
  ///   - type: The operator.
  ///   - name: The name in calls; without one, the wire name with a small first letter.
  public static func derived<Op: Operator>(
    from type: Op.Type, named name: String? = nil
  ) -> GraphFunction {
    var parameters = Op.signature.inputs.map { input in
      Parameter(
        name: input.displayName, isPositional: input.label == nil,
        isVariadic: input.isList, defaultText: nil)
    }
    let defaults = Op()
    for attribute in Op.attributes {
      guard let label = attribute.label else { continue }
      let text = attribute.isRequired ? nil : attribute.literalText(attribute.get(defaults))
      parameters.append(.labelled(label, default: text))
    }
    return GraphFunction(name ?? Op.name.prefix(1).lowercased() + Op.name.dropFirst(), parameters) {
      call in
      let operation = try Op(call) { $0.label }
      let inputs = try call.values(of: Op.signature)
      return call.graph.append(operation, inputs, origin: call.origin).outputs
    }
  }
}
