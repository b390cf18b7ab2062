/// The contents of a graph file as plain values, as the file has them.
///
/// Nothing is interpreted: an operator may be unknown, an input may name no node.
///
/// ```swift
/// var file = try GraphFile.read(path: "model.pb")
/// print(file.nodes.count)
/// try file.write(path: "copy.pb")
/// ```
public struct GraphFile: Hashable, Sendable {
  /// The nodes, in the order of the file.
  public var nodes: [NodeRecord]
  /// Who wrote the graph, and who may read it.
  public var versions: VersionsRecord?
  /// The producer as files had it before `versions` came; 0 in all later ones.
  public var legacyProducer: Int32 = 0
  /// The library of functions, serialised, kept as it came; empty when there is none.
  public var library: [UInt8] = []
  /// The source lines that nodes come from.
  public var debugInfo: DebugInfoRecord?
  /// What the graph declares for those who run it; `nil` in files of other programs.
  public var signature: SignatureRecord?
  /// What the plan of the graph came to.
  public var planSummary: PlanSummaryRecord?
  /// Whether the file carries a digest that its nodes do not have: another program changed them.
  public internal(set) var nodesChangedSinceWritten = false

  /// A file of the given nodes and nothing else.
  public init(nodes: [NodeRecord] = []) {
    self.nodes = nodes
  }
}

/// Who wrote a graph, and who may read it, in TensorFlow's numbering.
public struct VersionsRecord: Hashable, Sendable {
  /// The version of the program that wrote the graph; it decides the meaning of older files.
  public var producer: Int32
  /// The oldest version that may read the graph.
  public var minimumConsumer: Int32
  /// Single versions that may not read it.
  public var badConsumers: [Int32]

  /// Versions of a producer and of its consumers.
  public init(producer: Int32, minimumConsumer: Int32 = 0, badConsumers: [Int32] = []) {
    self.producer = producer
    self.minimumConsumer = minimumConsumer
    self.badConsumers = badConsumers
  }
}

/// The source lines that nodes come from.
public struct DebugInfoRecord: Hashable, Sendable {
  /// One call on the way to a node.
  public struct Frame: Hashable, Sendable {
    /// The index of the file in `files`; a file may hold one that is out of range.
    public var fileIndex: Int32
    /// The line, from 1.
    public var line: Int32
    /// The column, from 1; 0 when unknown.
    public var column: Int32
    /// The function around.
    public var function: String
    /// The text of the line.
    public var code: String

    /// A call on the way to a node.
    public init(
      fileIndex: Int32, line: Int32, column: Int32 = 0, function: String = "", code: String = ""
    ) {
      self.fileIndex = fileIndex
      self.line = line
      self.column = column
      self.function = function
      self.code = code
    }
  }

  /// The names of the files.
  public var files: [String]
  /// The calls that led to a node, innermost first, by `name@function`; `name@` outside of any.
  public var traces: [String: [Frame]]

  /// Files and the calls in them.
  public init(files: [String] = [], traces: [String: [Frame]] = [:]) {
    self.files = files
    self.traces = traces
  }
}

/// What the plan of a graph came to, for people to read.
public struct PlanSummaryRecord: Hashable, Sendable {
  /// A number with its name, which says the unit, as `peak_bytes`.
  public struct Measure: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The number.
    public var value: Double

    /// A number with its name.
    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The summary in words.
  public var text: String
  /// The summary in numbers.
  public var measures: [Measure]

  /// A summary in words and numbers.
  public init(text: String = "", measures: [Measure] = []) {
    self.text = text
    self.measures = measures
  }
}
