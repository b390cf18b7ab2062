import GraphIR

/// What the sources of the operators declare for Swift programs, and the folders they stand in.
struct SwiftDeclarations {
  /// The declarations of this engine.
  static let standard = SwiftDeclarations(swiftDeclarationText)

  /// The folders, in alphabetical order.
  private(set) var kinds: [String] = []
  private var kindOfOperator: [String: String] = [:]
  private var declarations: [String: [String]] = [:]

  /// Reads lines of the form that `swiftDeclarationText` describes.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# ") {
        kinds.append(String(line.dropFirst(2)))
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1)
      let name = String(parts[0])
      if !name.hasSuffix("()") { kindOfOperator[name] = kinds.last }
      guard parts.count == 2 else { continue }
      declarations[name, default: []].append(String(parts[1].dropFirst()))
    }
  }

  /// The folder of an operator, by its wire name.
  func kind(of name: String) -> String? { kindOfOperator[name] }

  /// The declarations in the file of an operator, by its wire name; empty where it has none.
  func declarations(of name: String) -> [String] { declarations[name] ?? [] }

  /// The declarations of a function that is not in the file of an operator.
  func declarations(ofFunction name: String) -> [String] { declarations["\(name)()"] ?? [] }
}

/// A declaration or a call in lines of at most 80 columns, where its arguments can be parted.
///
/// What an extension declares stands on lines of its own.
func wrapped(_ declaration: String) -> String {
  let limit = 80
  if declaration.hasPrefix("extension "), let brace = declaration.firstIndex(of: "{") {
    let member = declaration[declaration.index(brace, offsetBy: 2)...].dropLast(2)
    let lines = wrapped(String(member)).replacing("\n", with: "\n  ")
    return "\(declaration[...brace])\n  \(lines)\n}"
  }
  guard declaration.count > limit, let start = declaration.firstIndex(of: "("),
    let end = declaration.lastIndex(of: ")")
  else { return declaration }
  // What is returned may be a tuple.
  let arrow = declaration.firstRange(of: ") ->")?.lowerBound ?? end
  var lines = [String(declaration[...start])]
  var line = " "
  for part in declaration[declaration.index(after: start)..<arrow].split(separator: ", ") {
    if line.count + part.count + 2 > limit {
      lines.append(line)
      line = " "
    }
    line += " \(part),"
  }
  lines += [String(line.dropLast()), String(declaration[arrow...])]
  return lines.joined(separator: "\n")
}
