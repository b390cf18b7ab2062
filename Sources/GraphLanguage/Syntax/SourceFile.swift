import GraphIR

/// The text of a `.graph` file, with what turns a range of it into a line and a column.
///
/// ```swift
/// let source = SourceFile(name: "model.graph", text: "placeholder x: Float64\n")
/// source.location(of: SourceRange(start: 12, end: 13))   // model.graph:1:13
/// ```
public struct SourceFile: Sendable {
  /// The largest file that is parsed, in bytes; large ones hold constants as bytes.
  public static let maximumSize = 64 << 20
  /// The most tokens and comments of a file that is parsed.
  public static let maximumTokenCount = 4 << 20

  /// The file as the user named it, for messages.
  public let name: String
  /// The text as UTF-8.
  public let utf8: [UInt8]
  /// The offset of the first byte of each line; never empty, ascending.
  private let lineStarts: [Int]

  /// A file of that text; a line ends in `\n`, `\r\n` or `\r`.
  public init(name: String, text: String) {
    self.init(name: name, utf8: Array(text.utf8))
  }

  /// A file of those bytes, in which whatever is not UTF-8 is read as U+FFFD.
  public init(name: String, bytes: some Collection<UInt8>) {
    self.init(name: name, text: String(decoding: bytes, as: UTF8.self))
  }

  private init(name: String, utf8: [UInt8]) {
    self.name = name
    self.utf8 = utf8
    var starts = [0]
    // Of a file that is not parsed nobody asks for a line.
    let lines = utf8.count > Self.maximumSize ? [] : utf8
    for (offset, byte) in lines.enumerated() {
      let next = offset + 1 < utf8.count ? utf8[offset + 1] : 0
      if byte == .lineFeed || (byte == .carriageReturn && next != .lineFeed) {
        starts.append(offset + 1)
      }
    }
    lineStarts = starts
  }

  /// The whole text.
  public var text: String { String(decoding: utf8, as: UTF8.self) }

  /// The number of lines, of which the last may be empty.
  public var lineCount: Int { lineStarts.count }

  /// The text of a range; what lies outside of the file is left out.
  public func text(in range: SourceRange) -> String {
    String(decoding: utf8[clamped(range)], as: UTF8.self)
  }

  /// The place where a range begins.
  public func location(of range: SourceRange) -> SourceLocation {
    let start = clamped(range).lowerBound
    let line = lineIndex(at: start)
    let column = characterCount(in: lineStarts[line]..<start) + 1
    return SourceLocation(file: name, line: line + 1, column: column)
  }

  /// The line in which a range begins, with the part of the range in that line underlined.
  ///
  /// Of a very long line only the surroundings of the range are given, with `…` for the rest.
  /// Control characters other than the tab are replaced by U+FFFD.
  public func excerpt(of range: SourceRange) -> Diagnostic.Excerpt {
    let bytes = clamped(range)
    let whole = lineBytes(lineIndex(at: bytes.lowerBound))
    let start = min(bytes.lowerBound, whole.upperBound)
    let window = excerptWindow(of: whole, around: start)
    let end = min(bytes.upperBound, window.upperBound)
    let isCutLeft = window.lowerBound > whole.lowerBound
    let isCutRight = window.upperBound < whole.upperBound
    let line = (isCutLeft ? "…" : "") + printable(window) + (isCutRight ? "…" : "")
    return Diagnostic.Excerpt(
      line: line,
      column: characterCount(in: window.lowerBound..<start) + (isCutLeft ? 2 : 1),
      length: max(1, end > start ? characterCount(in: start..<end) : 1))
  }

  /// A diagnostic at a range, with its location and excerpt filled in.
  public func diagnostic(
    _ message: String, severity: Diagnostic.Severity = .error, at range: SourceRange,
    notes: [Diagnostic.Note] = []
  ) -> Diagnostic {
    Diagnostic(
      message, severity: severity, at: location(of: range), excerpt: excerpt(of: range),
      notes: notes)
  }
}

extension SourceFile {
  /// The text of a range as it may stand in a message: on one line and not long.
  func quotable(_ range: SourceRange) -> String {
    let bytes = clamped(range)
    let cut = boundary(before: min(bytes.upperBound, bytes.lowerBound + 60))
    let text = printable(bytes.lowerBound..<max(bytes.lowerBound, cut))
    return cut < bytes.upperBound ? text + "…" : text
  }

  private func clamped(_ range: SourceRange) -> Range<Int> {
    let start = min(max(0, range.start), utf8.count)
    return start..<max(start, min(range.end, utf8.count))
  }

  /// The index of the line that holds an offset, by bisection.
  private func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// A line without its end.
  private func lineBytes(_ index: Int) -> Range<Int> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : utf8.count
    while end > start, utf8[end - 1] == .lineFeed || utf8[end - 1] == .carriageReturn { end -= 1 }
    return start..<end
  }

  private func excerptWindow(of line: Range<Int>, around offset: Int) -> Range<Int> {
    guard line.count > 200 else { return line }
    let start = boundary(before: max(line.lowerBound, offset - 80))
    return start..<boundary(before: min(line.upperBound, start + 160))
  }

  /// The last offset, not after the given one, at which a scalar begins or the file ends.
  private func boundary(before offset: Int) -> Int {
    var result = offset
    while result > 0, result < utf8.count, utf8[result] & 0xC0 == 0x80 { result -= 1 }
    return result
  }

  private func characterCount(in bytes: Range<Int>) -> Int {
    let slice = utf8[bytes]
    // A character of ASCII is one byte, except for CR LF, which no line holds.
    if slice.allSatisfy({ $0 < 0x80 }) { return slice.count }
    return String(decoding: slice, as: UTF8.self).count
  }

  private func printable(_ bytes: Range<Int>) -> String {
    String(
      String(decoding: utf8[bytes], as: UTF8.self).map { character in
        let isControl = character.unicodeScalars.contains {
          $0 != "\t" && $0.properties.generalCategory == .control
        }
        return isControl ? "\u{FFFD}" : character
      })
  }
}
