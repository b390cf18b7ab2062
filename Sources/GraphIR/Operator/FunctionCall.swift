import Tensors

/// One call of a function in a `.graph` file, with its arguments matched to the parameters.
public struct FunctionCall: Sendable {
  /// The graph to append to.
  public let graph: Graph
  /// The place of the call.
  public let origin: Origin
  private let arguments: [String: FunctionArgument]
  private let makeConstant: @Sendable (Tensor) -> Value

  /// A call.
  ///
  /// - Parameters:
  ///   - graph: The graph to append to.
  ///   - arguments: The arguments given, by the name of their parameter; those of a variadic
  ///     parameter are one list.
  ///   - origin: The place of the call.
  ///   - constant: Appends a constant.
  public init(
    graph: Graph, arguments: [String: FunctionArgument], origin: Origin,
    constant: @escaping @Sendable (Tensor) -> Value
  ) {
    self.graph = graph
    self.arguments = arguments
    self.origin = origin
    makeConstant = constant
  }

  /// The argument given for a parameter, or `nil` when the call leaves it out.
  public subscript(name: String) -> FunctionArgument? { arguments[name] }

  /// The same call, with these values for some of its parameters.
  public func replacing(_ values: [String: Value]) -> FunctionCall {
    FunctionCall(
      graph: graph, arguments: arguments.merging(values.mapValues { .value($0) }) { $1 },
      origin: origin, constant: makeConstant)
  }

  /// The argument as a value; a literal becomes a constant.
  ///
  /// - Parameters:
  ///   - name: The parameter.
  ///   - dataType: The type that a literal takes; without one, `Float32`, `Int32`, `Bool` or
  ///     `String` by how it is written.
  /// - Throws: `ShapeError` when the argument is missing or no value.
  public func value(_ name: String, literalType dataType: DataType? = nil) throws -> Value {
    guard let argument = arguments[name] else { throw ShapeError("\(name) is missing") }
    return try value(argument, name, dataType)
  }

  /// The argument as a list of values, a single one counting as a list.
  ///
  /// - Throws: `ShapeError` when the argument is missing or holds something else.
  public func values(_ name: String) throws -> [Value] {
    guard let argument = arguments[name] else { throw ShapeError("\(name) is missing") }
    if case .list(let members) = argument {
      return try members.map { try value($0, name, nil) }
    }
    return [try value(argument, name, nil)]
  }

  /// The argument as true or false; `nil` when the call leaves it out.
  public func flag(_ name: String) throws -> Bool? {
    guard let argument = arguments[name] else { return nil }
    guard case .flag(let flag) = argument else { throw wrong(name, "true or false", argument) }
    return flag
  }

  /// The argument as a list of integers, a single one counting as a list; `nil` when the call
  /// leaves it out.
  public func integers(_ name: String) throws -> [Int]? {
    guard let argument = arguments[name] else { return nil }
    if case .integer(let integer) = argument { return [integer] }
    guard case .list(let members) = argument else {
      throw wrong(name, "a list of integers", argument)
    }
    return try members.map {
      guard case .integer(let integer) = $0 else { throw wrong(name, "a list of integers", $0) }
      return integer
    }
  }

  /// The argument as a type; `nil` when the call leaves it out.
  public func dataType(_ name: String) throws -> DataType? {
    guard let argument = arguments[name] else { return nil }
    let names = DataType.allCases.map { caseName(of: $0) }
    guard case .name(let given) = argument else {
      throw wrong(name, "a type such as .float32", argument)
    }
    guard let position = names.firstIndex(of: given) else {
      throw ShapeError(
        "\(name) must be a type such as .float32, but it is .\(given)",
        suggestion: nearestName(to: given, among: names).map { "did you mean .\($0)?" })
    }
    return DataType.allCases[position]
  }

  /// The argument, a literal, as a tensor.
  ///
  /// - Parameters:
  ///   - name: The parameter.
  ///   - dataType: The type that it takes; without one, that of `value`.
  /// - Throws: `ShapeError` when the argument is missing or no literal.
  public func tensor(_ name: String, literalType dataType: DataType? = nil) throws -> Tensor {
    guard let argument = arguments[name] else { throw ShapeError("\(name) is missing") }
    guard let literal = try argument.literal() else { throw wrong(name, "a literal", argument) }
    return try adopted(literal, name, dataType)
  }

  /// A member of an operator's inputs before it is a value.
  private typealias Member = (
    name: String, argument: FunctionArgument, type: Signature.TypeReference
  )

  /// The arguments as the inputs of an operator, in order.
  ///
  /// Literals take the type that values bind the signature's variables to.
  public func values(of signature: Signature) throws -> [Value] {
    var members: [Member] = []
    for input in signature.inputs {
      let name = input.displayName
      guard let argument = arguments[name] else { throw ShapeError("\(name) is missing") }
      if input.isList, case .list(let list) = argument {
        members += list.map { (name, $0, input.type) }
      } else {
        members.append((name, argument, input.type))
      }
    }
    return try values(members)
  }

  /// The argument, a list, as the inputs of an operator, in order.
  ///
  /// A list in it that holds values stands for as many inputs.
  func values(of signature: Signature, in name: String) throws -> [Value] {
    var given: [FunctionArgument] = []
    if case .list(let list)? = arguments[name] {
      for member in list {
        if case .list(let inner) = member, inner.contains(where: \.isValue) {
          given += inner
        } else {
          given.append(member)
        }
      }
    }
    try TypeCheck.checkCount(given.count, signature)
    return try values(
      given.enumerated().map { position, argument in
        let input = signature.input(position, of: given.count)!
        return (input.displayName, argument, input.type)
      })
  }

  private func values(_ members: [Member]) throws -> [Value] {
    var bound: [String: DataType] = [:]
    for case (_, .value(let value), .variable(let variable)) in members where bound[variable] == nil
    {
      bound[variable] = value.dataType
    }
    return try members.map { member in
      switch member.type {
      case .fixed(let type): try value(member.argument, member.name, type)
      case .variable(let variable): try value(member.argument, member.name, bound[variable])
      case .list, .untold: try value(member.argument, member.name, nil)
      }
    }
  }

  private func value(
    _ argument: FunctionArgument, _ name: String, _ dataType: DataType?
  ) throws -> Value {
    if case .value(let value) = argument { return value }
    guard let literal = try argument.literal() else {
      var error = wrong(name, "a value", argument)
      if case .list(let members) = argument, members.contains(where: \.isValue) {
        error.suggestion = "stack(…) makes one value of several"
      }
      throw error
    }
    return makeConstant(try adopted(literal, name, dataType))
  }

  private func adopted(_ literal: Tensor, _ name: String, _ dataType: DataType?) throws -> Tensor {
    do {
      return try literal.asLiteral().adopting(dataType ?? defaultType(literal))
    } catch let error as TensorError {
      throw ShapeError("\(name): \(error)")
    }
  }

  private func defaultType(_ literal: Tensor) -> DataType {
    switch literal.dataType {
    case .int64: .int32
    case .float64: .float32
    default: literal.dataType
    }
  }

  private func wrong(_ name: String, _ wanted: String, _ given: FunctionArgument) -> ShapeError {
    ShapeError("\(name) must be \(wanted), but it is \(given.kind)")
  }
}
