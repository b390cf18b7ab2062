import Foundation

/// A page of the reference, taken apart.
struct ReferencePage {
  /// The `.graph` file of the example.
  let example: String?
  /// What running it prints: the lines of each result without its name.
  private var results: [String: String] = [:]

  init(_ text: String) {
    guard let start = text.range(of: "## Example\n"),
      let program = Self.block("graph", in: text[start.upperBound...])
    else {
      example = nil
      return
    }
    example = program.text
    guard let printed = Self.block("", in: program.rest) else { return }
    var name = ""
    for line in printed.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let equals = line.range(of: " = "), line.first != " " {
        name = line[..<equals.lowerBound].trimmingCharacters(in: .whitespaces)
        results[name] = String(line[equals.upperBound...])
      } else if !line.isEmpty || !name.isEmpty {
        results[name, default: ""] += "\n" + line
      }
    }
  }

  /// The text of a result as it would stand without its name, up to white space.
  func result(named name: String) -> String? { results[name] }

  private static func block(
    _ language: String, in text: Substring
  ) -> (text: String, rest: Substring)? {
    guard let start = text.range(of: "\n```\(language)\n"),
      let end = text[start.upperBound...].range(of: "```")
    else { return nil }
    return (String(text[start.upperBound..<end.lowerBound]), text[end.upperBound...])
  }

  /// Where two texts differ by more than white space and, in a number, the last of eight digits,
  /// which is not the same on every processor.
  static func difference(_ first: String, _ second: String) -> String? {
    let (first, second) = (words(first), words(second))
    if first.count != second.count { return "\(first.count) words, and \(second.count)" }
    for (one, other) in zip(first, second) where one != other {
      guard let number = Double(one), let another = Double(other),
        one.contains("."), abs(number - another) <= 1e-6 * max(abs(number), abs(another))
      else { return "\(one), and \(other)" }
    }
    return nil
  }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for part in text.split(whereSeparator: \.isWhitespace) {
      var word = ""
      for character in part {
        if "[](),".contains(character) {
          if !word.isEmpty { words.append(word) }
          words.append(String(character))
          word = ""
        } else {
          word.append(character)
        }
      }
      if !word.isEmpty { words.append(word) }
    }
    return words
  }
}
