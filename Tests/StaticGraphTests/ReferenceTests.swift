import Foundation
import StaticGraph
import Testing

/// The pages of the reference: what they say, and that the documentation has them as they are.
@Suite struct ReferenceTests {
  static let folder = RealGraphTests.root.appendingPathComponent(
    "Sources/StaticGraph/StaticGraph.docc/Operators")

  static func stored(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func theDocumentationIsCurrent() throws {
    let files = try OperatorReference.files(of: .standard)
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(files.map(\.name)), "run Tools/generate-reference")
    for (name, text) in files {
      let difference = ReferencePage.difference(try Self.stored(name), text)
      #expect(difference == nil, "\(name) is not current; run Tools/generate-reference")
    }
  }

  @Test func everyPageIsWhole() throws {
    for operatorType in OperatorRegistry.standard.operators {
      let page = try Self.stored("\(operatorType.name).md")
      #expect(page.hasPrefix("# "))
      #expect(page.contains(operatorType.summary))
      #expect(page.contains("## Gradient"))
      #expect(
        page.contains("## Example") != operatorType.traits.contains(.fed),
        "\(operatorType.name) has no example")
    }
  }

  @Test func everyOperatorIsInTheIndex() throws {
    let index = try Self.stored("Operators.md")
    for operatorType in OperatorRegistry.standard.operators {
      #expect(index.contains("](\(operatorType.name).md)"), "\(operatorType.name)")
    }
  }

  @Test func aWholePage() throws {
    let page = try OperatorReference(MatMul.self).markdown()
    #expect(
      page.hasPrefix(
        """
        # matmul

        The product of two matrices, either of them transposed on request.

        In Swift:

        ```swift
        func matmul(
          _ a: Value, _ b: Value, transposeA: Bool = false, transposeB: Bool = false
        ) -> Value
        ```

        In a `.graph` file:

        ```graph
        matmul(_ a, _ b, transposeA = false, transposeB = false)
        ```

        In the file it is TensorFlow's `MatMul`.
        """))
    #expect(
      page.contains("| `transposeA` | `transpose_a` | `false` | Whether a is transposed first. |"))
    #expect(page.contains("- a vector: `matmul: a must have rank 2, but it is Float64[3]`"))
    #expect(page.contains("\noutput product = matmul(a, b)  // Float64["))
  }

  /// Compiles and runs the `.graph` file of each page, and compares with the numbers beside it.
  @Test(
    arguments: OperatorRegistry.standard.operators.filter { !$0.traits.contains(.fed) }.map {
      $0.name
    })
  func theExampleGivesWhatThePageSays(_ name: String) throws {
    let page = ReferencePage(try Self.stored("\(name).md"))
    let text = try #require(page.example)
    let graph = try GraphCompiler().compile(SourceFile(name: "\(name).graph", text: text))
    let frozen = try graph.frozen()
    #expect(frozen.nodes.contains { $0.operatorName == name })
    let outputs = frozen.interface.outputs
    let results = try Session(graph).run(
      outputs.map { graph.value(at: $0.endpoint) },
      targets: frozen.interface.targets.map { graph.node(at: $0.node) })
    #expect(!outputs.isEmpty || !frozen.interface.targets.isEmpty)
    for (output, result) in zip(outputs, results) {
      let stated = try #require(page.result(named: output.name), "\(output.name)")
      let difference = ReferencePage.difference(stated, "\(result)")
      #expect(difference == nil, "\(output.name) is \(result), not \(stated)")
    }
  }
}
