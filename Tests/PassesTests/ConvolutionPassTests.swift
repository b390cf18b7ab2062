import Differentiation
import Execution
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Convolutions are split from the arrangement of their filters, and joined with what follows them.
@Suite struct ConvolutionPassTests {
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

  @Test func otherTypesStayAsTheyAre() throws {
    let graph = Graph()
    let (x, w, _) = layer(graph, type: .float64)
    #expect(operators(try optimized(program([conv2D(x, w)]))) == ["Conv2D"])
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

  @Test func gradientsPassActivationsBeforePooling() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [1, 7, 8, 3])
    let flow = graph.placeholder("flow", Float32.self, shape: [1, 3, 3, 3])
    let pooled = maxPool(relu(x), size: 3, strides: 2)
    let gradient = try graph.gradient(of: sum(pooled * flow), withRespectTo: x)
    let before = try mergeDuplicates.run(program([gradient]))
    let after = try maskBeforePooling.run(before)
    func sizes(_ program: Program) -> [Shape] {
      program.graph.nodes.filter { $0.operation is ReluGrad }.map { $0.outputs[0].shape }
    }
    #expect(sizes(before) == [[1, 7, 8, 3]])
    #expect(sizes(after) == [[1, 3, 3, 3]])
    #expect(operators(before) == operators(after))
    let feeds = [
      x: try Tensor.sample([1, 7, 8, 3]).converted(to: .float32),
      flow: try Tensor.sample([1, 3, 3, 3], seed: 2).converted(to: .float32),
    ]
    // A session runs the pass; what is fetched stops it.
    let masked = try Session(graph).run([gradient], feeding: feeds)[0]
    let pooling = graph.value(
      at: Endpoint(node: try graph.frozen().nodes.firstIndex { $0.operation is MaxPoolGrad }!))
    let plain = try Session(graph).run([gradient, pooling], feeding: feeds)[0]
    #expect(try masked.elements(as: Float.self) == plain.elements(as: Float.self))
  }

  @Test func convolutionsWriteSideBySide() throws {
    let graph = Graph()
    let (x, w, b) = layer(graph)
    let point = graph.placeholder("point", Float32.self, shape: [1, 1, 8, 5])
    let bias = graph.placeholder("bias", Float32.self, shape: [5])
    let narrow = relu(biasAdd(conv2D(x, point), bias))
    let wide = relu(biasAdd(conv2D(x, w, padding: .same), b))
    let y = concat([narrow, wide, narrow], axis: 3)
    let z = concat([narrow, wide], axis: 3)
    #expect(
      operators(try optimized(program([z])))
        == ["_ArrangedFilters", "_ArrangedFilters", "_JoinedConvolutions"])
    #expect(operators(try optimized(program([y]))).contains("ConcatV2"))
    var feeds: [Value: Tensor] = [:]
    for (number, value) in [x, w, b, point, bias].enumerated() {
      let sample = Tensor.sample(value.shape.known!, seed: UInt64(number))
      feeds[value] = try sample.converted(to: .float32)
    }
    // The parts are fetched, so that they are computed apart.
    let apart = try Session(graph).run([z, narrow, wide], feeding: feeds)[0]
    #expect(try Session(graph).run([z], feeding: feeds)[0] == apart)
  }

  @Test func resultsArePooledAtOnce() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [1, 29, 29, 3])
    let w = graph.placeholder("w", Float32.self, shape: [3, 3, 3, 16])
    let y = relu(conv2D(x, w, strides: 2))
    let pooled = maxPool(y, size: 3, strides: 2)
    #expect(
      operators(try optimized(program([pooled]))) == ["_ArrangedFilters", "_PooledConvolution"])
    #expect(
      operators(try optimized(program([pooled, y])))
        == ["MaxPool", "_ArrangedFilters", "_Convolution"])
    let often = maxPool(y, size: 3, strides: 1)
    #expect(
      operators(try optimized(program([often]))) == ["MaxPool", "_ArrangedFilters", "_Convolution"])
  }
}
