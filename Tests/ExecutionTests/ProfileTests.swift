import Foundation
import StaticGraph
import Testing

/// What a profile tells of runs.
@Suite struct ProfileTests {
  private let graph = Graph()
  private let x: Value
  private let y: Value
  private let tensor = Tensor.sample([64, 64])

  init() {
    x = graph.placeholder("x", type: TensorType(.float64, [nil, nil]))
    y = matmul(softmax(x), x, name: "product")
  }

  private func plan(_ sizes: Shape) throws -> PlanSummary {
    try PlanSummary(
      graph.frozen(), feeds: [x.endpoint], feedTypes: [TensorType(.float64, sizes)],
      fetches: [y.endpoint])
  }

  @Test func hasTheStepsOfThePlan() throws {
    let session = try Session(graph)
    let expected = try session.run([y], feeding: [x: tensor])
    let plan = try plan([64, 64])
    var profile = Profile()
    for count in 1...3 {
      #expect(try session.run([y], feeding: [x: tensor], profile: &profile) == expected)
      #expect(profile.steps.map(\.name) == plan.steps.map(\.name))
      #expect(profile.steps.map(\.operatorName) == plan.steps.map(\.operatorName))
      #expect(profile.steps.map(\.cost) == plan.steps.map(\.cost))
      #expect(profile.steps.allSatisfy { $0.runs == count && $0.seconds > 0 })
    }
    let product = try #require(profile.steps.first { $0.name == "product" })
    #expect(product.cost.operations == 2 * 64 * 64 * 64)
    #expect(abs(product.secondsPerRun * 3 - product.seconds) < 1e-12)
    #expect(profile.seconds >= product.seconds)
  }

  @Test func aBoundCallAddsToTheSameSteps() throws {
    let session = try Session(graph)
    let callable = try session.prepare(fetches: [y], feeds: [x])
    let call = try callable.bind([tensor])
    try call.run()
    let expected = try call.result(0)
    var profile = Profile()
    try call.run(profile: &profile)
    #expect(try call.result(0) == expected)
    #expect(try callable.run([tensor], profile: &profile)[0] == expected)
    #expect(profile.steps.count == call.stepCount)
    #expect(profile.steps.allSatisfy { $0.runs == 2 })
  }

  @Test func otherSizesHaveStepsOfTheirOwn() throws {
    let session = try Session(graph)
    var profile = Profile()
    _ = try session.run([y], feeding: [x: tensor], profile: &profile)
    let first = profile.steps.count
    _ = try session.run([y], feeding: [x: .sample([3, 3])], profile: &profile)
    #expect(try profile.steps.count == first + plan([3, 3]).steps.count)
    #expect(profile.steps.allSatisfy { $0.runs == 1 })
  }

  @Test func everySegmentIsProfiled() throws {
    let graph = Graph()
    let sizes = graph.placeholder("sizes", Int32.self, shape: [nil])
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let y = sum(reshape(x * 2, to: sizes + sizes), axes: [0])
    let session = try Session(graph)
    let feeds: [Value: Tensor] = [x: [1, 2, 3, 4], sizes: [1, 1]]
    var profile = Profile()
    for _ in 0..<2 {
      let result = try session.run([y], feeding: feeds, profile: &profile)[0]
      #expect(try result.elements(as: Float.self) == [8, 12])
    }
    #expect(profile.steps.contains { $0.operatorName == "Sum" })
    #expect(profile.steps.allSatisfy { $0.runs == 2 })
  }

  @Test func aRunThatFailsAddsNothing() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Int32.self, shape: [nil])
    let y = floorDiv(graph.constant([1, 2], as: .int32), x)
    let session = try Session(graph)
    var profile = Profile()
    #expect(throws: GraphError.self) {
      _ = try session.run([y], feeding: [x: [1, 0]], profile: &profile)
    }
    #expect(profile.steps.isEmpty)
  }

  @Test func theTraceHasOneEventForEachStep() throws {
    var profile = Profile()
    let session = try Session(graph)
    for _ in 0..<2 { _ = try session.run([y], feeding: [x: tensor], profile: &profile) }
    let json = try JSONSerialization.jsonObject(with: Data(profile.traceJSON().utf8))
    let trace = try #require(json as? [String: Any])
    let events = try #require(trace["traceEvents"] as? [[String: Any]])
    #expect(events.count == profile.steps.count)
    var end = 0.0
    for (event, step) in zip(events, profile.steps) {
      #expect(event["ph"] as? String == "X")
      #expect(event["name"] as? String == step.name)
      let start = try #require(event["ts"] as? Double)
      let duration = try #require(event["dur"] as? Double)
      // Steps follow one another.
      #expect(start >= end - 1e-3 && duration > 0)
      end = start + duration
      let arguments = try #require(event["args"] as? [String: Any])
      #expect(arguments["operator"] as? String == step.operatorName)
      #expect(arguments["flops"] as? Double == step.cost.operations)
      #expect(arguments["bytes"] as? Double == step.cost.bytesMoved)
    }
    let empty = try JSONSerialization.jsonObject(with: Data(Profile().traceJSON().utf8))
    #expect((empty as? [String: Any])?["traceEvents"] as? [String] == [])
  }

  @Test func theMachineHasAPeak() throws {
    let peak = try MachinePeak(threads: 2)
    #expect(peak.operationsPerSecond > 1e8 && peak.operationsPerSecond < 1e15)
    #expect(peak.bytesPerSecond > 1e8 && peak.bytesPerSecond < 1e14)
  }
}
