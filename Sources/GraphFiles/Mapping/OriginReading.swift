import GraphIR

extension DebugInfoRecord {
  /// The key of the calls that led to each node, by the node's name.
  ///
  /// Newer files have `name@function`, with an empty function for a node outside of any; older
  /// ones have the name alone. A node of the graph itself wins over one of a function.
  func keysByNode() -> [String: String] {
    var result: [String: String] = [:]
    for key in traces.keys {
      let node = Self.node(ofKey: key).name
      if let other = result[node], !Self.precedes(key, other) { continue }
      result[node] = key
    }
    return result
  }

  /// The node that a key speaks of, and whether it belongs to a function of the library.
  static func node(ofKey key: String) -> (name: String, isInFunction: Bool) {
    guard let mark = key.utf8.lastIndex(of: UInt8(ascii: "@")) else { return (key, false) }
    return (String(key[..<mark]), key.utf8.index(after: mark) < key.utf8.endIndex)
  }

  private static func precedes(_ key: String, _ other: String) -> Bool {
    let (mine, theirs) = (node(ofKey: key).isInFunction, node(ofKey: other).isInFunction)
    return mine == theirs ? key.utf8.lexicographicallyPrecedes(other.utf8) : theirs
  }

  /// The user's place in the calls that led to a node.
  ///
  /// TensorFlow's own calls stand innermost, at the end of the trace in its newer files and at the
  /// beginning elsewhere. The user's place is the call next to them.
  ///
  /// - Parameter isTensorFlow: For each file, whether it is TensorFlow's.
  func location(_ frames: [Frame], _ isTensorFlow: [Bool]) -> SourceLocation? {
    let valid = frames.filter { files.indices.contains(Int($0.fileIndex)) && $0.line > 0 }
    let own = valid.filter { !isTensorFlow[Int($0.fileIndex)] }
    let endsInside = valid.last.map { isTensorFlow[Int($0.fileIndex)] } ?? false
    return ((endsInside ? own.last : own.first) ?? valid.first).map { frame in
      SourceLocation(
        file: files[Int(frame.fileIndex)], line: Int(frame.line), column: max(0, Int(frame.column)))
    }
  }

  /// For each file, whether it is TensorFlow's.
  func filesOfTensorFlow() -> [Bool] {
    files.map { $0.contains("/tensorflow/python/") || $0.contains("/site-packages/keras/") }
  }
}

/// The places of a file's nodes.
struct OriginTable {
  private let debugInfo: DebugInfoRecord
  private let keys: [String: String]
  private let isTensorFlow: [Bool]

  init(_ debugInfo: DebugInfoRecord?) {
    self.debugInfo = debugInfo ?? DebugInfoRecord()
    keys = self.debugInfo.keysByNode()
    isTensorFlow = self.debugInfo.filesOfTensorFlow()
  }

  /// The place that made a node, as far as the file says.
  func origin(of node: String) -> Origin {
    guard let key = keys[node], let frames = debugInfo.traces[key],
      let location = debugInfo.location(frames, isTensorFlow)
    else { return .unknown }
    return .source(location)
  }
}
