import GraphIR

/// Thrown, after what is wrong has been reported, to give up what is being evaluated.
struct ElaborationFailure: Error {}

/// Collects what is wrong with a file and those that it imports, up to a limit.
struct ElaborationDiagnostics {
  static let limit = DiagnosticList.limit

  /// A message at a place; a block that is called often reports it once.
  private struct Key: Hashable {
    var file: Int
    var offset: Int
    var message: String
  }

  private var entries: [(key: Key, diagnostic: Diagnostic)] = []
  private var keys: Set<Key> = []
  private var isCut = false

  /// Whether there are as many errors as are shown.
  var isFull: Bool { entries.count >= Self.limit }
  /// The number of errors so far.
  var count: Int { entries.count }

  /// Adds a diagnostic at an offset of a file, unless it is there already.
  mutating func add(_ diagnostic: Diagnostic, file: Int, offset: Int) {
    let key = Key(file: file, offset: offset, message: diagnostic.message)
    guard !keys.contains(key) else { return }
    guard !isFull else {
      isCut = true
      return
    }
    keys.insert(key)
    entries.append((key, diagnostic))
  }

  /// The diagnostics in the order of the files and of the source.
  var sorted: [Diagnostic] {
    let order = entries.enumerated().sorted {
      let (left, right) = ($0.element.key, $1.element.key)
      return (left.file, left.offset, $0.offset) < (right.file, right.offset, $1.offset)
    }
    var result = order.map(\.element.diagnostic)
    if isCut, let last = result.indices.last {
      result[last].notes.append(Diagnostic.Note("only the first \(Self.limit) errors are shown"))
    }
    return result
  }
}
