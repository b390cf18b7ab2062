/// A place in a file that a user wrote.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  /// The file as the user named it, or as `#fileID` gives it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in characters, from 1; 0 when only the line is known.
  public var column: Int

  /// A place in a file; without a column, a whole line.
  public init(file: String, line: Int, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// As `file:line:column`, or `file:line`.
  public var description: String {
    column > 0 ? "\(file):\(line):\(column)" : "\(file):\(line)"
  }
}
