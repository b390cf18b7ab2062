import Synchronization

extension Operator {
  /// The `attributes`, made once for each type: to make them takes microseconds, and a file sets
  /// each attribute of each node.
  static var declaredAttributes: [Attribute<Self>] {
    let key = ObjectIdentifier(Self.self)
    if let known = knownAttributes.withLock({ $0[key] }) as? [Attribute<Self>] { return known }
    let made = attributes
    knownAttributes.withLock { $0[key] = made }
    return made
  }
}

/// The attributes by the type of the operator.
private let knownAttributes = Mutex<[ObjectIdentifier: any Sendable]>([:])
