import Foundation
import StaticGraph
import Testing

/// The Swift declarations on the pages are those of the sources, with the labels of the language.
@Suite struct ReferenceDeclarationTests {
  /// A declaration on the page of an operator.
  private struct Declaration {
    var name: String
    /// The labels of the parameters, `_` for none.
    var labels: [String]
    /// The text in one line.
    var text: String
  }

  /// What Swift programs call otherwise: a tensor is taken as elements of a type, and a first value
  /// tells the graph.
  private let labelsInSwift = [
    "constant": ["_", "as", "type", "shape"], "einsum": ["_", "_", "_"],
  ]

  private func declarations(_ operatorType: any Operator.Type) throws -> [Declaration] {
    let page = try OperatorReference(operatorType).markdown()
    guard let start = page.range(of: "\n```swift\n"),
      let end = page[start.upperBound...].range(of: "\n```")
    else { return [] }
    let block = Self.oneLine(String(page[start.upperBound..<end.lowerBound]))
    return block.matches(
      of: /(?:extension \w+ { )?(?:static |prefix )*func (\S+?) ?[(<].*?(?= func | extension |$)/
    )
    .map { match in
      let text = String(match.0)
      let parameters = text.split(separator: "(", maxSplits: 1).last!
      let end = parameters.firstRange(of: ") ->")?.lowerBound ?? parameters.endIndex
      let labels = parameters[..<end].matches(of: /(?:^|, )(\w+)(?: \w+)?:/).map { String($0.1) }
      return Declaration(name: String(match.1), labels: labels, text: text)
    }
  }

  /// The text with single spaces, none within parentheses, and without what every function has.
  private static func oneLine(_ text: String) -> String {
    text.replacing(/\s+/, with: " ")
      .replacing(/(, )?(name: String\? = nil|fileID: String = #fileID|line: Int = #line)/, with: "")
      .replacing("( ", with: "(").replacing(" )", with: ")")
  }

  @Test func functionsHaveTheLabelsOfTheLanguage() throws {
    for operatorType in OperatorRegistry.standard.operators {
      guard let function = operatorType.function else { continue }
      let labels =
        labelsInSwift[function.name]
        ?? function.parameters.map { $0.isPositional ? "_" : $0.name }
      let named = try declarations(operatorType).filter { $0.name == function.name }
      let text = "\(function.declaration) is \(named.map(\.text))"
      #expect(!named.isEmpty, "\(text)")
      for declaration in named {
        #expect(Self.isPart(declaration.labels, of: labels), "\(text)")
      }
      // Where there are several functions in Swift, each has some of the labels.
      let others = operatorType == Split.self ? ["sizes"] : []
      #expect(Set(named.flatMap(\.labels) + others) == Set(labels), "\(text)")
    }
  }

  /// Whether some of the labels, in their order, are these.
  private static func isPart(_ labels: [String], of all: [String]) -> Bool {
    var rest = all[...]
    for label in labels {
      guard let position = rest.firstIndex(of: label) else { return false }
      rest = rest[(position + 1)...]
    }
    return true
  }

  @Test func declarationsStandInTheSources() throws {
    let sources = RealGraphTests.root.appendingPathComponent("Sources/Operators")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)!
    var text = ""
    for case let file as URL in files where file.pathExtension == "swift" {
      text += Self.oneLine(try String(contentsOf: file, encoding: .utf8))
    }
    for operatorType in OperatorRegistry.standard.operators {
      for declaration in try declarations(operatorType) {
        let start = declaration.text.range(of: "func ")!.lowerBound
        let function = declaration.text[start...].trimmingCharacters(in: [" ", "}"])
        #expect(text.contains(function + " {"), "\(operatorType.name): \(function)")
      }
    }
  }
}
