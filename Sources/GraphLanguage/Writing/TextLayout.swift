/// Text that is broken into lines where it is too long for one.
///
/// The result is as the formatter leaves it.
indirect enum TextLayout {
  /// Text that stands on one line.
  case text(String)
  /// Parts with commas between them in brackets.
  case group(_ opening: String, [TextLayout], _ closing: String)

  /// The columns that a line should have at most.
  static let lineColumns = 100

  /// The text, whose first line begins after `used` columns.
  func rendered(after used: Int, indentation: Int = 0) -> String {
    if let width, used + width <= Self.lineColumns { return flat }
    guard case .group(let opening, let parts, let closing) = self else { return flat }
    let inner = indentation + 2
    let margin = "\n" + String(repeating: " ", count: inner)
    var result = opening
    var column = Self.lineColumns
    for (number, part) in parts.enumerated() {
      let comma = number + 1 < parts.count ? "," : ""
      // Short parts share lines; a part that is a group stands alone.
      if case .text(let text) = part, column + 1 + text.count + comma.count <= Self.lineColumns {
        result += " " + text + comma
        column += 1 + text.count + comma.count
      } else {
        let text = part.rendered(after: inner + comma.count, indentation: inner) + comma
        result += margin + text
        column = if case .text = part { inner + text.count } else { Self.lineColumns }
      }
    }
    return result + "\n" + String(repeating: " ", count: indentation) + closing
  }

  /// The columns of the text on one line; `nil` when these are more than any line has.
  private var width: Int? {
    switch self {
    case .text(let text): return text.count
    case .group(let opening, let parts, let closing):
      var result = opening.count + closing.count + max(0, 2 * parts.count - 2)
      for part in parts {
        guard result <= Self.lineColumns, let width = part.width else { return nil }
        result += width
      }
      return result
    }
  }

  private var flat: String {
    switch self {
    case .text(let text): text
    case .group(let opening, let parts, let closing):
      opening + parts.map(\.flat).joined(separator: ", ") + closing
    }
  }
}
