import GraphIR

/// Collects what is wrong with one file, up to a limit.
struct DiagnosticList {
  static let limit = 50

  let file: SourceFile
  private var entries: [(offset: Int, diagnostic: Diagnostic)] = []
  /// Whether something was left out because of the limit.
  private var isCut = false

  init(file: SourceFile) {
    self.file = file
  }

  /// The statements given up because of something that the lexer has reported.
  private var silentFailures = 0

  /// Whether there are as many errors as are shown; going on would only cost time.
  var isFull: Bool { entries.count + silentFailures >= Self.limit }

  /// Counts a failure that the lexer has reported already.
  mutating func countSilentFailure() { silentFailures += 1 }

  mutating func report(_ message: String, at range: SourceRange, notes: [Diagnostic.Note] = []) {
    guard entries.count < Self.limit else {
      isCut = true
      return
    }
    entries.append((range.start, file.diagnostic(message, at: range, notes: notes)))
  }

  /// Adds what another list of the same file holds.
  mutating func append(_ other: DiagnosticList) {
    isCut = isCut || other.isCut
    silentFailures += other.silentFailures
    for entry in other.entries {
      guard entries.count < Self.limit else {
        isCut = true
        return
      }
      entries.append(entry)
    }
  }

  /// The diagnostics of both lists in the order of the source, up to the limit.
  func merged(with other: DiagnosticList) -> [Diagnostic] {
    let all = (entries + other.entries).enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }
    var result = all.prefix(Self.limit).map(\.element.diagnostic)
    if isCut || other.isCut || all.count > Self.limit, let last = result.indices.last {
      result[last].notes.append(Diagnostic.Note("only the first \(Self.limit) errors are shown"))
    }
    return result
  }
}
