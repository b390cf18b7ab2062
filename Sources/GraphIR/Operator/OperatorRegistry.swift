import Synchronization

/// The operators that files and the language may use, by wire name and by function name.
public struct OperatorRegistry: Sendable {
  /// An operator that is looked up when it is asked for: to make all of them known to the runtime
  /// takes longer than to read a small file.
  package struct Entry: Sendable {
    /// The wire name.
    package let name: String
    let type: @Sendable () -> any Operator.Type

    /// An operator by its wire name.
    package init(_ name: String, _ type: @autoclosure @escaping @Sendable () -> any Operator.Type) {
      self.name = name
      self.type = type
    }
  }

  /// The operators in the order of the list.
  package let entries: [Entry]
  private let makeComposites: @Sendable () -> [GraphFunction]
  private let positions: [String: Int]
  private let derived: DerivedFunctions

  /// A registry of those operators.
  ///
  /// - Precondition: No two share a wire name or a function name.
  public init(_ operators: [any Operator.Type], functions: [GraphFunction] = []) {
    self.init(entries: operators.map { Entry($0.name, $0) }, functions: functions)
  }

  /// A registry of those operators.
  ///
  /// - Precondition: Each stands under its wire name, and no two share one, or a function name.
  package init(
    entries: [Entry], functions: @autoclosure @escaping @Sendable () -> [GraphFunction] = []
  ) {
    self.entries = entries
    makeComposites = functions
    positions = Dictionary(
      uniqueKeysWithValues: entries.enumerated().map { ($0.element.name, $0.offset) })
    derived = DerivedFunctions()
  }

  /// The operators in the order of the list.
  public var operators: [any Operator.Type] { entries.map { $0.type() } }

  /// The functions that are made of several operators.
  public var composites: [GraphFunction] { makeComposites() }

  /// The operator of that wire name.
  public func `operator`(named name: String) -> (any Operator.Type)? {
    positions[name].map { entries[$0].type() }
  }

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
