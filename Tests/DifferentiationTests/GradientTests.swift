import Differentiation
import Execution
import GraphIR
import Operators
import Tensors
import Testing

@Suite struct GradientTests {
  private func values(_ fetches: [Value], _ feeds: [Value: Tensor]) throws -> [Double] {
    try Session(fetches[0].graph).run(fetches, feeding: feeds).map { try $0.scalar() }
  }

  @Test func severalSourcesInOneSweep() throws {
    let graph = Graph()
    let (x, y) = (graph.placeholder("x", Float64.self), graph.placeholder("y", Float64.self))
    let gradients = try graph.gradient(of: x * x * y, withRespectTo: [x, y])
    #expect(try values(gradients, [x: 3, y: 5]) == [30, 9])
  }

  @Test func severalTargetsWithUpstreamGradients() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let weight = graph.placeholder("weight", Float64.self)
    let gradient = try graph.gradients(
      of: [x * x, sin(x)], withRespectTo: [x], upstream: [weight, nil])[0]
    #expect(try values([gradient], [x: 0, weight: 7]) == [1])
    #expect(try values([gradient], [x: 2, weight: 7])[0] == 28 + (-0.4161468365471424))
  }

  @Test func anIntermediateValueIsASource() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let square = x * x
    let gradients = try graph.gradient(of: square * 3, withRespectTo: [square, x])
    #expect(try values(gradients, [x: 5]) == [3, 30])
  }

  @Test func nothingFlowsThroughAStop() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let square = x * x
    let gradient = try graph.gradients(
      of: [square * x], withRespectTo: [x], stoppingAt: [square])[0]
    #expect(try values([gradient], [x: 5]) == [25])
  }

  @Test func whatLiesBehindAStopNeedsNoGradient() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3, 1])
    func loss(_ input: Value) -> Value {
      sum(qr(input, fullMatrices: true).q, axes: [0, 1]) + sum(x * 2, axes: [0, 1])
    }
    let gradient = try graph.gradient(of: loss(stopGradient(x)), withRespectTo: x)
    let slopes = try Session(graph).run(
      gradient, feeding: [x: Tensor([1.0, 2, 3], dimensions: [3, 1])])
    #expect(try slopes.elements(as: Double.self) == [2, 2, 2])
    #expect(throws: GraphError.self) { try graph.gradient(of: loss(x), withRespectTo: x) }
  }

  @Test func aValueIsItsOwnDerivative() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    #expect(try values([graph.gradient(of: x, withRespectTo: x)], [x: 5]) == [1])
  }

  @Test func contributionsAreOneSum() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = sin(x) + cos(x) + exp(x) + x
    _ = try graph.gradient(of: y, withRespectTo: x)
    let sums = try graph.frozen().nodes.filter { $0.operatorName == "AddN" }
    #expect(sums.map(\.inputs.count) == [4])
  }

  @Test func anUnusedBranchCostsNothing() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let other = graph.placeholder("other", Float64.self)
    let y = x * x + sin(other)
    let before = graph.nodeCount
    _ = try graph.gradient(of: y, withRespectTo: x)
    let added = try graph.frozen().nodes[before...].map(\.operatorName)
    #expect(!added.contains("Cos"))
  }

  @Test func nodesOfTheGradientLeadBackToTheLineOfTheirOperator() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let line = #line + 1
    let y = sin(x)
    let gradient = try graph.gradient(of: y, withRespectTo: x)
    let node = try graph.frozen().nodes[gradient.node.index]
    #expect(node.origin.location?.line == line)
    #expect(node.name.hasPrefix("gradients/Sin_grad/"))
  }

  @Test func zerosOnRequest() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let other = graph.placeholder("other", Float64.self)
    let gradient = try graph.gradient(of: x * x, withRespectTo: other, unconnected: .zeros)
    #expect(try values([gradient], [other: 5]) == [0])
  }

  private func told(_ body: (Graph, Value, Value) throws -> Void) -> String {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3])
    let other = graph.placeholder("other", Float64.self)
    do {
      try body(graph, x, other)
      return "nothing"
    } catch {
      let diagnostic = (error as! GraphError).diagnostics[0]
      return ([diagnostic.message] + diagnostic.notes.map { "note: \($0.message)" })
        .joined(separator: "\n")
    }
  }

  @Test func noDependence() {
    #expect(
      told { _ = try $0.gradient(of: sin($1), withRespectTo: $2) } == """
        gradient: 'Sin' does not depend on 'other'
        note: ask for zeros instead with unconnected: .zeros
        """)
  }

  @Test func aPathThatBreaksAtAnOperator() {
    #expect(
      told { graph, x, other in
        _ = try graph.gradient(of: cast(greater(x, other), to: .float64), withRespectTo: x)
      } == """
        gradient: no path that can be differentiated leads from 'Cast' to 'x': it breaks at Cast 'Cast'
        note: the path breaks at Cast 'Cast': its input 'Greater' is Bool[3], and only floating-point numbers have a derivative
        note: ask for zeros instead with unconnected: .zeros
        """)
  }

  @Test func aPathThroughAShape() {
    #expect(
      told { graph, _, _ in
        let open = graph.placeholder("open", Float64.self, shape: [nil])
        let y = cast(size(open), to: .float64)
        _ = try graph.gradient(of: y, withRespectTo: open)
      } == """
        gradient: no path that can be differentiated leads from 'Cast' to 'open': it breaks at Cast 'Cast'
        note: the path breaks at Cast 'Cast': its input 'Size' is Int32, and only floating-point numbers have a derivative
        note: ask for zeros instead with unconnected: .zeros
        """)
  }

  @Test func integersHaveNoDerivative() {
    #expect(
      told { graph, _, _ in
        let n = graph.placeholder("n", Int32.self)
        _ = try graph.gradient(of: n, withRespectTo: n)
      } == "gradient: of must hold floating-point numbers, but 'n' is Int32")
  }

  @Test func anUpstreamGradientOfAnotherShape() {
    #expect(
      told { graph, x, _ in
        let upstream = graph.constant([1, 2], as: .float64)
        _ = try graph.gradients(of: [sin(x)], withRespectTo: [x], upstream: [upstream])
      } == "gradient: the upstream gradient of 'Sin' must be Float64[3], but it is Float64[2]")
  }
}
