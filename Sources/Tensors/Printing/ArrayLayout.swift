/// Where NumPy puts the brackets, line breaks and ellipses of an array.
struct ArrayLayout {
  /// The largest number of elements of which all are printed.
  static let threshold = 1000
  /// How many elements at either end of a dimension remain in a summary.
  static let edge = 3
  /// The columns that a line takes at most, where breaking it helps.
  static let lineWidth = 75
  /// The deepest nesting that is printed.
  static let maximumRank = 64

  let dimensions: [Int]
  let isSummary: Bool
  private var cells: ArraySlice<String> = []

  /// - Precondition: There is an element, and a dimension, of which there are `maximumRank` at
  ///   most.
  init(dimensions: [Int]) {
    self.dimensions = dimensions
    isSummary = Shape.elementCount(of: dimensions)! > Self.threshold
  }

  /// The row-major positions of the elements that are printed, in order.
  var shownIndices: [Int] {
    var result = [0]
    for size in dimensions {
      let positions = isShortened(size) ? Array(0..<Self.edge) + (size - Self.edge..<size) : nil
      result = result.flatMap { base in
        (positions ?? Array(0..<size)).map { base * size + $0 }
      }
    }
    return result
  }

  /// The whole text.
  ///
  /// - Parameter cells: The texts of the elements at `shownIndices`.
  mutating func text(of cells: [String]) -> String {
    self.cells = cells[...]
    return text(axis: 0, indent: " ", width: Self.lineWidth)
  }

  private func isShortened(_ size: Int) -> Bool { isSummary && size > 2 * Self.edge }

  private mutating func text(axis: Int, indent: String, width: Int) -> String {
    let lines =
      axis == dimensions.count - 1
      ? row(axis: axis, indent: indent, width: width)
      : blocks(axis: axis, indent: indent, width: width)
    return "[" + lines.dropFirst(indent.utf8.count) + "]"
  }

  /// The elements of the last dimension, broken into lines.
  private mutating func row(axis: Int, indent: String, width: Int) -> String {
    let size = dimensions[axis]
    let count = isShortened(size) ? 2 * Self.edge : size
    var finished = ""
    var line = indent
    var lineLength = indent.utf8.count
    func append(_ word: String) {
      let length = word.unicodeScalars.count
      if lineLength + length > width - 1, lineLength > indent.utf8.count {
        while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
        finished += line + "\n"
        line = indent
        lineLength = indent.utf8.count
      }
      line += word
      lineLength += length
    }
    for position in 0..<count {
      if isShortened(size), position == Self.edge {
        append("...")
        line += " "
        lineLength += 1
      }
      append(cells.popFirst() ?? "")
      if position < count - 1 {
        line += " "
        lineLength += 1
      }
    }
    return finished + line
  }

  /// The parts of a dimension that is not the last, each on lines of its own.
  private mutating func blocks(axis: Int, indent: String, width: Int) -> String {
    let size = dimensions[axis]
    let count = isShortened(size) ? 2 * Self.edge : size
    let separator = String(repeating: "\n", count: dimensions.count - axis - 1)
    var result = ""
    for position in 0..<count {
      if isShortened(size), position == Self.edge { result += indent + "..." + separator }
      result += indent + text(axis: axis + 1, indent: indent + " ", width: width - 1)
      if position < count - 1 { result += separator }
    }
    return result
  }
}
