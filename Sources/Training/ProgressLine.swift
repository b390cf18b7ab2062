import Synchronization

/// The last line of a terminal, on which news replace one another until a message comes.
struct ProgressLine {
  private var isOpen = false

  /// What is written so that a line takes the place of the one before.
  ///
  /// - Parameter stays: Whether the next news stand below it.
  mutating func news(_ line: String, stays: Bool) -> String {
    isOpen = !stays
    return "\r\u{1B}[K\(line)\(stays ? "\n" : "")"
  }

  /// What is written so that a text of whole lines stands below the news.
  mutating func message(_ text: String) -> String {
    defer { isOpen = false }
    return isOpen ? "\n\(text)" : text
  }
}

/// The line of standard error.
private let line = Mutex(ProgressLine())

/// Writes news to the terminal that standard error is.
func writeNews(_ text: String, stays: Bool) {
  _ = writeAll(line.withLock { $0.news(text, stays: stays) }, to: 2)
}

/// Writes a text that ends its own lines to standard error.
package func writeErrorText(_ text: String) {
  _ = writeAll(line.withLock { $0.message(text) }, to: 2)
}

/// Writes a line to standard error.
package func writeError(_ text: String) { writeErrorText(text + "\n") }
