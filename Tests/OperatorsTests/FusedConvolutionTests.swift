import StaticGraph
import Testing

@testable import Operators
@testable import Passes

/// Convolutions of `Float32` with arranged filters, against the same in `Float64`.
@Suite struct FusedConvolutionTests {
  /// A convolution and what follows it.
  struct Case: CustomStringConvertible, Sendable {
    var images: [Int]
    var filters: [Int]
    var strides: PerAxis = 1
    var padding: Padding = .same
    var explicitPaddings: [Int] = []

    var description: String {
      "\(images) by \(filters), strides \(strides.numbers), \(padding) \(explicitPaddings)"
    }

    /// The result, with and without a bias and an activation, and what flows back into images and
    /// filters.
    func run(_ type: DataType, threads: Int = 1) throws -> [Tensor] {
      let graph = Graph()
      var feeds: [Value: Tensor] = [:]
      func input(_ name: String, _ sizes: [Int]) throws -> Value {
        let value = graph.placeholder(name, type: TensorType(type, Shape(sizes)))
        // Single precision for both, so that they are the same numbers.
        let tensor = Tensor.sample(sizes, seed: UInt64(feeds.count + 1))
        feeds[value] = try tensor.converted(to: .float32).converted(to: type)
        return value
      }
      let (x, w) = (try input("x", images), try input("w", filters))
      let sums = conv2D(
        x, w, strides: strides, padding: padding, explicitPaddings: explicitPaddings)
      let flow = try input("flow", sums.shape.known!)
      let y = relu(biasAdd(sums, try input("b", [filters[3]])))
      let gradients = try graph.gradients(of: [sum(sums * flow)], withRespectTo: [x, w])
      let session = try Session(graph, options: SessionOptions(threads: threads))
      // Alone, so that nothing else needs the sums.
      return try session.run([y], feeding: feeds)
        + session.run([sums] + gradients, feeding: feeds)
    }
  }

  static let cases: [Case] = [
    Case(images: [1, 13, 13, 48], filters: [3, 3, 48, 64]),
    Case(images: [2, 27, 26, 16], filters: [3, 3, 16, 20]),
    Case(images: [3, 5, 7, 24], filters: [3, 3, 24, 16], padding: .valid),
    Case(images: [1, 60, 57, 8], filters: [3, 3, 8, 33]),
    Case(
      images: [1, 17, 15, 16], filters: [3, 3, 16, 16], padding: .explicit,
      explicitPaddings: [2, 0, 1, 3]),
    Case(images: [1, 4, 4, 128], filters: [3, 3, 128, 40]),
    Case(images: [2, 19, 19, 10], filters: [3, 3, 10, 16]),
    Case(images: [1, 31, 29, 20], filters: [1, 1, 20, 50]),
    Case(images: [2, 1, 1, 7], filters: [1, 1, 7, 3]),
    Case(images: [2, 20, 23, 3], filters: [7, 7, 3, 32]),
    Case(images: [1, 40, 41, 3], filters: [3, 3, 3, 64], strides: 2, padding: .valid),
    Case(images: [1, 9, 11, 5], filters: [5, 3, 5, 17], strides: [2, 1]),
    Case(images: [0, 13, 13, 16], filters: [3, 3, 16, 16]),
    Case(images: [0, 4, 4, 16], filters: [1, 1, 16, 16]),
  ]

  @Test(arguments: cases)
  func givesWhatDoubleGives(_ test: Case) throws {
    let expected = try test.run(.float64)
    for (single, double) in zip(try test.run(.float32), expected) {
      let numbers = try single.elements(as: Float.self).map(Double.init)
      let wanted = try double.elements(as: Double.self)
      #expect(numbers.count == wanted.count)
      let largest = wanted.reduce(0) { max($0, abs($1)) }
      let error = zip(numbers, wanted).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= 3e-5 * largest)
    }
  }

  @Test(arguments: cases)
  func threadsLeaveTheBits(_ test: Case) throws {
    let first = try test.run(.float32)
    for threads in [2, 3, 8] {
      #expect(try test.run(.float32, threads: threads) == first, "\(threads) threads")
    }
  }

  @Test func unlikelyNumbersPassThroughActivations() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [1, 1, 5, 1])
    let w = graph.placeholder("w", Float32.self, shape: [1, 1, 1, 1])
    let pixels = try Tensor([Float.nan, -1, -.infinity, .infinity, 7]).reshaped(to: [1, 1, 5, 1])
    let feeds = [x: pixels, w: try Tensor([Float(1)]).reshaped(to: [1, 1, 1, 1])]
    for (fused, apart) in [(relu(conv2D(x, w)), relu(x)), (relu6(conv2D(x, w)), relu6(x))] {
      let results = try [fused, apart].map {
        try Session(graph).run([$0], feeding: feeds)[0].elements(as: Float.self).map(\.description)
      }
      #expect(results[0] == results[1])
    }
  }
}
