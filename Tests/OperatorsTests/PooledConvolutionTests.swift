import StaticGraph
import Testing

/// Convolutions that are pooled at once, against the same one after the other.
@Suite struct PooledConvolutionTests {
  /// A convolution with a bias and the pooling of its results.
  struct Case: CustomStringConvertible, Sendable {
    var images: [Int]
    var filters: [Int]
    var strides: PerAxis = 1
    var padding = Padding.same
    var size: PerAxis = 2
    var steps: PerAxis = 2
    var pooledPadding = Padding.valid
    var explicitPaddings: [Int] = []

    var description: String {
      "\(images) by \(filters), strides \(strides.numbers), \(padding), pooled by \(size.numbers),"
        + " strides \(steps.numbers), \(pooledPadding) \(explicitPaddings)"
    }

    /// The pooled results, together with those of the convolution or without.
    func run(
      threads: Int = 1, apart: Bool = false, _ activation: (Value) -> Value = { relu($0) }
    ) throws -> Tensor {
      let graph = Graph()
      var feeds: [Value: Tensor] = [:]
      func input(_ name: String, _ sizes: [Int]) throws -> Value {
        let value = graph.placeholder(name, type: TensorType(.float32, Shape(sizes)))
        var numbers = try Tensor.sample(sizes, seed: UInt64(feeds.count + 1))
          .converted(to: .float32).elements(as: Float.self)
        // What comparisons may stumble over.
        if feeds.isEmpty, numbers.count > 40 {
          (numbers[7], numbers[numbers.count - 9]) = (.nan, -.infinity)
        }
        feeds[value] = try Tensor(numbers, dimensions: sizes)
        return value
      }
      let sums = conv2D(
        try input("x", images), try input("w", filters), strides: strides, padding: padding)
      let y = activation(biasAdd(sums, try input("b", [filters[3]])))
      let pooled = maxPool(
        y, size: size, strides: steps, padding: pooledPadding, explicitPaddings: explicitPaddings)
      let session = try Session(graph, options: SessionOptions(threads: threads))
      return try session.run(apart ? [pooled, y] : [pooled], feeding: feeds)[0]
    }
  }

  static let cases: [Case] = [
    Case(
      images: [1, 99, 71, 3], filters: [3, 3, 3, 64], strides: 2, padding: .valid, size: 3),
    Case(
      images: [3, 64, 67, 3], filters: [7, 7, 3, 32], strides: 2, size: 3, pooledPadding: .same),
    Case(
      images: [2, 40, 43, 4], filters: [5, 5, 4, 20], size: 3, pooledPadding: .explicit,
      explicitPaddings: [1, 2, 2, 1]),
    Case(images: [5, 28, 28, 1], filters: [5, 5, 1, 33]),
    Case(images: [2, 30, 31, 3], filters: [3, 5, 3, 17], size: [2, 6], steps: [3, 5]),
    Case(images: [1, 300, 420, 3], filters: [5, 5, 3, 8], size: 4, steps: 3),
    Case(images: [0, 20, 20, 3], filters: [3, 3, 3, 16]),
    // Not taken together: large windows, and those that overlap much.
    Case(images: [1, 30, 30, 3], filters: [3, 3, 3, 16], size: 7, steps: 7),
    Case(images: [1, 30, 30, 3], filters: [3, 3, 3, 16], size: 3, steps: 1),
  ]

  @Test(arguments: cases)
  func sameBitsAsOneAfterTheOther(_ test: Case) throws {
    #expect(try test.run() == test.run(apart: true))
    #expect(try test.run { $0 } == test.run(apart: true) { $0 })
    #expect(try test.run { relu6($0) } == test.run(apart: true) { relu6($0) })
  }

  @Test(arguments: cases)
  func threadsLeaveTheBits(_ test: Case) throws {
    let first = try test.run()
    for threads in [2, 3, 8] {
      #expect(try test.run(threads: threads) == first, "\(threads) threads")
    }
  }
}
