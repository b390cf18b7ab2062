import Foundation
import GraphIR
import GraphLanguage
import Testing

@Suite("Elaboration of imports")
struct ElaborationImportTests {
  @Test("An imported file is run once, and what it declares is visible")
  func importsOnce() {
    #expect(
      listing(
        """
        import "layers.graph"
        import "scales.graph"
        let y = scaled(x)
        output y
        """,
        files: [
          "layers.graph": """
          import "scales.graph"
          placeholder x: Float32
          func scaled(_ x) -> y {
            let y = x * scale * factor
          }
          let factor = 3
          output x
          target x
          """,
          "scales.graph": "parameter scale = 2\n",
        ],
        definitions: ["scale": "4"])
          == """
          x = Placeholder(Float32)
          y/Const = Float32 4.0
          y/Mul = Mul(x, y/Const)
          y/Const_1 = Float32 3.0
          y/y = Mul(y/Mul, y/Const_1)
          y = Identity(y/y)
          output y
          parameter scale = 4
          """)
  }

  @Test("A block sees the names of its own file only")
  func ownNames() {
    let files = ["a.graph": "func f(_ x) -> y {\n  let y = x + hidden\n}\n"]
    #expect(
      listing("import \"a.graph\"\nlet hidden = 1\nlet z = f(1)\n", files: files)
        == """
        a.graph:2:15: error: 'hidden' is not declared
          let y = x + hidden
                      ^~~~~~
        model.graph:3:9: note: 'f' is called here
        """)
  }

  @Test("Paths are relative to the importing file, and one file has one identity")
  func disk() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "parts"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws {
      try text.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
    }
    try write(
      "model.graph",
      "import \"parts/a.graph\"\nimport \"./parts/../parts/b.graph\"\nlet z = y + 1\n")
    try write("parts/a.graph", "import \"b.graph\"\n")
    try write("parts/b.graph", "placeholder x: Float32\nlet y = sin(x)\n")
    let source = try SourceFile(path: folder.appending(path: "model.graph").path)
    let graph = try GraphCompiler().compile(source).frozen()
    #expect(graph.nodes.map(\.name) == ["x", "y", "Const", "z"])
    #expect(
      graph.nodes[1].origin.location?.description == folder.path + "/parts/b.graph:2:9")

    try write("parts/b.graph", "import \"../model.graph\"\n")
    let error = #expect(throws: GraphError.self) { try GraphCompiler().compile(source) }
    #expect(error?.description.contains("imports itself") == true)
    try write("parts/b.graph", "import \"none.graph\"\n")
    let missing = #expect(throws: GraphError.self) { try GraphCompiler().compile(source) }
    #expect(
      missing?.diagnostics[0].message
        == "cannot read '\(folder.path)/parts/none.graph': No such file or directory")
  }
}
