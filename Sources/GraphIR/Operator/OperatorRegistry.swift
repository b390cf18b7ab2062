import Synchronization

/// The operators that files and the language may use, by wire name and by function name.
public struct OperatorRegistry: Sendable {
  /// The operators in the order of the list.
  public let operators: [any Operator.Type]
  /// The functions that are made of several operators.
  public let composites: [GraphFunction]
  private let byName: [String: any Operator.Type]
  private let derived: DerivedFunctions

  /// A registry of those operators.
  ///
  /// - Precondition: No two share a wire name or a function name.
  public init(_ operators: [any Operator.Type], functions: [GraphFunction] = []) {
    self.operators = operators
    composites = functions
    byName = Dictionary(uniqueKeysWithValues: operators.map { ($0.name, $0) })
    derived = DerivedFunctions()
  }

  /// The operator of that wire name.
  public func `operator`(named name: String) -> (any Operator.Type)? { byName[name] }

  /// The functions by name.
  ///
  /// They are made when a function is first asked for: who runs a file needs none.
  private var byFunction: [String: GraphFunction] {
    derived.byName.withLock { known in
      if let known { return known }
      let all = operators.compactMap { $0.function } + composites
      let made = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
      known = made
      return made
    }
  }

  /// The function of that name.
  public func function(named name: String) -> GraphFunction? { byFunction[name] }

  /// The names of the functions, in alphabetical order.
  public var functionNames: [String] { byFunction.keys.sorted() }
}

/// The functions by name, once they were asked for; shared by the copies of a registry.
private final class DerivedFunctions: Sendable {
  let byName = Mutex<[String: GraphFunction]?>(nil)
}
