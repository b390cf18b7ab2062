import Foundation
import StaticGraph
import Testing

/// What every definition of an operator must have.
@Suite struct DefinitionTests {
  static let operators = OperatorRegistry.standard.operators

  static var sources: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Operators")
  }

  /// The name and the source of every file that defines an operator.
  static func definitions() throws -> [(file: String, source: String, typeName: String)] {
    try read.get()
  }

  /// Read once for all tests.
  private static let read = Result { try readDefinitions() }

  private static func readDefinitions() throws
    -> [(file: String, source: String, typeName: String)]
  {
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)!
    return try files.compactMap { file in
      guard let file = file as? URL, file.pathExtension == "swift" else { return nil }
      let source = try String(contentsOf: file, encoding: .utf8)
      guard
        let match = source.firstMatch(of: /public struct (\w+): \w+ \{\s+public static let name =/)
      else {
        return nil
      }
      return (file.lastPathComponent, source, String(match.1))
    }
  }

  @Test func everyFileHasALineInTheList() throws {
    let definitions = try Self.definitions()
    #expect(definitions.count == Self.operators.count)
    let listed = Set(Self.operators.map { "\($0)" })
    for definition in definitions {
      #expect(
        listed.contains(definition.typeName), "\(definition.file) is not in OperatorList.swift")
    }
  }

  @Test func theListNamesEachOperatorAsFilesDo() {
    let registry = OperatorRegistry.standard
    #expect(registry.entries.map(\.name) == Self.operators.map { $0.name })
    for operatorType in Self.operators {
      #expect(registry.operator(named: operatorType.name) == operatorType)
    }
  }

  @Test func filesAreShort() throws {
    let counts = try Self.definitions().map { $0.source.split(separator: "\n").count }.sorted()
    #expect(counts.last! <= 250)
  }

  @Test(arguments: testedOperators.map { $0.name })
  func hasSamplesAndDocs(_ name: String) throws {
    let operatorType = try #require(OperatorRegistry.standard.operator(named: name))
    #expect(!operatorType.samples.isEmpty, "\(name) has no samples")
    #expect(operatorType.summary.hasSuffix("."), "\(name)'s summary is a sentence")
    let definition = try #require(try Self.definitions().first { $0.typeName == "\(operatorType)" })
    for line in definition.source.split(separator: "\n", omittingEmptySubsequences: false).windows()
    where line.1.hasPrefix("public func ") {
      #expect(
        line.0.hasPrefix("///") || line.0.hasPrefix("@") || line.0.hasPrefix(")"),
        "\(definition.file): \(line.1) has no documentation")
    }
    if operatorType.function != nil {
      #expect(
        definition.source.contains("\npublic func ") || definition.source.contains("extension"))
    }
    if !operatorType.signature.inputs.isEmpty, operatorType.signature.inputs.count > 1 {
      let failing = operatorType.samples.contains {
        if case .failure = $0.expectation { true } else { false }
      }
      #expect(failing, "\(name) has no sample of what it rejects")
    }
  }
}

extension Array {
  /// Each element with the one after it.
  fileprivate func windows() -> [(Element, Element)] {
    Array<(Element, Element)>(zip(self, dropFirst()))
  }
}
