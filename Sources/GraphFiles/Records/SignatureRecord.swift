import Tensors

/// What a graph declares for those who run it.
public struct SignatureRecord: Hashable, Sendable {
  /// A declared name for an output of a node.
  public struct Endpoint: Hashable, Sendable {
    /// The declared name.
    public var name: String
    /// The name of the node.
    public var node: String
    /// Which output of the node, from 0.
    public var output: Int
    /// The type of the tensor, as far as it is known.
    public var type: TensorType

    /// A declared name for an output of a node.
    public init(name: String, node: String, output: Int = 0, type: TensorType) {
      self.name = name
      self.node = node
      self.output = output
      self.type = type
    }
  }

  /// A declared name for a node that is run for its effect.
  public struct Target: Hashable, Sendable {
    /// The declared name.
    public var name: String
    /// The name of the node.
    public var node: String

    /// A declared name for a node that is run for its effect.
    public init(name: String, node: String) {
      self.name = name
      self.node = node
    }
  }

  /// The value that a parameter had when the graph was built.
  public struct Parameter: Hashable, Sendable {
    /// The parameter.
    public var name: String
    /// Its value, as a `.graph` file writes it.
    public var value: String

    /// The value of a parameter.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The newest version of the signature that this code knows.
  public static let currentFormatVersion: Int32 = 1

  /// The version of the signature.
  public var formatVersion = currentFormatVersion
  /// What is fed.
  public var feeds: [Endpoint]
  /// What is fetched when nothing else is asked for.
  public var outputs: [Endpoint]
  /// What can be run for its effect.
  public var targets: [Target]
  /// The parameters of the `.graph` file.
  public var parameters: [Parameter]

  /// A signature of the current version.
  public init(
    feeds: [Endpoint] = [], outputs: [Endpoint] = [], targets: [Target] = [],
    parameters: [Parameter] = []
  ) {
    self.feeds = feeds
    self.outputs = outputs
    self.targets = targets
    self.parameters = parameters
  }
}
