import Passes

/// What a plan must keep to.
public struct PlanOptions: Hashable, Sendable {
  /// The most bytes that a run may need for its arena, its results, the variables that it uses,
  /// constants and what it keeps; `nil` for no limit but the graph's own.
  ///
  /// A plan that needs more trades speed for memory first.
  public var memoryLimit: Int?
  /// What passes may do.
  public var passes: PassOptions

  /// Options without a limit, unless told otherwise.
  public init(memoryLimit: Int? = nil, passes: PassOptions = PassOptions()) {
    self.memoryLimit = memoryLimit
    self.passes = passes
  }
}
