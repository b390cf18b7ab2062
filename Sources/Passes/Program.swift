import GraphIR
import Tensors

/// What is compiled: a graph whose every size is known, with what it is fed and what is fetched.
///
/// The feeds are the graph's only placeholders.
public struct Program: Sendable {
  /// The nodes, each after those that it depends on; every shape is known.
  public var graph: FrozenGraph
  /// What is fed, in the caller's order; `nil` for a feed that nothing depends on.
  public var feeds: [Endpoint?]
  /// What is fetched, in the caller's order.
  public var fetches: [Endpoint]
  /// The nodes that are run for their effect.
  public var targets: [Int]

  /// A program.
  public init(graph: FrozenGraph, feeds: [Endpoint?], fetches: [Endpoint], targets: [Int]) {
    self.graph = graph
    self.feeds = feeds
    self.fetches = fetches
    self.targets = targets
  }
}

/// What somebody wants to run: the question that a plan answers.
public struct ProgramRequest: Hashable, Sendable {
  /// The values that are fed, each with the type and the sizes of what is fed.
  public var feeds: [Endpoint]
  /// For each of the feeds its type and its sizes, all of them known.
  public var feedTypes: [TensorType]
  /// The values to compute.
  public var fetches: [Endpoint]
  /// The nodes to run for their effect.
  public var targets: [Int]
  /// Values that an earlier segment has computed and that sizes depend on.
  public var knownValues: [Endpoint: Tensor] = [:]
  /// Type and sizes of each variable that has a value, where the graph leaves its sizes open; by
  /// the position of its node.
  public var variableTypes: [Int: TensorType] = [:]
  /// Nodes that an earlier segment has run.
  public var completed: Set<Int> = []
  /// The feeds, by their numbers, whose tensors stay the same from run to run.
  public var fixedFeeds: Set<Int> = []

  /// A question: what to compute, from what.
  public init(feeds: [Endpoint], feedTypes: [TensorType], fetches: [Endpoint], targets: [Int] = [])
  {
    self.feeds = feeds
    self.feedTypes = feedTypes
    self.fetches = fetches
    self.targets = targets
  }
}
