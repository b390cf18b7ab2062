import GraphFiles
import Tensors
import Testing

@Suite struct TextTests {
  static let sample = #"""
    # A graph in the text form.
    node {
      name: "c" op: 'Const'
      attr { key: "dtype" value { type: DT_FLOAT } }
      attr {
        key: "value"
        value { tensor < dtype: DT_FLOAT, tensor_shape { dim { size: 2 } dim: { size: 0x2 } };
          float_val: [1.5, -2e-1f] float_val: inf > }
      }
      attr { key: "_l" value { list { i: [-1, 017] b: true b: f s: "a" "b\n\x41\101\u00e9\000" } } }
      attr { key: "raw" value { s: "\377" } }
      attr { key: "none" value { } }
      experimental_type { args: [ { type_id: TFT_TENSOR } ] }
    }
    node { name: "d" op: "Neg" input: "c:0" input: "^c" }
    library { }
    versions { producer: 21 min_consumer: 1 bad_consumers: [3] }
    """#

  private func read(_ text: String) throws -> GraphFile {
    try GraphFile.decode(text: Array(text.utf8), name: "g.pbtxt")
  }

  @Test func everyFormOfValue() throws {
    let file = try read(Self.sample)
    var list = AttributeListRecord()
    list.integers = [-1, 15]
    list.booleans = [true, false]
    list.bytes = [Array("ab\nAAé\0".utf8)]
    let tensor = try Tensor([1.5, -0.2, .infinity, .infinity] as [Float], dimensions: [2, 2])
    var expected = GraphFile(nodes: [
      NodeRecord(
        name: "c", op: "Const",
        attributes: [
          "dtype": .type(1), "value": .tensor(.value(tensor)), "_l": .list(list),
          "raw": .bytes([255]), "none": .unset,
        ]),
      NodeRecord(name: "d", op: "Neg", inputs: ["c:0", "^c"]),
    ])
    expected.versions = VersionsRecord(producer: 21, minimumConsumer: 1, badConsumers: [3])
    #expect(file == expected)
  }

  @Test func deepNestingIsRefused() {
    let deep = String(repeating: "attr { value { func { ", count: 50_000)
    #expect(
      message { try read("node { " + deep) }
        == "g.pbtxt:1:470: error: messages stand more than 64 deep in one another")
  }

  @Test func messages() {
    func expect(_ text: String, _ expected: String, line: Int = #line) {
      #expect(message { try read(text) } == expected, "line \(line)")
    }
    expect(
      "node {\n  nmae: \"x\"\n}",
      "g.pbtxt:2:3: error: Node has no field 'nmae'\nnote: did you mean 'name'?")
    expect("node { name \"x\" }", "g.pbtxt:1:13: error: expected ':' after 'name', found a string")
    expect("node { name: x }", "g.pbtxt:1:14: error: expected a string for 'name', found 'x'")
    expect("node { name: \"x\n\" }", "g.pbtxt:1:14: error: the string does not end on its line")
    expect("node { name: \"\\q\" }", "g.pbtxt:1:15: error: '\\q' is no escape sequence")
    expect(
      "node { name: \"\\377\" }", "g.pbtxt:1:14: error: the string for 'name' is not UTF-8")
    expect(
      "node { name: \"x\"",
      "g.pbtxt:1:17: error: expected a field of Node or '}', found the end of the file")
    expect(
      "node { attr { value { type: DT_FLAOT } } }",
      "g.pbtxt:1:29: error: 'DT_FLAOT' is not a type of elements that 'type' of AttributeValue takes\n"
        + "note: did you mean 'DT_FLOAT'?")
    expect(
      "versions { producer: 99999999999 }",
      "g.pbtxt:1:22: error: '99999999999' is not an integer that 'producer' of Versions takes")
    expect(
      "node { name: \"a\" name: \"b\" }", "g.pbtxt:1:18: error: 'name' stands twice in Node")
    expect(
      "node { attr { value { i: 1 f: 2 } } }",
      "g.pbtxt:1:28: error: AttributeValue has a second value, 'f'")
    expect(
      "library { function { } }",
      "g.pbtxt:1:11: error: functions cannot be read from the text form; "
        + "store the graph in binary form")
    expect(
      "node: [ { name: \"é\" }, é ]",
      "g.pbtxt:1:24: error: the byte 195 cannot stand outside of a string")
    expect(
      "versions { producer: [1] }",
      "g.pbtxt:1:23: error: 'producer' of Versions is a single value, not a list")
    expect("}", "g.pbtxt:1:1: error: expected a field of Graph, found '}'")
    expect("", "error: g.pbtxt: the file is empty")
  }
}
