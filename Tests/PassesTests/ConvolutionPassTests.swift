import Differentiation
import Execution
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Convolutions are split from the arrangement of their filters, and joined with what follows them.
@Suite struct ConvolutionPassTests {
  private func program(_ values: [Value]) throws -> Program {
    let graph = values[0].graph
    let frozen = try graph.frozen()
    let feeds = frozen.nodes.indices.filter { frozen.nodes[$0].operation is Placeholder }
    let request = ProgramRequest(
      feeds: feeds.map { Endpoint(node: $0) },
      feedTypes: feeds.map { frozen.nodes[$0].outputs[0] }, fetches: values.map(\.endpoint))
    guard case .complete(let program) = try specialize(frozen, for: request) else {
      throw GraphError("the sizes depend on values")
    }
    return program
  }

  private func operators(_ program: Program) -> [String] {
    program.graph.nodes.map(\.operatorName).filter { $0 != "Placeholder" && $0 != "Const" }
      .sorted()
  }

  private func layer(_ graph: Graph, type: DataType = .float32) -> (x: Value, w: Value, b: Value) {
    (
      graph.placeholder("x", type: TensorType(type, [1, 9, 9, 8])),
      graph.placeholder("w", type: TensorType(type, [3, 3, 8, 16])),
      graph.placeholder("b", type: TensorType(type, [16]))
    )
  }

  @Test func biasAndActivationRideOnConvolutions() throws {
    let graph = Graph()
    let (x, w, b) = layer(graph)
    let fused = try optimized(program([relu(biasAdd(conv2D(x, w, padding: .same), b))]))
    #expect(operators(fused) == ["_ArrangedFilters", "_Convolution"])
    let other = try optimized(program([relu6(conv2D(x, w, strides: 2) + b)]))
    #expect(operators(other) == ["_ArrangedFilters", "_Convolution"])
  }

  @Test func whatIsNeededElsewhereStays() throws {
    let graph = Graph()
    let (x, w, b) = layer(graph)
    let sums = biasAdd(conv2D(x, w), b)
    #expect(
      operators(try optimized(program([relu(sums), sums])))
        == ["Relu", "_ArrangedFilters", "_Convolution"])
    #expect(
      operators(try optimized(program([relu(sums), exp(sums)])))
        == ["Exp", "Relu", "_ArrangedFilters", "_Convolution"])
  }

  @Test func gradientsReadTheResult() throws {
    let graph = Graph()
    let (x, w, b) = layer(graph)
    let sums = biasAdd(conv2D(x, w), b)
    let y = relu(sums)
    let flow = graph.append(ReluGrad(), [y, sums], origin: .unknown).output
    let result = try optimized(program([flow]))
    #expect(operators(result) == ["ReluGrad", "_ArrangedFilters", "_Convolution"])
  }

  @Test func constantFiltersAreArrangedBefore() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [1, 9, 9, 8])
    let w = graph.constant(try Tensor.sample([3, 3, 8, 16]).converted(to: .float32))
    let result = try optimized(program([conv2D(x, w), conv2D(x + 1, w)]))
    #expect(operators(result) == ["AddV2", "_Convolution", "_Convolution"])
  }

  @Test func otherTypesAndFormatsStayAsTheyAre() throws {
    let graph = Graph()
    let (x, w, _) = layer(graph, type: .float64)
    #expect(operators(try optimized(program([conv2D(x, w)]))) == ["Conv2D"])
    let planes = graph.placeholder("planes", Float32.self, shape: [1, 8, 9, 9])
    let single = graph.placeholder("single", Float32.self, shape: [3, 3, 8, 16])
    let y = conv2D(planes, single, dataFormat: .nchw)
    #expect(operators(try optimized(program([y]))) == ["Conv2D"])
  }

  @Test func winogradCanBeTurnedOff() throws {
    let graph = Graph()
    let (x, w, _) = layer(graph)
    func filterCount(_ options: PassOptions) throws -> Int? {
      let nodes = try optimized(program([conv2D(x, w)]), options).graph.nodes
      return nodes.first { $0.operatorName == "_ArrangedFilters" }?.outputs[0].shape.elementCount
    }
    #expect(try filterCount(PassOptions()) == 36 * 8 * 16)
    #expect(try filterCount(PassOptions(usesWinograd: false)) == 9 * 8 * 16)
  }
}
