import GraphFiles
import GraphIR
import Operators
import Tensors
import Testing

@Suite struct MappingMessageTests {
  private func expect(
    _ nodes: [NodeRecord], _ expected: String, producer: Int32 = 2474,
    location: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(
      message { try map(nodes, producer: producer) } == "error: m.pb: " + expected,
      sourceLocation: location)
  }

  @Test func names() {
    expect(
      nodes(node("x", "Sin", ["c"])),
      "node 'x' (Sin): the name is taken by an earlier node (Placeholder)")
    expect(
      nodes(node("a b", "Sin", ["c"])),
      "node 'a b' (Sin): the name cannot be one\n"
        + "note: a name begins with a letter, a digit or '.', and goes on with these, '_', '/', "
        + "'>' or '-'")
    expect(
      nodes(node("", "Sin", ["c"])),
      "node '' (Sin): the name cannot be one\n"
        + "note: a name begins with a letter, a digit or '.', and goes on with these, '_', '/', "
        + "'>' or '-'")
  }

  @Test func inputs() {
    expect(
      [placeholder("images", []), node("y", "Mul", ["imagse", "images"])],
      "node 'y' (Mul): input 0 is 'imagse', but there is no node 'imagse'\n"
        + "note: did you mean 'images'?")
    expect(
      nodes(node("y", "Mul", ["x", "^"])),
      "node 'y' (Mul): input 1 is '^'; an input is a name, name:output or ^name")
    for text in ["x:", "x:a", ":0", "x:-1", "x:1:0", "^x:0", "x:99999999999", "", "x:+1"] {
      expect(
        nodes(node("y", "Sin", [text])),
        "node 'y' (Sin): input 0 is '\(text)'; an input is a name, name:output or ^name")
    }
    expect(
      nodes(node("y", "Mul", ["x", "^c", "c"])),
      "node 'y' (Mul): input 2 is 'c', but it follows the control input '^c'\n"
        + "note: control inputs stand last")
    expect(
      nodes(node("y", "Mul", ["x", "c:3"])),
      "node 'y' (Mul): input 1 is 'c:3', but 'c' (Const) has 1 output")
    expect(
      nodes(node("n", "NoOp", [], nil), node("y", "Sin", ["n"])),
      "node 'y' (Sin): input 0 is 'n', but 'n' (NoOp) has no outputs")
    expect(
      nodes(node("u", "Mystery"), node("y", "Sin", ["u:2147483647"])),
      "node 'y' (Sin): input 0 is 'u:2147483647', but unknown operators of a file may have "
        + "4194304 outputs together")
  }

  @Test func cycles() {
    expect(nodes(node("y", "Sin", ["y"])), "node 'y' (Sin): the node depends on itself")
    expect(
      nodes(
        node("d", "Sin", ["b"]), node("a", "Mul", ["x", "b"]), node("b", "Sin", ["e"]),
        node("e", "Sin", ["c", "^a"])),
      "3 nodes depend on one another: 'a' → 'e' → 'b' → 'a'")
    expect(
      nodes(
        node("enter", "Merge", ["x", "next"]), node("body", "Mystery", ["enter"]),
        node("next", "NextIteration", ["body"])),
      "3 nodes depend on one another: 'enter' → 'body' → 'next' → 'enter'\n"
        + "note: it is a while loop of TensorFlow 1, which this engine does not read")
    let ring = (0..<1_000).map { node("n\($0)", "Sin", ["n\(($0 + 999) % 1_000)"]) }
    expect(
      ring,
      "1000 nodes depend on one another: 'n0' → 'n1' → 'n2' → 'n3' → 'n4' → … → 'n995' → 'n996' → "
        + "'n997' → 'n998' → 'n999' → 'n0'")
  }

  @Test func attributes() {
    expect(
      nodes(node("y", "MatMul", ["x", "x"], .float32, ["transpose_a": .integer(1)])),
      "node 'y' (MatMul): attribute transpose_a must be true or false, but it is 1")
    expect(
      nodes(node("y", "BiasAdd", ["x", "c"], .float32, ["data_format": .bytes(Array("NC".utf8))])),
      "node 'y' (BiasAdd): attribute data_format must be \"NHWC\" or \"NCHW\", but it is \"NC\"")
    expect(
      [NodeRecord(name: "k", op: "Const", attributes: ["dtype": .type(1)])],
      "node 'k' (Const): attribute value is missing")
    expect(
      nodes(node("y", "Sin", ["x"], nil, ["T": .integer(1)])),
      "node 'y' (Sin): attribute T must be a type, but it is 1")
    var mixed = AttributeListRecord()
    mixed.integers = [1]
    mixed.floats = [1]
    expect(
      nodes(node("y", "Sin", ["x"], .float32, ["_l": .list(mixed)])),
      "node 'y' (Sin): attribute _l is a list of several kinds of values")
    var inner = FunctionRecord(name: "f")
    for _ in 0..<20 { inner = FunctionRecord(name: "f", attributes: ["g": .function(inner)]) }
    expect(
      nodes(node("y", "Mystery", [], nil, ["f": .function(inner)])),
      "node 'y' (Mystery): attribute f has functions that stand more than 16 deep in one another")
  }

  @Test func typesAndShapes() {
    expect(
      nodes(node("y", "Sin", ["x"], .float64)),
      "node 'y' (Sin): attribute T is Float64, but x is Float32[2, 3]")
    expect(
      nodes(node("y", "AddN", ["x", "x"], .float32, ["N": .integer(3)])),
      "node 'y' (AddN): attribute N is 3, but inputs has 2 members")
    expect(
      nodes(constant("i", Tensor(Int32(1))), node("y", "Mul", ["x", "i"])),
      "node 'y' (Mul): x is Float32[2, 3], but y is Int32; both must have the same type of "
        + "elements\nnote: convert one of them: cast(…, to: .float32)")
    expect(
      nodes(node("y", "MatMul", ["x", "x"])),
      "node 'y' (MatMul): the inner sizes differ: a is Float32[2, 3], b is Float32[2, 3]")
    expect(
      nodes(node("y", "Mul", ["x"])), "node 'y' (Mul): takes 2 inputs, but 1 were given")
    let sizes = try! Tensor(repeating: Int32(1), dimensions: [300])
    expect(
      nodes(constant("s", sizes), node("y", "BroadcastTo", ["c", "s"])),
      "node 'y' (BroadcastTo): the result has 300 dimensions, but at most 254 are possible")
    let many = try! Tensor(repeating: Int32(1), dimensions: [100_000])
    expect(
      nodes(constant("s", many), node("y", "BroadcastTo", ["c", "s"])),
      "node 'y' (BroadcastTo): to holds 100000 numbers that the shape depends on, but at most "
        + "65536 are possible")
  }

  @Test func severalAtOnceInTheOrderOfTheFile() {
    expect(
      nodes(
        node("a", "Sin", ["x"], .float64), node("b", "Sin", ["a"]),
        node("d", "Mul", ["c", "c:1"])),
      "node 'a' (Sin): attribute T is Float64, but x is Float32[2, 3]\n"
        + "error: m.pb: node 'd' (Mul): input 1 is 'c:1', but 'c' (Const) has 1 output")
    let wrong = (0..<50).map { node("n\($0)", "Sin", ["x"], .float64) }
    let error = #expect(throws: GraphError.self) { try map(nodes() + wrong) }
    #expect(error?.diagnostics.count == 20)
    let missing = (0..<50).map { node("n\($0)", "Sin", ["nowhere"]) }
    let other = #expect(throws: GraphError.self) { try map(nodes() + missing) }
    #expect(other?.diagnostics.count == 20)
  }

  @Test func placeOfTheNode() {
    var file = graphFile(nodes(node("y", "MatMul", ["x", "x"])))
    file.debugInfo = DebugInfoRecord(
      files: ["model.graph"], traces: ["y@": [.init(fileIndex: 0, line: 7, column: 9)]])
    #expect(
      message { try map(file) }
        == "model.graph:7:9: error: m.pb: node 'y' (MatMul): the inner sizes differ: "
        + "a is Float32[2, 3], b is Float32[2, 3]")
  }

  @Test func limits() {
    #expect(
      message { try map(nodes(), limits: GraphLimits(nodeCount: 1)) }
        == "error: m.pb: the graph has 2 nodes; the limit is 1")
  }

  @Test func signature() {
    var file = graphFile(nodes(node("y", "Sin", ["x"])))
    file.signature = SignatureRecord(
      outputs: [
        .init(name: "a", node: "yy", type: TensorType(.float32)),
        .init(name: "b", node: "y", output: 1, type: TensorType(.float32)),
      ],
      targets: [.init(name: "train", node: "nowhere")])
    #expect(
      message { try map(file) }
        == "error: m.pb: the declared output 'a' is node 'yy', but there is no such node\n"
        + "note: did you mean 'y'?\n"
        + "error: m.pb: the declared output 'b' is 'y:1', but 'y' (Sin) has 1 output\n"
        + "error: m.pb: the declared target 'train' is node 'nowhere', but there is no such node")
  }

  @Test func writing() throws {
    var graph = try map(nodes(node("y", "Sin", ["x"])))
    graph.nodes[2].inputs = [Endpoint(node: 9)]
    #expect(
      message { try GraphFile(graph) }
        == "error: node 'y' (Sin): an input does not begin at a node's output")
    graph.nodes.removeLast()
    graph.interface.outputs = [.init(name: "z", endpoint: Endpoint(node: 0, output: 1))]
    #expect(message { try GraphFile(graph) } == "error: the declared output 'z' does not exist")
  }
}
