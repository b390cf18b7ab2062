import Differentiation
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Every pass changes the structure as it says, and leaves every bit of the result as it was.
@Suite struct PassTests {
  @Test func specializationComputesSizes() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil, 3])
    let y = reshape(x, to: shape(graph.placeholder("like", Float32.self, shape: [nil])))
    let like = graph.node(named: "like")!.output
    let result = try program([y], sizes: [x: [2, 3], like: [6]])
    #expect(operators(result) == ["Reshape"])
    #expect(result.graph.type(of: result.fetches[0]).description == "Float32[6]")
  }

  @Test func specializationComputesConstants() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = x * sin(graph.constant(Tensor(0.5), as: .float64) * 2)
    #expect(operators(try program([y])) == ["Mul"])
  }

  @Test func specializationKeepsLargeResultsForTheRun() throws {
    let graph = Graph()
    let y = broadcast(graph.constant([1, 2, 3]), to: [100_000, 3])
    #expect(operators(try program([y])) == ["BroadcastTo"])
  }

  @Test func duplicatesAreMerged() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [4])
    let y = sin(x) * cos(x) + sin(x) * cos(x)
    let before = try program([y])
    let after = try mergeDuplicates.run(before)
    #expect(operators(before) == ["AddV2", "Cos", "Cos", "Mul", "Mul", "Sin", "Sin"])
    #expect(operators(after) == ["AddV2", "Cos", "Mul", "Sin"])
    try expectSameResults(before, after)
  }

  @Test func attributesTellOperatorsApart() throws {
    let graph = Graph()
    let a = graph.placeholder("a", Float64.self, shape: [3, 3])
    let before = try program([matmul(a, a), matmul(a, a, transposeA: true)])
    #expect(operators(try mergeDuplicates.run(before)) == ["MatMul", "MatMul"])
  }

  @Test func identitiesVanish() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 3])
    let y = identity(sin(stopGradient(identity(x))))
    let after = try prune.run(removeIdentities.run(program([y])))
    #expect(operators(after) == ["Sin"])
  }

  @Test func productsWithOneVanish() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 3])
    let one = graph.constant([1], as: .float64)
    let before = try program([(1 * sin(x)) / 1 * one])
    let after = try prune.run(simplifyArithmetic.run(before))
    #expect(operators(after) == ["Sin"])
    try expectSameResults(before, after)
  }

  @Test func aProductThatBroadcastsStays() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let ones = graph.constant([1, 1, 1], as: .float64)
    #expect(operators(try simplifyArithmetic.run(program([x * ones]))) == ["Mul"])
  }

  @Test func doubleNegationsVanish() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3])
    let before = try program([-(-sin(x))])
    let after = try prune.run(simplifyArithmetic.run(before))
    #expect(operators(after) == ["Sin"])
    try expectSameResults(before, after)
  }

  @Test func whatNobodyNeedsIsPruned() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    var before = try program([sin(x), cos(x)])
    before.fetches.removeLast()
    let after = try prune.run(before)
    #expect(operators(after) == ["Sin"])
    try expectSameResults(before, after)
  }

  @Test func theWholePipelineLeavesTheResult() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil, 4])
    let w = graph.placeholder("w", Float64.self, shape: [4, 2])
    let y = mean(sigmoid(matmul(x, w)) * 2 - tanh(matmul(x, w)))
    let gradients = try graph.gradient(of: y, withRespectTo: [x, w])
    let before = try program([y] + gradients, sizes: [x: [3, 4]])
    let after = try optimized(before)
    #expect(after.graph.nodes.count < before.graph.nodes.count)
    try expectSameResults(before, after)
  }
}
