/// What StaticGraph throws: one diagnostic or several.
public struct GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in the order of the source; never empty.
  public let diagnostics: [Diagnostic]

  /// An error of several diagnostics.
  ///
  /// - Precondition: There is at least one.
  public init(_ diagnostics: [Diagnostic]) {
    precondition(!diagnostics.isEmpty, "an error says at least one thing")
    self.diagnostics = diagnostics
  }

  /// An error of one diagnostic.
  public init(_ message: String, at location: SourceLocation? = nil, notes: [String] = []) {
    diagnostics = [
      Diagnostic(message, at: location, notes: notes.map { Diagnostic.Note($0) })
    ]
  }

  /// The diagnostics as a user sees them, one after the other.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
