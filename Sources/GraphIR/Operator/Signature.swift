import Tensors

/// Names and types of an operator's inputs and outputs, as TensorFlow declares them.
///
/// ```swift
/// static let signature = Signature(
///   inputs: [.init("a", "T"), .init("b", "T")],
///   outputs: [.init("product", "T")],
///   types: ["T": .numeric])
/// ```
public struct Signature: Sendable {
  /// A type: one that is the same for every node, or a variable that inputs or an attribute bind.
  public enum TypeReference: Hashable, Sendable, ExpressibleByStringLiteral {
    case fixed(DataType)
    case variable(String)
    /// Any number of tensors, each of a type of its own, which the variable lists.
    case list(String)
    /// One tensor of any type, which no attribute of the file tells.
    case untold

    /// A type variable of that name.
    public init(stringLiteral name: String) { self = .variable(name) }
  }

  /// What stands for a variable in TensorFlow's file.
  public enum VariableForm: Hashable, Sendable {
    /// The tensor itself, which operators change where it lies.
    case reference
    /// A handle that names the tensor.
    case handle
  }

  /// An input or output.
  public struct Parameter: Sendable {
    /// TensorFlow's name.
    public var name: String
    /// The type of the elements.
    public var type: TypeReference
    /// The attribute that counts how many tensors stand here; `nil` when it is one.
    public var countAttribute: String?
    /// The label of the argument in Swift and in `.graph` files; `nil` when it has none.
    public var label: String?
    /// What stands here where it is a variable and not a value; `nil` for a value.
    public var variable: VariableForm?
    /// Whether any number of tensors may stand here.
    public var isList: Bool {
      if case .list = type { return true }
      return countAttribute != nil
    }
    /// What messages call it: the label, or TensorFlow's name.
    public var displayName: String { label ?? name }

    /// One tensor, or as many as `countAttribute` says.
    public init(
      _ name: String, _ type: TypeReference, count countAttribute: String? = nil,
      label: String? = nil, variable: VariableForm? = nil
    ) {
      self.name = name
      self.variable = variable
      self.type = type
      self.countAttribute = countAttribute
      self.label = label
    }
  }

  /// A type variable and what it may be.
  public struct TypeVariable: Sendable {
    /// The wire name of the attribute.
    public var name: String
    /// The types that it may be.
    public var allowed: TypeSet
  }

  /// The inputs in order; lists are all of the same length.
  public var inputs: [Parameter]
  /// The outputs in order.
  public var outputs: [Parameter]
  /// The type variables in the order of the declaration.
  public var types: [TypeVariable]

  /// A signature of those inputs and outputs.
  public init(
    inputs: [Parameter] = [], outputs: [Parameter],
    types: KeyValuePairs<String, TypeSet> = [:]
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.types = types.map { TypeVariable(name: $0.key, allowed: $0.value) }
  }

  /// How many members each list of inputs has when there are so many inputs; `nil` when there is
  /// no list, or no such length.
  public func listLength(inputCount: Int) -> Int? {
    Self.listLength(inputs, inputCount)
  }

  /// The declaration of the input at a position among so many, a list's for each of its members.
  public func input(_ position: Int, of count: Int) -> Parameter? {
    Self.parameter(inputs, position, count)?.parameter
  }

  /// The same for an output.
  public func output(_ position: Int, of count: Int) -> Parameter? {
    Self.parameter(outputs, position, count)?.parameter
  }

  /// How many members each list has when there are so many tensors.
  public static func listLength(_ parameters: [Parameter], _ count: Int) -> Int? {
    let lists = parameters.count(where: \.isList)
    let rest = count - (parameters.count - lists)
    return lists > 0 && rest >= 0 && rest % lists == 0 ? rest / lists : nil
  }

  /// The declaration at a position, and which member of its list stands there.
  static func parameter(
    _ parameters: [Parameter], _ position: Int, _ count: Int
  ) -> (parameter: Parameter, member: Int)? {
    guard let length = listLength(parameters, count) else {
      return parameters.indices.contains(position) ? (parameters[position], 0) : nil
    }
    var rest = position
    for parameter in parameters {
      let width = parameter.isList ? length : 1
      if rest < width { return (parameter, rest) }
      rest -= width
    }
    return nil
  }
}

/// The types that a type variable may be.
public struct TypeSet: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The types in the order of the declaration.
  public var types: [DataType]

  /// A set of those types.
  public init(_ types: [DataType]) { self.types = types }

  /// A set of those types.
  public init(arrayLiteral types: DataType...) { self.types = types }

  /// Whether the type is among them.
  public func contains(_ type: DataType) -> Bool { types.contains(type) }

  /// Every type.
  public static let any = TypeSet(DataType.allCases)
  /// Integer and floating-point types.
  public static let numeric = TypeSet(DataType.allCases.filter(\.isNumeric))
  /// Floating-point types.
  public static let floatingPoint = TypeSet(DataType.allCases.filter(\.isFloatingPoint))
  /// `Int32` and `Int64`: what sizes and axes are given in.
  public static let index: TypeSet = [.int32, .int64]
}

extension TypeSet: CustomStringConvertible {
  /// The types as messages list them, as `Float32, Float64 or Bool`.
  public var description: String { alternatives(types.map(\.name)) }
}
