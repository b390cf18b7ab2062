import Foundation
import StaticGraph
import Testing

/// Shapes that a graph computes, as programs for TensorFlow 1 do everywhere, cost nothing in a run.
@Suite struct ShapeArithmeticTests {
  /// The kernels of the warm plan.
  private func steps(
    _ graph: Graph, fetching fetches: [Value], feeding feeds: [(value: Value, tensor: Tensor)]
  ) throws -> [PlanSummary.Step] {
    let call = try Session(graph).prepare(fetches: fetches, feeds: feeds.map(\.value))
      .bind(feeds.map(\.tensor))
    let summary = try PlanSummary(
      graph.frozen(), feeds: feeds.map(\.value.endpoint), feedTypes: feeds.map(\.tensor.type),
      fetches: fetches.map(\.endpoint))
    try call.run()
    try #require(call.stepCount == summary.steps.count)
    return summary.steps
  }

  /// How often each operator runs, those that run together in one step counted each.
  private func counts(_ steps: [PlanSummary.Step]) -> [String: Int] {
    let names = steps.flatMap { $0.operatorName.split(separator: "+").map(String.init) }
    return Dictionary(grouping: names) { $0 }.mapValues(\.count)
  }

  @Test func ofARealNetwork() throws {
    guard let folder = RealGraphTests.folder("lstm") else {
      print("skipped: there is no tf1/lstm in ../shared/data or STATICGRAPH_DATA")
      return
    }
    let graph = Graph(
      try FrozenGraph(
        GraphFile.read(path: folder.appendingPathComponent("model.pb").path), registry: .standard,
        name: "lstm"))
    let feeds = try ["X", "keep_prob"].map { name in
      (
        value: try #require(graph.node(named: name)).output,
        tensor: try Tensor(npyFile: folder.appendingPathComponent("in_\(name)_0.npy").path)
      )
    }
    let output = try #require(graph.node(named: "output")).output
    let steps = try steps(graph, fetching: [output], feeding: feeds)
    // 28 cells, then dropout and a dense layer. Of the graph's 529 nodes none that makes a shape,
    // a state of zeros or another view is left, nor the product with 1 − 0. Biases are added with
    // the products.
    let expected = [
      "Unpack": 1, "ConcatV2": 28, "_MatMul": 28 + 1, "Split": 28,
      "Sigmoid": 3 * 28, "Tanh": 2 * 28, "Mul": 3 * 28 + 1, "Add": 2 * 28 + 2,
      "RandomUniform": 1, "Floor": 1, "RealDiv": 1,
    ]
    #expect(counts(steps) == expected)
    #expect(steps.count <= expected.values.reduce(0, +))
  }

  /// A network over time, unrolled, as a program for TensorFlow 1 would write it: whatever it wants
  /// of sizes, it asks the fed tensor for.
  private struct UnrolledNetwork {
    static let stepCount = 5
    static let featureCount = 3
    static let unitCount = 4

    let graph: Graph
    let x: Value
    let kernel: Value
    let scores: Value
    let loss: Value

    init() throws {
      let (steps, units) = (Self.stepCount, Self.unitCount)
      let graph = Graph()
      func integers(_ integers: Int32...) -> Value { graph.constant(Tensor(integers)) }
      func integer(_ integer: Int) -> Value { graph.constant(Tensor(Int32(integer))) }
      func weights(_ sizes: [Int], _ name: String) throws -> Value {
        graph.constant(try Tensor.sample(sizes).converted(to: .float32), name: name)
      }
      let x = graph.placeholder("x", Float32.self, shape: [nil, nil])
      let sizes = shape(x)
      let batch = sizes[0]
      let frames = reshape(
        x, to: stack([batch, integer(steps), floorDiv(sizes[1], integer(steps))]))
      // Time first: the axes behind the second stay where they are.
      let others = range(integer(2), rank(frames), by: integer(1))
      let byTime = transpose(frames, permutation: concat([integers(1, 0), others], axis: 0))
      let stateSizes = concat(
        [expandDimensions(batch, axis: 0), integers(Int32(units))], axis: 0)
      var state = fill(stateSizes, graph.constant(Tensor(Float(0))))
      let kernel = try weights([Self.featureCount + units, 2 * units], "kernel")
      let bias = try weights([2 * units], "bias")
      var states: [Value] = []
      for input in unstack(byTime, count: steps) {
        let gates = split(
          biasAdd(matmul(concat([input, state], axis: 1), kernel), bias), into: 2, axis: 1)
        state = sigmoid(gates[0]) * tanh(gates[1]) + state
        states.append(state)
      }
      // A dense layer over all steps at once.
      let all = stack(states, axis: 1)
      let allSizes = shape(all)
      let flat = reshape(all, to: stack([prod(allSizes[0..<2]), allSizes[2]]))
      let dense = matmul(flat, try weights([units, 2], "dense"))
      let scores = reshape(dense, to: concat([allSizes[0..<2], integers(2)], axis: 0))
      let loss = sum(square(scores)) / cast(prod(shape(scores)), to: .float32)
      graph.declareOutput(loss, named: "loss")
      (self.graph, self.x, self.kernel, self.scores, self.loss) = (graph, x, kernel, scores, loss)
    }

    func feeds(batch: Int) throws -> [(value: Value, tensor: Tensor)] {
      let sizes = [batch, Self.stepCount * Self.featureCount]
      return [(x, try Tensor.sample(sizes, seed: 3).converted(to: .float32))]
    }
  }

  @Test(arguments: [1, 7]) func ofAnUnrolledNetwork(batch: Int) throws {
    let network = try UnrolledNetwork()
    let steps = try steps(
      network.graph, fetching: [network.scores, network.loss],
      feeding: network.feeds(batch: batch))
    let time = UnrolledNetwork.stepCount
    let expected = [
      "Transpose": batch == 1 ? 0 : 1, "Unpack": 1, "ConcatV2": time, "_MatMul": time,
      "MatMul": 1, "Split": time, "Sigmoid": time, "Tanh": time, "Mul": time, "AddV2": time,
      "Pack": 1, "Square": 1, "Sum": 1, "RealDiv": 1,
    ].filter { $0.value > 0 }
    #expect(counts(steps) == expected)
    #expect(steps.count <= expected.values.reduce(0, +))
  }

  /// Everything is computed in numbers of floating point, so that a step which gives integers is
  /// arithmetic on sizes; and a tensor of one number alone need not be made.
  @Test func ofAGradient() throws {
    let network = try UnrolledNetwork()
    let graph = network.graph
    let slope = try graph.gradient(of: network.loss, withRespectTo: network.kernel)
    let steps = try steps(graph, fetching: [slope], feeding: network.feeds(batch: 7))
    // Forward with a bias, and back into the kernel and all states but the first.
    let counts = counts(steps)
    #expect(counts["_MatMul"] == UnrolledNetwork.stepCount)
    #expect(counts["MatMul"] == 2 * UnrolledNetwork.stepCount + 1)
    for step in steps {
      let node = try #require(graph.node(named: step.name))
      let types = node.outputs.map(\.dataType)
      #expect(
        types.allSatisfy { $0.isFloatingPoint }, "\(step.operatorName) '\(step.name)': \(types)")
      #expect(!["Fill", "ZerosLike", "OnesLike"].contains(step.operatorName), "\(step.name)")
    }
  }
}
