import Tensors

/// One attribute of an operator: its wire name, its property and what it means.
public struct Attribute<Op: Operator>: Sendable {
  /// TensorFlow's name, as it stands in the file.
  public let name: String
  /// The label of the argument in Swift and in `.graph` files; `nil` when calls do not give it.
  public let label: String?
  /// What it means, for the reference.
  public let summary: String
  /// The type of its property.
  let property: any AttributeConvertible.Type
  /// Whether TensorFlow has no default for it, so that every node of a file states it.
  public let isRequired: Bool
  /// Reads the attribute of an operator.
  public let get: @Sendable (Op) -> AttributeValue
  /// Sets the attribute; gives `false` when the value is of another kind.
  public let set: @Sendable (inout Op, AttributeValue) -> Bool

  /// An attribute that a stored property holds.
  ///
  /// - Parameters:
  ///   - name: The wire name, as `transpose_a`.
  ///   - property: Where the operator keeps it.
  ///   - summary: What it means.
  ///   - label: The label in calls; without one, the wire name in Swift's spelling, `transposeA`.
  ///   - isArgument: Whether calls give it.
  ///   - isRequired: Whether TensorFlow has no default for it.
  public init<Property: AttributeConvertible>(
    _ name: String, _ property: WritableKeyPath<Op, Property> & Sendable, _ summary: String,
    label: String? = nil, isArgument: Bool = true, isRequired: Bool = false
  ) {
    self.name = name
    self.label = isArgument ? label ?? camelCase(name) : nil
    self.summary = summary
    self.isRequired = isRequired
    self.property = Property.self
    get = { $0[keyPath: property].attributeValue }
    set = { operation, value in
      guard let converted = Property(attribute: value) else { return false }
      operation[keyPath: property] = converted
      return true
    }
  }

  /// The kind of value in words, for messages.
  public var kind: String { property.kind }

  /// The values that it may have, where these are a few that calls give by name.
  public var choices: [AttributeChoice] {
    (property as? any EnumeratedAttribute.Type)?.choices ?? []
  }
}

/// `transpose_a` as Swift spells it, `transposeA`.
func camelCase(_ name: String) -> String {
  let words = name.split(separator: "_")
  guard let first = words.first else { return name }
  return words.dropFirst().reduce(String(first)) {
    $0 + $1.prefix(1).uppercased() + $1.dropFirst()
  }
}

extension Operator {
  /// The attributes as the file stores them, without types and counts that the inputs tell.
  public var attributeValues: [(name: String, value: AttributeValue)] {
    Self.declaredAttributes.map { ($0.name, $0.get(self)) }
  }

  /// The attributes that every node of a file states.
  public var requiredAttributeNames: [String] {
    // Key paths of a generic type would be made anew for each operator.
    Self.declaredAttributes.compactMap { $0.isRequired ? $0.name : nil }
  }

  /// Sets one attribute from the file.
  ///
  /// - Returns: `false` when the operator has no attribute of that name.
  /// - Throws: `ShapeError` when the value is of another kind than the attribute.
  public mutating func setAttribute(_ name: String, _ value: AttributeValue) throws -> Bool {
    guard let attribute = Self.declaredAttributes.first(where: { $0.name == name }) else {
      return false
    }
    guard attribute.set(&self, value) else {
      throw ShapeError("attribute \(name) must be \(attribute.kind), but it is \(value.kind)")
    }
    return true
  }

  /// The type that an attribute of this operator binds a type variable to.
  func attributeType(_ variable: String) -> DataType? {
    guard let attribute = Self.declaredAttributes.first(where: { $0.name == variable }),
      case .type(let type) = attribute.get(self)
    else { return nil }
    return type
  }
}
