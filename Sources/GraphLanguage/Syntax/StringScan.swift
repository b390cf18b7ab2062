/// Where a string ends, and the expressions in it, as `"layer\(i)"` has one.
///
/// An expression may hold strings with expressions again. They are followed without recursion.
struct StringScan {
  /// The most strings inside of one another.
  static let depthLimit = 8

  enum Fault {
    /// The string does not end in its line.
    case openString
    /// An expression does not end in its line; where its `\(` is. The string is taken to end at
    /// the next quotation mark.
    case openExpression(SourceRange)
    /// Strings stand too deep in one another; where the one too many begins.
    case nesting(SourceRange)
  }

  /// The offset after the closing quotation mark, or after all that belongs to what is wrong.
  private(set) var end: Int
  /// The expressions of the string itself, without `\(` and `)`.
  private(set) var expressions: [SourceRange] = []
  private(set) var fault: Fault?

  /// Scans a string whose quotation mark stands at `start`.
  init(_ bytes: [UInt8], from start: Int, to limit: Int) {
    var offset = start + 1
    /// The expressions that are open: where each begins, and the parentheses open in it.
    var open: [(start: Int, parentheses: Int)] = []
    var isInText = true
    while offset < limit, !bytes[offset].isLineEnd {
      let byte = bytes[offset]
      let next = offset + 1 < limit ? bytes[offset + 1] : .lineFeed
      offset += 1
      if isInText {
        if byte == .quote {
          if open.isEmpty {
            end = offset
            return
          }
          isInText = false
        } else if byte == .backslash, !next.isLineEnd {
          offset += 1
          guard next == .leftParenthesis else { continue }
          open.append((offset, 0))
          isInText = false
        }
      } else if byte == .quote {
        guard open.count < Self.depthLimit else {
          fault = .nesting(SourceRange(start: offset - 1, end: offset))
          break
        }
        isInText = true
      } else if byte == .leftParenthesis {
        open[open.count - 1].parentheses += 1
      } else if byte == .rightParenthesis {
        if open[open.count - 1].parentheses > 0 {
          open[open.count - 1].parentheses -= 1
          continue
        }
        let begin = open.removeLast().start
        if open.isEmpty { expressions.append(SourceRange(start: begin, end: offset - 1)) }
        isInText = true
      }
    }
    while offset < limit, !bytes[offset].isLineEnd { offset += 1 }
    end = offset
    guard fault == nil else { return }
    guard let opening = open.first?.start else {
      fault = .openString
      return
    }
    fault = .openExpression(SourceRange(start: opening - 2, end: opening))
    end = bytes[opening..<offset].firstIndex(of: .quote).map { $0 + 1 } ?? offset
  }
}
