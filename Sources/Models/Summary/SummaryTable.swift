import Tensors

/// A table of lines as Keras prints it.
struct SummaryTable {
  /// A column.
  struct Column {
    var heading: String
    /// How many characters fit between the lines and their spaces.
    var width: Int
    var isRight = false
  }

  static let chain = [
    Column(heading: "Layer (type)", width: 31), Column(heading: "Output Shape", width: 22),
    Column(heading: "Param #", width: 13, isRight: true),
  ]
  static let functional = [
    Column(heading: "Layer (type)", width: 19), Column(heading: "Output Shape", width: 17),
    Column(heading: "Param #", width: 10, isRight: true),
    Column(heading: "Connected to", width: 17),
  ]

  let columns: [Column]

  func lines(_ rows: [[String]]) -> [String] {
    var lines = [rule("┏", "━", "┳", "┓")]
    lines += cells(columns.map(\.heading), "┃")
    lines.append(rule("┡", "━", "╇", "┩"))
    for (position, row) in rows.enumerated() {
      if position > 0 { lines.append(rule("├", "─", "┼", "┤")) }
      lines += cells(row, "│")
    }
    lines.append(rule("└", "─", "┴", "┘"))
    return lines
  }

  private func rule(_ left: String, _ line: String, _ cross: String, _ right: String) -> String {
    left
      + columns.map { String(repeating: line, count: $0.width + 2) }.joined(separator: cross)
      + right
  }

  /// The lines of a row, as many as its tallest cell has.
  private func cells(_ texts: [String], _ bar: String) -> [String] {
    let wrapped = zip(columns, texts).map { Self.wrapped($1, width: $0.width) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let parts = zip(columns, wrapped).map { column, lines in
        let text = line < lines.count ? lines[line] : ""
        let space = String(repeating: " ", count: max(0, column.width - text.count))
        return " " + (column.isRight ? space + text : text + space) + " "
      }
      return bar + parts.joined(separator: bar) + bar
    }
  }

  /// The lines of a text, broken between words; a word that is too long ends in dots.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        let fitted = word.count > width ? String(word.prefix(width - 1)) + "…" : String(word)
        if line.isEmpty {
          line = fitted
        } else if line.count + 1 + fitted.count <= width {
          line += " " + fitted
        } else {
          lines.append(line)
          line = fitted
        }
      }
      lines.append(line)
    }
    return lines
  }

  // MARK: Texts

  static func title(_ name: String, _ type: String) -> String { "\(name) (\(type))" }

  /// `(None, 28, 28, 1)`.
  static func text(of shape: Shape) -> String {
    guard let dimensions = shape.dimensions else { return "?" }
    let sizes = dimensions.map { $0.map(String.init) ?? "None" }
    return "(" + sizes.joined(separator: ", ") + (sizes.count == 1 ? ",)" : ")")
  }

  /// A number with a comma before each three digits.
  static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  /// A number of bytes: `23.59 KB`.
  static func memory(_ bytes: Int) -> String {
    var size = Double(bytes)
    var units = ["B", "KB", "MB", "GB", "TB", "PB"][...]
    while size >= 1024, units.count > 1 {
      size /= 1024
      units.removeFirst()
    }
    let hundredths = Int((size * 100).rounded(.toNearestOrEven))
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction) \(units.first ?? "B")"
  }
}
