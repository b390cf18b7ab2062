import GraphFiles
import GraphIR
import Operators
import Tensors
import Testing

@Suite struct GraphTextTests {
  @Test func graphOfTheInterface() throws {
    let graph = Graph()
    let images = graph.placeholder("images", Float.self, shape: [nil, 784])
    let weights = graph.constant(
      try Tensor((0..<7840).map { Float($0) / 10 }, dimensions: [784, 10]), name: "weights")
    let product = matmul(images, weights)
    let scores = 2 * product
    let turned = matmul(scores, weights, transposeB: true)
    let train = graph.group([scores.node], name: "train")
    graph.declareOutput(scores, named: "scores")
    graph.declareTarget(train, named: "train")
    graph.declareParameter("rate", value: "0.01")
    _ = turned
    let text = try graph.frozen().graphText(name: "model")
    #expect(
      text == """
        // model: 7 nodes, 2 constants of 30.6 KiB
        // operators: 2 Const, 2 MatMul, 1 Mul, 1 NoOp, 1 Placeholder

        placeholder images: Float32[?, 784]

        weights  = Const([0.0, 0.1, 0.2, …])               // Float32[784, 10], 30.6 KiB
        MatMul   = MatMul(images, weights)                 // Float32[?, 10]
        Const    = Const(2.0)                              // Float32
        Mul      = Mul(Const, MatMul)                      // Float32[?, 10]
        MatMul_1 = MatMul(Mul, weights, transposeB: true)  // Float32[?, 784]
        train    = NoOp(after: [Mul])

        output scores = Mul
        target train = train
        parameter rate = 0.01

        """)
  }

  @Test func unknownOperators() throws {
    var list = AttributeListRecord()
    list.integers = Array(1...9)
    let records = nodes(
      node(
        "u", "Mystery", ["x", "^c"], .float32,
        [
          "mode": .bytes(Array("fast\n".utf8)), "empty": .bytes([]), "sizes": .list(list),
          "_private": .integer(1),
          "f": .function(FunctionRecord(name: "body")), "none": .unset, "other": .type(8),
        ]),
      node("y", "Sin", ["u:1"], .float32, ["flag": .boolean(true), "off": .boolean(false)]))
    let text = graphFile(records).graphText(registry: .standard, name: "m.pb")
    #expect(
      text == """
        // m.pb: 4 nodes, 1 constant of 4 bytes, produced by version 2474
        // operators: 1 Const, 1 Mystery, 1 Placeholder, 1 Sin
        // unknown here: 1 Mystery
        // nothing uses: y

        placeholder x: Float32[2, 3]

        c = Const(2.0)            // Float32
        u = Mystery(x, f: body(), mode: "fast\\n", none: none, other: DT_COMPLEX64, sizes: [1, 2, 3, …], after: [c])  // Float32[*], Float32[*]
        y = Sin(u:1, flag: true)  // Float32[*]

        """)
  }

  @Test func brokenFile() throws {
    let text = graphFile(nodes(node("y", "Sin", ["z"]))).graphText(
      registry: .standard, name: "m.pb")
    #expect(
      text == """
        // m.pb: 3 nodes, 1 constant of 4 bytes, produced by version 2474
        // operators: 1 Const, 1 Placeholder, 1 Sin
        // error: m.pb: node 'y' (Sin): input 0 is 'z', but there is no node 'z'
        // note: did you mean 'x'?

        x = Placeholder(dtype: .float32, shape: [2, 3])
        c = Const(2.0)  // Float32
        y = Sin(z, T: .float32)

        """)
  }

  @Test func namesOfAFileDoNotBreakLines() {
    let text = GraphFile(nodes: [NodeRecord(name: "a\nb", op: "c\u{1B}[2J")])
      .graphText(registry: .standard, name: "m.pb")
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("a�b = c�[2J()"))
  }
}
