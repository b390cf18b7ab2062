/// A table for people: columns of texts on the left and of numbers on the right.
struct TextTable {
  private let headings: [String]
  private let textColumns: Set<Int>
  private var rows: [[String]] = []

  /// - Parameters:
  ///   - headings: What stands above each column.
  ///   - textColumns: The columns that begin on the left; the others end on the right.
  init(_ headings: [String], textColumns: Set<Int>) {
    self.headings = headings
    self.textColumns = textColumns
  }

  mutating func append(_ row: [String]) {
    rows.append(row)
  }

  /// The lines, the headings first, without spaces behind them.
  var lines: [String] {
    let all = [headings] + rows
    let widths = headings.indices.map { column in all.reduce(0) { max($0, $1[column].count) } }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if column > 0 { line += "  " }
        line += textColumns.contains(column) ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// A number with so many digits after the point.
func decimal(_ number: Double, digits: Int) -> String {
  var scale = 1
  for _ in 0..<digits { scale *= 10 }
  guard number.isFinite, abs(number) < 1e12 else { return "\(number)" }
  let units = Int((abs(number) * Double(scale)).rounded())
  let sign = number < 0 && units > 0 ? "-" : ""
  guard digits > 0 else { return "\(sign)\(units)" }
  let fraction = String(units % scale)
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return "\(sign)\(units / scale).\(zeros)\(fraction)"
}
