import GraphIR
import Operators
import Passes
import Planning
import Tensors
import Testing

@Suite struct PlanTests {
  private func plan(_ values: [Value], sizes: [[Int]] = []) throws -> Plan {
    let frozen = try values[0].graph.frozen()
    let feeds = frozen.nodes.indices.filter { frozen.nodes[$0].operation is Placeholder }
    let types = feeds.enumerated().map { number, position in
      let type = frozen.nodes[position].outputs[0]
      return TensorType(
        type.dataType, sizes.indices.contains(number) ? Shape(sizes[number]) : type.shape)
    }
    return try makePlan(
      frozen,
      for: ProgramRequest(
        feeds: feeds.map { Endpoint(node: $0) }, feedTypes: types, fetches: values.map(\.endpoint)))
  }

  @Test func aChainWorksInTwoBuffers() throws {
    let graph = Graph()
    var y = graph.placeholder("x", Float32.self, shape: [30, 30])
    for _ in 0..<100 { y = cumsum(y, axis: 0) }
    let plan = try plan([y])
    #expect(plan.steps.count == 100)
    #expect(plan.lowerBound == 2 * 3600)
    #expect(plan.arenaByteCount == 2 * 3648)
    #expect(plan.resultByteCounts == [3600])
  }

  @Test func aChainOfElementwiseStepsWorksInTheMemoryOfItsResult() throws {
    let graph = Graph()
    var y = graph.placeholder("x", Float32.self, shape: [1000])
    for _ in 0..<100 { y = sin(y) }
    let plan = try plan([y])
    #expect(plan.arenaByteCount == 0)
    #expect(plan.steps.dropFirst().allSatisfy { $0.inputs == $0.outputs })
  }

  @Test func viewsTakeNoStep() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [2, 3])
    let y = sin(reshape(identity(x), to: [6]))
    let plan = try plan([reshape(y, to: [3, 2]), y])
    #expect(plan.steps.map(\.operatorName) == ["Sin"])
    #expect(plan.steps[0].inputs == [.feed(0)])
    #expect(plan.results.map(\.location) == [.result(0), .result(0)])
    #expect(plan.arenaByteCount == 0)
  }

  @Test func aFetchedFeedOrConstantIsNotCopied() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [2])
    let plan = try plan([identity(x), graph.constant([1, 2])])
    #expect(plan.steps.isEmpty)
    #expect(plan.results.map(\.location) == [.feed(0), .constant(0)])
  }

  @Test func sizesThatDependOnValuesEndASegment() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [4])
    let sizes = graph.placeholder("sizes", Int32.self, shape: [2])
    let first = try plan([sin(reshape(cos(x), to: sizes + sizes))])
    let boundary = try #require(first.boundary)
    #expect(boundary.sizes.count == 1)
    #expect(boundary.crossing.count == 1)
    #expect(first.steps.map(\.operatorName).sorted() == ["AddV2", "Cos"])
  }

  @Test func aMissingFeedIsNamed() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self)
    let y = sin(x)
    let error = #expect(throws: GraphError.self) {
      _ = try makePlan(
        try graph.frozen(), for: ProgramRequest(feeds: [], feedTypes: [], fetches: [y.endpoint]))
    }
    #expect(
      error?.diagnostics[0].message
        == "the placeholder 'x' of type Float32, which 'Sin' needs, is not fed")
  }

  @Test func aLimitOnMemoryIsChecked() throws {
    let graph = Graph(limits: GraphLimits(byteCount: 1 << 20))
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let error = #expect(throws: GraphError.self) { _ = try plan([sin(x)], sizes: [[1 << 20]]) }
    #expect(
      error?.diagnostics[0].message
        == "feed 'x': Float32[1048576] takes more than the limit of 1048576 bytes")
    let wide = graph.placeholder("wide", Float32.self, shape: [nil, nil])
    let many = addN((0..<8).map { matmul(wide, wide * Double($0 + 1)) })
    let second = #expect(throws: GraphError.self) {
      _ = try makePlan(
        try graph.frozen(),
        for: ProgramRequest(
          feeds: [wide.endpoint], feedTypes: [TensorType(.float32, [300, 300])],
          fetches: [many.endpoint]))
    }
    #expect(second?.diagnostics[0].message.hasPrefix("the plan needs") == true)
  }

  @Test func aLongChainNeedsNoStack() throws {
    let graph = Graph()
    var y = graph.placeholder("x", Float32.self)
    for _ in 0..<50_000 { y = identity(sin(y)) }
    #expect(try plan([y]).steps.count == 1250)
  }
}
