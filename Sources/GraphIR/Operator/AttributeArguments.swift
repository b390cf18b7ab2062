import Tensors

// Attributes as the arguments of calls, and back.

extension Operator {
  /// The operator with the attributes that a call gives.
  ///
  /// - Parameter label: The label that a call gives an attribute with; `nil` for none.
  init(_ call: FunctionCall, label: (Attribute<Self>) -> String?) throws {
    self.init()
    for attribute in Self.attributes {
      guard let label = label(attribute), let argument = call[label] else { continue }
      guard let value = attribute.value(argument, like: attribute.get(self)),
        attribute.set(&self, value)
      else {
        throw ShapeError("\(label) must be \(attribute.argumentKind), but it is \(argument.kind)")
      }
    }
  }
}

extension Attribute {
  /// The value as a `.graph` file writes it, where it has a literal.
  package func literalText(_ value: AttributeValue) -> String? {
    choices.first { $0.value == value }.map { ".\($0.name)" } ?? value.literalText
  }

  /// The argument that gives the value, where calls have one.
  package func argument(_ value: AttributeValue) -> FunctionArgument? {
    choices.first { $0.value == value }.map { .name($0.name) } ?? FunctionArgument(value)
  }

  /// The value that an argument of a call gives, or `nil` when it is of another kind.
  func value(_ argument: FunctionArgument, like template: AttributeValue) -> AttributeValue? {
    if case .name(let name) = argument, !choices.isEmpty {
      return choices.first { $0.name == name }?.value
    }
    return AttributeValue(argument, like: template)
  }

  /// What a call may give, for messages.
  var argumentKind: String {
    choices.isEmpty ? kind : alternatives(choices.map { ".\($0.name)" })
  }
}

extension FunctionArgument {
  /// The argument that gives an attribute the value, where calls have one.
  init?(_ value: AttributeValue) {
    switch value {
    case .integer(let integer): self = .integer(Int(integer))
    case .number(let number): self = .number(Double(number))
    case .flag(let flag): self = .flag(flag)
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
      self = .text(text)
    case .type(let type): self = .name(caseName(of: type))
    case .integers(let integers): self = .list(integers.map { .integer(Int($0)) })
    case .shape(let shape):
      self = shape.dimensions.map { .list($0.map { .integer($0 ?? -1) }) } ?? .name("unknown")
    default: return nil
    }
  }
}

extension AttributeValue {
  /// The value as a `.graph` file writes it, where it has a literal.
  package var literalText: String? {
    switch self {
    case .integer(let integer): "\(integer)"
    case .number(let number): number.literalText
    case .flag(let flag): "\(flag)"
    case .bytes(let bytes): String(validating: bytes, as: UTF8.self).map { textLiteral($0) }
    case .type(let type): ".\(caseName(of: type))"
    case .integers(let integers): "\(integers)"
    case .shape(let shape): shape.dimensions.map { "\($0.map { $0 ?? -1 })" } ?? ".unknown"
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
    case (.shape, .name("unknown")): self = .shape(.unknown)
    default: return nil
    }
  }
}

extension Float {
  /// The number as a `.graph` file writes it, so that it reads the same number back.
  fileprivate var literalText: String {
    if isNaN { return sign == .minus ? "-.nan" : ".nan" }
    if isInfinite { return sign == .minus ? "-.infinity" : ".infinity" }
    // The fewest digits of a Float could, read as a Double, lie on the edge to another Float.
    return Double(description).map { Float($0) } == self ? description : Double(self).description
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
