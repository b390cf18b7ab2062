import GraphIR
import Tensors

extension GraphText {
  /// Columns that names and calls are aligned to at most.
  private static let nameColumns = 40
  private static let callColumns = 72
  /// The columns of a line of the header.
  private static let headerColumns = 100

  /// The text, which ends in a line break.
  func rendered() -> String {
    var blocks = [header]
    let placeholders = lines.filter(\.isPlaceholder)
    blocks.append(
      aligned(
        placeholders.map { line in
          let type = line.types?.first.map { ": \($0)" } ?? ""
          return (oneLine("placeholder \(line.name)\(type)"), "")
        }))
    blocks.append(nodeLines)
    blocks.append(interface.map(oneLine))
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  // MARK: - The header

  var header: [String] {
    let constants = lines.compactMap(\.constant)
    var parts = [counted(lines.count, "node")] + facts
    if !constants.isEmpty {
      let bytes = constants.reduce(0) { sum, tensor in
        let (result, overflow) = sum.addingReportingOverflow(tensor.byteCount)
        return overflow ? .max : result
      }
      parts.insert("\(counted(constants.count, "constant")) of \(sizeText(bytes))", at: 1)
    }
    var result = list("\(name): ", parts)
    result += list("operators: ", counts { _ in true })
    result += list("unknown here: ", counts(where: \.isUnknown))
    if !ends.isEmpty {
      let shown = ends.prefix(20)
      let more = ends.count - shown.count
      result += list("nothing uses: ", shown + (more > 0 ? ["and \(more) more"] : []))
    }
    return result + remarks.map { oneLine("// \($0)") }
  }

  /// How often each operator occurs, the most frequent first.
  private func counts(where condition: (Line) -> Bool) -> [String] {
    var counts: [String: Int] = [:]
    for line in lines where condition(line) { counts[line.operation, default: 0] += 1 }
    return counts.sorted { a, b in
      a.value == b.value ? a.key.utf8.lexicographicallyPrecedes(b.key.utf8) : a.value > b.value
    }.map { "\($0.value) \($0.key)" }
  }

  /// A comment that lists parts, over several lines where they are many; nothing for none.
  private func list(_ title: String, _ parts: [String]) -> [String] {
    if parts.isEmpty { return [] }
    var result: [String] = []
    var line = "// \(title)"
    for (number, part) in parts.enumerated() {
      let text = oneLine(part) + (number + 1 < parts.count ? "," : "")
      let needed = line.count + text.count + (number == 0 ? 0 : 1)
      if number > 0, needed > Self.headerColumns {
        result.append(line)
        line = "//   " + text
      } else {
        line += (number == 0 ? "" : " ") + text
      }
    }
    return result + [line]
  }

  // MARK: - The nodes

  private var nodeLines: [String] {
    let shown = lines.filter { !$0.isPlaceholder }
    let width = shown.lazy.map(\.name.count).filter { $0 <= Self.nameColumns }.max() ?? 0
    return aligned(
      shown.map { line in
        let call = "\(line.operation)(\(arguments(line)))"
        return (oneLine("\(padded(line.name, to: width)) = \(call)"), oneLine(comment(line)))
      })
  }

  private func arguments(_ line: Line) -> String {
    var parts = line.inputs
    if let constant = line.constant { parts.append(constant.excerpt) }
    parts += line.attributes.map { "\($0.label): \($0.text)" }
    if !line.controlInputs.isEmpty {
      parts.append("after: [\(line.controlInputs.joined(separator: ", "))]")
    }
    return parts.joined(separator: ", ")
  }

  /// A node as one line, its types behind it.
  func lineText(_ line: Line) -> String {
    let types = comment(line)
    return oneLine(
      "\(line.name) = \(line.operation)(\(arguments(line)))"
        + (types.isEmpty ? "" : "  // \(types)"))
  }

  func comment(_ line: Line) -> String {
    guard let types = line.types, !types.isEmpty else { return "" }
    let shown = types.prefix(4).map { type in
      line.isUnknown && type.shape == .unknown ? "\(type.dataType)[*]" : "\(type)"
    }
    let more = types.count > 4 ? ", … \(counted(types.count, "output"))" : ""
    let constant = line.constant.flatMap { $0.byteCount >= 1024 ? sizeText($0.byteCount) : nil }
    return shown.joined(separator: ", ") + more + (constant.map { ", \($0)" } ?? "")
  }

  /// Lines with comments that stand under one another, as far as the lines are not too long.
  private func aligned(_ lines: [(text: String, comment: String)]) -> [String] {
    let width =
      lines.lazy.filter { !$0.comment.isEmpty }.map(\.text.count)
      .filter { $0 <= Self.callColumns }.max() ?? 0
    return lines.map { text, comment in
      comment.isEmpty ? text : "\(padded(text, to: width))  // \(comment)"
    }
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func oneLine(_ text: String) -> String { singleLine(text) }
}

/// The text without control characters, which a file's names may hold.
package func singleLine(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
  return String(
    text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "�" : Character($0) })
}

/// A number of bytes as people read it, as `784.0 KiB`.
func sizeText(_ bytes: Int) -> String {
  if bytes < 1024 { return counted(bytes, "byte") }
  var tenths = bytes / 1024
  var rest = bytes % 1024
  var unit = 0
  while tenths >= 1024, unit < 3 {
    rest = tenths % 1024
    tenths /= 1024
    unit += 1
  }
  return "\(tenths).\(rest * 10 / 1024) \(["KiB", "MiB", "GiB", "TiB"][unit])"
}
