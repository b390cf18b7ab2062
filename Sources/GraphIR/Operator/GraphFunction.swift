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
      var operation = Op()
      for attribute in Op.attributes {
        guard let label = attribute.label, let argument = call[label] else { continue }
        let template = attribute.get(operation)
        guard let value = attribute.value(argument, like: template),
          attribute.set(&operation, value)
        else {
          throw ShapeError(
            "\(label) must be \(attribute.argumentKind), but it is \(argument.kind)")
        }
      }
      let inputs = try call.values(of: Op.signature)
      return call.graph.append(operation, inputs, origin: call.origin).outputs
    }
  }
}

extension AttributeValue {
  /// The value as a `.graph` file writes it, where it has a literal.
  var literalText: String? {
    switch self {
    case .integer(let integer): String(integer)
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .bytes(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    case .type(let type): ".\(caseName(of: type))"
    case .integers(let integers): "\(integers)"
    case .shape(let shape): shape.description
    default: nil
    }
  }

  /// An argument as an attribute of the kind of `template`, or `nil` when it is of another.
  init?(_ argument: FunctionArgument, like template: AttributeValue) {
    switch (template, argument) {
    case (.integer, .integer(let integer)): self = .integer(Int64(integer))
    case (.number, .number(let number)): self = .number(Float(number))
    case (.number, .integer(let integer)): self = .number(Float(integer))
    case (.flag, .flag(let flag)): self = .flag(flag)
    case (.bytes, .text(let text)): self = .bytes(Array(text.utf8))
    case (.type, .name(let name)):
      guard let type = DataType.allCases.first(where: { caseName(of: $0) == name }) else {
        return nil
      }
      self = .type(type)
    case (.integers, .list(let members)):
      guard let integers = members.integers else { return nil }
      self = .integers(integers.map(Int64.init))
    // A negative size is an open one.
    case (.shape, .list(let members)):
      guard let sizes = members.integers else { return nil }
      self = .shape(Shape(dimensions: sizes.map { $0 < 0 ? nil : $0 }))
    default: return nil
    }
  }
}

extension [FunctionArgument] {
  /// The members where each of them is an integer.
  fileprivate var integers: [Int]? {
    var integers: [Int] = []
    for case .integer(let integer) in self { integers.append(integer) }
    return integers.count == count ? integers : nil
  }
}
