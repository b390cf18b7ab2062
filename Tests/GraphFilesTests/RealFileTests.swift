import Foundation
import GraphFiles
import Tensors
import Testing

@Suite struct RealFileTests {
  @Test(arguments: realFiles()) func readAndWrittenAgain(path: String) throws {
    let file = try GraphFile.read(path: path)
    #expect(!file.nodes.isEmpty)
    #expect(file.nodes.allSatisfy { !$0.name.isEmpty && !$0.op.isEmpty })
    let bytes = try file.encoded()
    let copy = try GraphFile.decode(bytes, name: "copy.pb")
    #expect(copy == file)
    #expect(try copy.encoded() == bytes)
  }

  @Test(arguments: realFiles(suffix: "graph.pbtxt")) func text(path: String) throws {
    let file = try GraphFile.read(path: path)
    #expect(file.nodes.count > 400)
    #expect(file.nodes[0].name == "global_step/Initializer/zeros")
    #expect(file.nodes[0].attributes["value"] == .tensor(.value(Tensor(0 as Int64))))
    #expect(try GraphFile.decode(try file.encoded(), name: "copy.pb") == file)
  }

  @Test func throughAFile() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/graph.pb"
    let file = GraphFile(nodes: [NodeRecord(name: "x", op: "NoOp")])
    try file.write(path: path)
    #expect(try GraphFile.read(path: path) == file)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["graph.pb"])

    let text = folder + "/graph.pbtxt"
    try Data("node { name: 'x' op: 'NoOp' }".utf8).write(to: URL(fileURLWithPath: text))
    #expect(try GraphFile.read(path: text) == file)
  }

  @Test func missingFilesAndFolders() {
    #expect(
      message { try GraphFile.read(path: "/nowhere/a.pb") }
        == "error: cannot read '/nowhere/a.pb': No such file or directory")
    #expect(
      message { try GraphFile.read(path: "/tmp") } == "error: cannot read '/tmp': Is a directory")
    #expect(
      message { try GraphFile().write(path: "/nowhere/a.pb") }
        == "error: cannot write '/nowhere/a.pb': No such file or directory")
  }
}
