import GraphIR
import Operators
import Passes
import Planning
import Tensors
import Testing

/// Which memory the steps of a plan share.
@Suite struct MemoryTests {
  private func plan(_ values: [Value], targets: [GraphNode] = []) throws -> Plan {
    let frozen = try values[0].graph.frozen()
    let feeds = frozen.nodes.indices.filter { frozen.nodes[$0].operation is Placeholder }
    return try makePlan(
      frozen,
      for: ProgramRequest(
        feeds: feeds.map { Endpoint(node: $0) },
        feedTypes: feeds.map { frozen.nodes[$0].outputs[0] }, fetches: values.map(\.endpoint),
        targets: targets.map(\.index)))
  }

  private func step(_ plan: Plan, _ name: String) throws -> Plan.Step {
    try #require(plan.steps.first { $0.name == name || $0.operatorName == name })
  }

  // MARK: In place

  @Test func anElementwiseStepWritesOverWhatEndsWithIt() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [40, 50])
    let product = matmul(x, x, transposeB: true)
    let plan = try plan([matmul(tanh(product), x, transposeA: true)])
    let tanh = try step(plan, "Tanh")
    #expect(tanh.inputs == tanh.outputs)
    #expect(plan.lowerBound >= 40 * 40 * 4)
  }

  @Test func whatIsReadLaterIsLeftAlone() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [40, 40])
    let product = matmul(x, x)
    let plan = try plan([matmul(relu(product), product)])
    let relu = try step(plan, "Relu")
    #expect(relu.inputs != relu.outputs)
  }

  @Test func feedsResultsConstantsAndVariablesAreLeftAlone() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [40, 40])
    let variable = graph.variable("v", initialValue: x)
    let product = matmul(x, x)
    let constant = graph.constant(try Tensor(zeros: .float32, dimensions: [40, 40]))
    let values = [relu(x), relu(variable), relu(constant), product, relu(product)]
    let plan = try plan(values)
    for step in plan.steps where step.operatorName == "Relu" {
      #expect(!step.outputs.contains(step.inputs[0]))
    }
    #expect(Set(plan.results.map(\.location)).count == 5)
  }

  /// y takes over the memory of the product, from which z is computed in the same tile before.
  @Test func aFusedOutputTakesOverALeafThatNothingReadsAfterIt() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [40, 40])
    let product = matmul(x, x)
    let y = sin(product) * 2
    let z = y + product
    let plan = try plan([matmul(y, z)])
    let fused = try #require(plan.steps.first { $0.outputs.count == 2 })
    #expect(fused.inputs.count == 2)
    let leaf = fused.inputs.firstIndex { if case .arena = $0 { true } else { false } }
    let shared = fused.outputs.filter { $0 == fused.inputs[leaf!] }
    // y is written before z is computed from the product.
    #expect(shared == [fused.outputs[1]])
  }

  // MARK: Joining

  @Test func whatIsJoinedIsWrittenWhereItIsWanted() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [40, 40])
    let (a, b) = (matmul(x, x), matmul(x, x, transposeB: true))
    let joined = concat([a, b], axis: 0)
    let plan = try plan([matmul(joined, x)])
    #expect(!plan.steps.contains { $0.operatorName == "ConcatV2" })
    #expect(plan.steps.count == 3)
  }

  @Test func whatStandsTwiceAndWhatIsFedIsCopied() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [40, 40])
    let a = matmul(x, x)
    let joined = concat([a, x, a], axis: 0)
    let plan = try plan([matmul(joined, x)])
    let step = try step(plan, "ConcatV2")
    #expect(step.inputs[0] == step.outputs[0])
    #expect(step.inputs[0] == step.inputs[2])
  }

  // MARK: Order

  /// Each square is large and its sum small: all squares first would need all of them at once.
  @Test func stepsThatFreeMoreRunFirst() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [100, 100])
    var products: [Value] = []
    for _ in 0..<10 { products.append(cumsum(products.last ?? x, axis: 0)) }
    // Built in a bad order.
    let wide = products.map { cumsum($0, axis: 1) }
    let sums = wide.reversed().map { sum(cumsum($0, axis: 0)) }
    let plan = try plan([addN(sums)])
    #expect(plan.lowerBound < 6 * 40_000)
    #expect(Double(plan.arenaByteCount) <= 1.05 * Double(plan.lowerBound) + 256)
  }

  @Test func anInitialValueIsNotKept() throws {
    let graph = Graph()
    let value = fill(graph.constant([300, 300]), graph.constant(Tensor(Float(2))))
    let v = graph.variable("v", initialValue: value)
    let frozen = try graph.frozen()
    let assignment = try #require(frozen.nodes.firstIndex { $0.name.hasSuffix("/Assign") })
    let plan = try makePlan(
      frozen,
      for: ProgramRequest(feeds: [], feedTypes: [], fetches: [], targets: [assignment]))
    #expect(plan.invariants == nil)
    let total = sum(v * v)
    let use = try makePlan(
      graph.frozen(),
      for: ProgramRequest(feeds: [], feedTypes: [], fetches: [total.endpoint]))
    // Nothing changes from run to run, but to compute it is what was asked for.
    #expect(use.steps.count == 1)
    #expect(use.invariants == nil)
  }

  // MARK: Limits

  /// a is needed at the end only, and computing it is nothing beside keeping it.
  private func network(_ graph: Graph) -> Value {
    let x = graph.placeholder("x", Float32.self, shape: [200, 200])
    let a = sin(x)
    var y = matmul(a, x)
    for _ in 0..<3 { y = matmul(matmul(y, y, transposeB: true), x) }
    return matmul(y, a)
  }

  @Test func cheapValuesAreComputedAgainWhereMemoryIsShort() throws {
    let graph = Graph()
    let y = network(graph)
    let frozen = try graph.frozen()
    func plan(_ limit: Int?) throws -> Plan {
      try makePlan(
        frozen,
        for: ProgramRequest(
          feeds: [Endpoint(node: 0)], feedTypes: [frozen.nodes[0].outputs[0]],
          fetches: [y.endpoint]), options: PlanOptions(memoryLimit: limit))
    }
    let free = try plan(nil)
    #expect(free.steps.count { $0.operatorName == "Sin" } == 1)
    let short = try plan(free.totalByteCount - 160_000)
    #expect(short.steps.count { $0.operatorName == "Sin" } == 2)
    #expect(short.totalByteCount <= free.totalByteCount - 160_000)
    let error = #expect(throws: GraphError.self) { _ = try plan(300_000) }
    let text = error?.description ?? ""
    #expect(text.contains("the limit is 300000"))
    #expect(text.contains("MatMul '"))
  }
}
