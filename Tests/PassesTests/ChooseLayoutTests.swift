import Differentiation
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Images have their channels last inside a plan, and results stay what they were.
@Suite struct ChooseLayoutTests {
  private let graph = Graph()

  private func chosen(_ values: [Value]) throws -> Program {
    let before = try program(values)
    let after = try mergeDuplicates.run(chooseLayout.run(before))
    try expectClose(before, after, roundings: 64)
    return after
  }

  private func transposes(_ program: Program) -> Int {
    operators(program).count { $0 == "Transpose" }
  }

  /// Two layers with all that follows convolutions, of images with channels second.
  private func network(_ x: Value) -> Value {
    func weights(_ name: String, _ sizes: [Int]) -> Value {
      graph.placeholder(name, Float32.self, shape: Shape(sizes))
    }
    var y = conv2D(
      pad(x, paddings: [[0, 0], [0, 0], [1, 2], [0, 1]]), weights("filter", [3, 3, 3, 8]),
      strides: 2,
      dataFormat: .nchw)
    y = relu(biasAdd(y, weights("bias", [8]), dataFormat: .nchw))
    y = maxPool(y, size: 2, strides: 1, padding: .same, dataFormat: .nchw)
    let narrow = conv2D(y, weights("point", [1, 1, 8, 4]), dataFormat: .nchw)
    let deep = depthwiseConv2D(
      y, weights("deep", [3, 3, 8, 1]), padding: .same, dataFormat: .nchw)
    y = concat([narrow, tanh(deep) * 0.5 + y], axis: 1)
    y = y * weights("scale", [1, 12, 1, 1]) + mean(y, axes: [2, 3], keepDimensions: true)
    return avgPool(y, size: 3, strides: 2, padding: .same, dataFormat: .nchw)
  }

  @Test func axesMoveOnceOnTheWayInAndOut() throws {
    let x = graph.placeholder("x", Float32.self, shape: [2, 3, 12, 13])
    let y = network(x)
    // Of the images, of what scales the channels, and of the result.
    #expect(transposes(try chosen([y])) == 3)
    #expect(transposes(try chosen([mean(y, axes: [2, 3])])) == 2)
    #expect(transposes(try chosen([sum(y), max(y, axes: [0, -1, 2])])) == 2)
  }

  @Test func gradientsHaveChannelsLastToo() throws {
    let x = graph.placeholder("x", Float32.self, shape: [2, 3, 12, 13])
    let loss = mean(square(network(x)))
    let weights = try ["filter", "bias", "point", "deep"].map { name in
      try #require(graph.node(named: name)).output
    }
    let gradients = try graph.gradient(of: loss, withRespectTo: weights + [x])
    let after = try chosen(gradients)
    for node in after.graph.nodes {
      #expect(ImageLayout(node.operation) == nil, "\(node.operatorName)")
    }
    #expect(transposes(after) <= 8, "\(operators(after))")
  }

  @Test func theFastConvolutionsAreChosen() throws {
    let x = graph.placeholder("x", Float32.self, shape: [1, 3, 12, 13])
    let names = operators(try optimized(program([network(x)])))
    #expect(names.contains("_Convolution"))
    #expect(!names.contains("Conv2D"))
  }

  @Test func othersStay() throws {
    let x = graph.placeholder("x", Float32.self, shape: [1, 4, 6, 6])
    let w = graph.placeholder("w", Float32.self, shape: [3, 3, 4, 4])
    let wide = graph.placeholder("wide", Float64.self, shape: [1, 4, 6, 6])
    let filter = graph.placeholder("f", Float64.self, shape: [3, 3, 4, 4])
    for value in [
      // Channels last, another type, and no convolution at all.
      relu(conv2D(x, graph.placeholder("l", Float32.self, shape: [3, 3, 6, 4]))),
      relu(conv2D(wide, filter, dataFormat: .nchw)),
      relu(maxPool(x, size: 2, strides: 2, dataFormat: .nchw)),
    ] {
      let before = try program([value])
      #expect(operators(try chooseLayout.run(before)) == operators(before))
    }
    // A fold that leaves axes in another order reads them as they were.
    let y = conv2D(x, w, dataFormat: .nchw)
    #expect(transposes(try chosen([sum(y, axes: [1])])) == 1)
    #expect(transposes(try chosen([sum(y, axes: [3])])) == 2)
  }
}
