/// What a graph offers to those who run it: its declared outputs, targets and parameters.
///
/// The placeholders need no declaration; they are the graph's own nodes.
public struct GraphInterface: Hashable, Sendable {
  /// A value that is fetched by default.
  public struct Output: Hashable, Sendable {
    /// What users call it.
    public var name: String
    /// Where it comes from.
    public var endpoint: Endpoint

    /// A value that is fetched by default, and what users call it.
    public init(name: String, endpoint: Endpoint) {
      self.name = name
      self.endpoint = endpoint
    }
  }

  /// A node that is run for its effect.
  public struct Target: Hashable, Sendable {
    /// What users call it.
    public var name: String
    /// The position of the node.
    public var node: Int

    /// A node that is run for its effect, and what users call it.
    public init(name: String, node: Int) {
      self.name = name
      self.node = node
    }
  }

  /// A number or text that the graph was built with.
  public struct Parameter: Hashable, Sendable {
    /// Its name in the `.graph` file.
    public var name: String
    /// Its value as the file writes it.
    public var value: String

    /// A parameter and its value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The declared outputs in the order of their declaration.
  public var outputs: [Output] = []
  /// The declared targets in the order of their declaration.
  public var targets: [Target] = []
  /// The parameters in the order of their declaration.
  public var parameters: [Parameter] = []

  /// An interface that declares nothing.
  public init() {}
}
