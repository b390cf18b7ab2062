import Differentiation
import Execution
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Every pass changes the structure as it says, and leaves every bit of the result as it was.
@Suite struct PassTests {
  /// The program that fetches `values` of their graph, every placeholder fed.
  private func program(_ values: [Value], sizes: [Value: [Int]] = [:]) throws -> Program {
    let graph = values[0].graph
    let frozen = try graph.frozen()
    let feeds = frozen.nodes.indices.filter { frozen.nodes[$0].operation is Placeholder }
    let types = feeds.map { position in
      let type = frozen.nodes[position].outputs[0]
      let value = graph.node(at: position).output
      return TensorType(type.dataType, sizes[value].map { Shape($0) } ?? type.shape)
    }
    let request = ProgramRequest(
      feeds: feeds.map { Endpoint(node: $0) }, feedTypes: types, fetches: values.map(\.endpoint))
    guard case .complete(let program) = try specialize(frozen, for: request) else {
      throw GraphError("the sizes depend on values")
    }
    return program
  }

  private func operators(_ program: Program) -> [String] {
    program.graph.nodes.map(\.operatorName).filter { $0 != "Placeholder" && $0 != "Const" }.sorted()
  }

  /// Fails unless both programs give the same bits.
  private func expectSameResults(
    _ before: Program, _ after: Program, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    func results(_ program: Program) throws -> [Tensor] {
      let graph = Graph(program.graph)
      var feeds: [Value: Tensor] = [:]
      for (position, node) in program.graph.nodes.enumerated() where node.operation is Placeholder {
        let sample = Tensor.sample(node.outputs[0].shape.known!, seed: UInt64(node.name.count))
        feeds[graph.node(at: position).output] = try sample.converted(to: node.outputs[0].dataType)
      }
      // The session would run the passes again, so that each node is computed on its own.
      return try program.fetches.map {
        try Unoptimized.value(of: $0, in: program.graph, feeds: feeds)
      }
    }
    #expect(try results(before) == results(after), sourceLocation: sourceLocation)
  }

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
    let after = try prune.run(simplifyArithmetic.run(program([y])))
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

/// Computes a value node by node, each in a session of its own, so that no pass sees the graph.
private enum Unoptimized {
  static func value(
    of endpoint: Endpoint, in graph: FrozenGraph, feeds: [Value: Tensor]
  ) throws -> Tensor {
    var known: [Endpoint: Tensor] = [:]
    for (value, tensor) in feeds { known[value.endpoint] = tensor }
    for (position, node) in graph.nodes.enumerated() where position <= endpoint.nodeIndex {
      let outputs = node.outputs.indices.map { Endpoint(node: position, output: $0) }
      if outputs.allSatisfy({ known[$0] != nil }) { continue }
      if let constant = node.operation.constantValue {
        known[outputs[0]] = constant
        continue
      }
      let results = try single(node, node.inputs.map { known[$0]! })
      for (output, result) in zip(outputs, results) { known[output] = result }
    }
    return known[endpoint]!
  }

  private static func single(_ node: Node, _ inputs: [Tensor]) throws -> [Tensor] {
    let operation = node.operation
    let constants = Dictionary(
      uniqueKeysWithValues: type(of: operation).shapeInputs(of: inputs.count).map {
        ($0, inputs[$0])
      })
    return try evaluate(operation, inputs: inputs, outputs: node.outputs, constants: constants)
  }
}
