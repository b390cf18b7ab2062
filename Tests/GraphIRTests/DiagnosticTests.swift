import GraphIR
import Operators
import Tensors
import Testing

/// What users are told of wrong calls, word for word.
@Suite struct DiagnosticTests {
  private func told(_ build: (Graph, _ matrix: Value, _ vector: Value) -> Void) -> String {
    let graph = Graph()
    let matrix = graph.placeholder("matrix", Float32.self, shape: [2, 3])
    let vector = graph.placeholder("vector", Float32.self, shape: [4])
    build(graph, matrix, vector)
    return graph.diagnostics.map { diagnostic in
      ([diagnostic.message] + diagnostic.notes.map { "note: \($0.message)" }).joined(
        separator: "\n")
    }.joined(separator: "\n")
  }

  @Test func shapesThatDoNotBroadcast() {
    #expect(
      told { _ = add($1, $2) } == """
        add: the shapes do not broadcast: x is Float32[2, 3], y is Float32[4]
        note: aligned at the last axis, sizes must be equal or one of them 1
        """)
  }

  @Test func typesThatDiffer() {
    #expect(
      told { graph, matrix, _ in _ = mul(matrix, graph.placeholder("d", Float64.self)) } == """
        mul: x is Float32[2, 3], but y is Float64; both must have the same type of elements
        note: convert one of them: cast(…, to: .float32)
        """)
  }

  @Test func aTypeThatIsNotAllowed() {
    #expect(
      told { graph, _, _ in _ = sin(graph.placeholder("n", Int32.self)) }
        == "sin: x must be Float32, Float64, BFloat16 or Float16, but it is Int32")
  }

  @Test func aRankThatIsNotAllowed() {
    #expect(
      told { _ = matmul($1, $2) } == "matmul: b must have rank 2, but it is Float32[4]")
  }

  @Test func innerSizesThatDiffer() {
    #expect(
      told { _, matrix, _ in _ = matmul(matrix, matrix) }
        == "matmul: the inner sizes differ: a is Float32[2, 3], b is Float32[2, 3]")
    #expect(
      told { graph, matrix, _ in
        _ = matmul(matrix, graph.placeholder("b", Float32.self, shape: [5, 7]), transposeA: true)
      } == "matmul: the inner sizes differ: a is Float32[2, 3] transposed, b is Float32[5, 7]")
  }

  @Test func anAxisThatDoesNotExist() {
    #expect(
      told { _, matrix, _ in _ = sum(matrix, axes: [2]) } == """
        sum: input is Float32[2, 3], which has no axis 2
        note: valid are -2 to 1
        """)
    #expect(
      told { graph, _, _ in _ = sum(graph.placeholder("s", Float32.self), axes: [0]) } == """
        sum: input is Float32, which has no axis 0
        note: a scalar has none
        """)
  }

  @Test func allAxesOfAnUnknownRank() {
    #expect(
      told { graph, _, _ in _ = sum(graph.placeholder("u", Float32.self, shape: .unknown)) }
        == "sum: input has unknown rank, so that axes must be given")
  }

  @Test func aReshapeThatLosesElements() {
    #expect(
      told { _, matrix, _ in _ = reshape(matrix, to: [4]) }
        == "reshape: tensor is Float32[2, 3] with 6 elements, but shape [4] needs 4")
    #expect(
      told { _, matrix, _ in _ = reshape(matrix, to: [-2, 3]) }
        == "reshape: shape may hold sizes and at most one -1, but it is [-2, 3]")
  }

  @Test func aSizeBeyondAnyMemory() {
    #expect(
      told { _, matrix, _ in _ = reshape(matrix, to: [1 << 40, 1 << 40]) }
        == "reshape: shape [1099511627776, 1099511627776] is larger than any memory")
  }

  @Test func anInputOfAnotherGraph() {
    let other = Graph().placeholder("x", Float32.self, shape: [2, 3])
    #expect(
      told { _, matrix, _ in _ = add(matrix, other) } == "add: an input belongs to another graph")
  }

  @Test func aNameThatIsNone() {
    #expect(
      told { _, matrix, _ in _ = sin(matrix, name: "two words") } == """
        sin: 'two words' cannot name a node
        note: a name begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'
        """)
  }

  @Test func aNumberThatDoesNotFit() {
    #expect(
      told { graph, _, _ in _ = 1.5 * graph.placeholder("n", Int32.self) }
        == "constant: 1.5 is not a value of Int32, which holds -2147483648 through 2147483647")
  }

  @Test func aDiagnosticPointsAtItsPlace() {
    let diagnostic = Diagnostic(
      "something is wrong", at: SourceLocation(file: "a.graph", line: 3, column: 9),
      excerpt: .init(line: "\tlet y = x", column: 10, length: 1),
      notes: [.init("look here", at: SourceLocation(file: "a.graph", line: 1))])
    #expect(
      diagnostic.description
        == "a.graph:3:9: error: something is wrong\n\tlet y = x\n\t        ^\na.graph:1: note: look here"
    )
  }

  @Test(
    arguments: [
      ("sgin", "sin"), ("matmull", "matmul"), ("lables", "labels"), ("xyz", nil), ("Sin", "sin"),
    ] as [(String, String?)])
  func nearestNames(_ given: String, _ expected: String?) {
    #expect(nearestName(to: given, among: ["sin", "cos", "matmul", "labels"]) == expected)
  }
}
