/// One thing that is wrong with what a user wrote, with the place and what to do about it.
///
/// ```
/// model.graph:3:13: error: matmul: the inner sizes differ: a is Float32[2, 3], b is Float32[4, 5]
/// let y = matmul(a, b)
///         ^~~~~~~~~~~~
/// note: …
/// ```
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    case error, warning
  }

  /// A further remark, with a place of its own where that helps.
  public struct Note: Hashable, Sendable {
    /// The remark.
    public var message: String
    /// The place it speaks of.
    public var location: SourceLocation?

    /// A remark, with a place of its own where that helps.
    public init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// The line of source that the diagnostic speaks of, and the part of it to underline.
  public struct Excerpt: Hashable, Sendable {
    /// The text of the line, without its end.
    public var line: String
    /// The first column to underline, from 1, in characters.
    public var column: Int
    /// How many characters to underline, at least 1.
    public var length: Int

    /// A line and the part of it to underline.
    public init(line: String, column: Int, length: Int) {
      self.line = line
      self.column = column
      self.length = length
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// What is wrong, in one sentence without a full stop, beginning in lower case.
  public var message: String
  /// Where, when that is known.
  public var location: SourceLocation?
  /// The line of source, when it is at hand.
  public var excerpt: Excerpt?
  /// Further remarks and suggestions.
  public var notes: [Note]
  /// The placeholder that is not fed, where that is what is wrong: whoever lets a user feed it can
  /// say how.
  package var unfedPlaceholder: String?

  /// An error, unless another severity is given.
  public init(
    _ message: String, severity: Severity = .error, at location: SourceLocation? = nil,
    excerpt: Excerpt? = nil, notes: [Note] = []
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.excerpt = excerpt
    self.notes = notes
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The text that a user sees, over several lines where there is an excerpt or a note.
  public var description: String {
    var lines = [(location.map { "\($0): " } ?? "") + "\(severity): \(message)"]
    if let excerpt {
      // Tabs are kept in the margin so that the caret stands under its character.
      let margin = excerpt.line.prefix(excerpt.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      lines.append(excerpt.line)
      lines.append(margin + "^" + String(repeating: "~", count: max(0, excerpt.length - 1)))
    }
    for note in notes {
      lines.append((note.location.map { "\($0): " } ?? "") + "note: \(note.message)")
    }
    return lines.joined(separator: "\n")
  }
}
