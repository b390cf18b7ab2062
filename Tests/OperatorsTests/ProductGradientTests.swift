import StaticGraph
import Testing

/// Gradients of products, and the gradients of these, where some of the factors are 0.
@Suite struct ProductGradientTests {
  /// The gradient of Σ weight · Π x over the positions of each product, and the gradient of its
  /// product with a direction: term by term.
  private func derivatives(
    of products: [[Int]], _ x: [Double], _ weights: [Double], _ direction: [Double]
  ) -> [[Double]] {
    var first = [Double](repeating: 0, count: x.count)
    var second = first
    for (product, weight) in zip(products, weights) {
      func others(_ left: Int...) -> Double {
        product.filter { !left.contains($0) }.reduce(weight) { $0 * x[$1] }
      }
      for k in product {
        first[k] += others(k)
        for l in product where l != k { second[k] += direction[l] * others(k, l) }
      }
    }
    return [first, second]
  }

  /// Compares with zeros in some places.
  ///
  /// - Parameter isOpen: Whether the graph is not told of the shape, and the axes are fed.
  private func check(
    _ sizes: [Int], _ axes: Tensor, _ products: [[Int]], isOpen: Bool = false,
    _ build: (Value, Value) -> Value
  ) throws {
    let count = sizes.reduce(1, *)
    for zeros in isOpen ? [[0, 1, 3]] : [[], [1], [0, 1], [1, 3, 4], Array(0..<count)] {
      var numbers = try Tensor.sample([count]).elements(as: Double.self)
      for place in zeros where place < count { numbers[place] = 0 }
      let x = try Tensor(numbers, dimensions: sizes)
      let direction = Tensor.sample(sizes, seed: 2)
      let weights = Tensor.sample([products.count], seed: 3)
      let expected = try derivatives(
        of: products, numbers, weights.elements(), direction.elements())
      let graph = Graph()
      let value = graph.placeholder(
        "x", type: TensorType(.float64, isOpen ? .unknown : Shape(sizes)))
      let fed = graph.placeholder("axes", type: axes.type)
      let result = build(value, isOpen ? fed : graph.constant(axes))
      let loss = sum(reshape(result, to: [-1]) * graph.constant(weights), axes: [0])
      let first = try graph.gradient(of: loss, withRespectTo: value)
      let slope = sum(reshape(first * graph.constant(direction), to: [-1]), axes: [0])
      let second = try graph.gradients(
        of: [slope], withRespectTo: [value], unconnected: .zeros)[0]
      let found = try Session(graph).run([first, second], feeding: [value: x, fed: axes])
      for (mine, right) in zip(found, expected) {
        #expect(mine.dimensions == sizes)
        let apart = try zip(mine.elements(as: Double.self), right).map { abs($0 - $1) }
        #expect(apart.allSatisfy { $0 < 1e-12 }, "sizes \(sizes), zeros \(zeros)")
      }
    }
  }

  @Test(arguments: [false, true])
  func overAxes(isOpen: Bool) throws {
    let outer = [[0, 1, 4, 5], [2, 3, 6, 7]]
    try check([2, 2, 2], Tensor([Int32(-1), 0]), outer, isOpen: isOpen) { prod($0, axes: $1) }
    try check([2, 3], Tensor(Int32(-1)), [[0, 1, 2], [3, 4, 5]], isOpen: isOpen) {
      prod($0, axes: $1)
    }
    try check([2, 2], Tensor([Int32]()), [[0], [1], [2], [3]], isOpen: isOpen) {
      prod($0, axes: $1)
    }
    try check([2, 3], Tensor([Int32(1), 0]), [Array(0..<6)]) {
      prod($0, axes: $1, keepDimensions: true)
    }
  }

  @Test(arguments: [false, true], [false, true])
  func running(exclusive: Bool, reverse: Bool) throws {
    let size = 5
    let vector = (sizes: [size], lines: [Array(0..<size)])
    let middleAxis = (
      sizes: [2, size, 2],
      lines: [0, 1, 10, 11].map { start in (0..<size).map { start + 2 * $0 } }
    )
    for (sizes, lines) in [vector, middleAxis] {
      var products = [[Int]](repeating: [], count: sizes.reduce(1, *))
      for line in lines {
        for (number, place) in line.enumerated() {
          let passed = reverse ? line[(number + 1)...] : line[..<number]
          products[place] = passed + (exclusive ? [] : [place])
        }
      }
      for isOpen in exclusive != reverse ? [false, true] : [false] {
        try check(sizes, Tensor(Int32(sizes.count > 1 ? -2 : 0)), products, isOpen: isOpen) {
          cumprod($0, axis: $1, exclusive: exclusive, reverse: reverse)
        }
      }
    }
  }
}
