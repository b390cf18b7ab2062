import GraphIR

/// Writes the places of nodes as debug information.
struct OriginWriter {
  private var result: DebugInfoRecord
  private var fileIndices: [String: Int32] = [:]
  /// The key of each node's calls in the file that the graph was read from.
  private let keys: [String: String]
  /// For each file of that file, whether it is TensorFlow's.
  private let isTensorFlow: [Bool]
  private let resolvesAddresses: Bool
  private var resolved: [UInt: SourceLocation?] = [:]

  /// A writer that keeps the debug information of an earlier file where it still holds.
  ///
  /// - Parameter resolvesAddresses: Whether places that are known as addresses only are looked up.
  init(keeping source: DebugInfoRecord?, resolvesAddresses: Bool) {
    result = source ?? DebugInfoRecord()
    keys = result.keysByNode()
    isTensorFlow = result.filesOfTensorFlow()
    self.resolvesAddresses = resolvesAddresses
    for (index, file) in result.files.enumerated() where fileIndices[file] == nil {
      fileIndices[file] = Int32(clamping: index)
    }
  }

  /// The debug information of a graph; `nil` when nothing is known of any node.
  mutating func debugInfo(of graph: FrozenGraph) -> DebugInfoRecord? {
    let names = Set(graph.nodes.map(\.name))
    result.traces = result.traces.filter { key, _ in
      let node = DebugInfoRecord.node(ofKey: key)
      return node.isInFunction || names.contains(node.name)
    }
    for node in graph.nodes { add(node) }
    return result == DebugInfoRecord() ? nil : result
  }

  private mutating func add(_ node: Node) {
    guard let location = location(node.origin) else { return }
    if let key = keys[node.name], let frames = result.traces[key] {
      if result.location(frames, isTensorFlow) == location { return }
      if !DebugInfoRecord.node(ofKey: key).isInFunction { result.traces[key] = nil }
    }
    let file = index(of: location.file)
    result.traces["\(node.name)@"] = [
      DebugInfoRecord.Frame(
        fileIndex: file, line: Int32(clamping: location.line),
        column: Int32(clamping: location.column))
    ]
  }

  private mutating func index(of file: String) -> Int32 {
    if let index = fileIndices[file] { return index }
    let index = Int32(clamping: result.files.count)
    result.files.append(file)
    fileIndices[file] = index
    return index
  }

  /// The place, each address looked up once only: that takes milliseconds.
  private mutating func location(_ origin: Origin) -> SourceLocation? {
    guard case .programCounter(let address) = origin else { return origin.location }
    guard resolvesAddresses else { return nil }
    if let known = resolved[address] { return known }
    let location = origin.location
    resolved[address] = .some(location)
    return location
  }
}
