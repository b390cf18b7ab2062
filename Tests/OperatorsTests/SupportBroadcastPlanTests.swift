import GraphIR
import Tensors
import Testing

@testable import Operators

@Suite struct SupportBroadcastPlanTests {
  /// Sizes of two inputs that broadcast.
  static let shapes: [([Int], [Int])] = [
    ([], []), ([1], []), ([1, 1], [1]), ([3], [1]), ([2, 3], [3]), ([2, 1], [2, 3]),
    ([3, 1], [1, 4]), ([2, 1, 3, 1], [2, 5, 1, 4]), ([1, 2, 1, 3], [4, 1, 5, 1]),
    ([2, 3, 4], [3, 1]), ([2, 3, 4], [2, 1, 4]), ([0, 3], [1, 3]), ([2, 1], [1, 0]),
    ([2, 1, 2, 1, 2], [1, 3, 1, 3, 1]), ([5000, 7], [7]), ([5000, 7], [5000, 1]),
    ([3, 1], [3, 70_000]), ([70_001], [1]), ([70_001], [70_001]), ([200, 200], [200, 1]),
    ([40, 1, 50], [1, 20, 50]), ([40, 1, 50], [40, 20, 1]), ([1, 40_000], [2, 1]),
  ]

  @Test(arguments: shapes)
  func subtractsEachPair(_ x: [Int], _ y: [Int]) throws {
    for (x, y) in [(x, y), (y, x)] {
      let output = try #require(Shape(x).broadcast(with: Shape(y)))
      let (left, right) = (Tensor.sample(x), Tensor.sample(y, seed: 2))
      let result = try runKernel(
        Sub(), [left, right], outputs: [TensorType(.float64, output)])[0]
      let sizes = try #require(output.known)
      let (lefts, rights) = try (repeated(left, to: sizes), repeated(right, to: sizes))
      #expect(try result.elements(as: Double.self) == zip(lefts, rights).map { $0 - $1 })
      let backward = try runKernel(
        Sub(), [left, right], outputs: [TensorType(.float64, output)],
        workers: BackwardWorkers())[0]
      #expect(backward == result)
    }
  }

  @Test(arguments: shapes)
  func repeatsEachInput(_ x: [Int], _ y: [Int]) throws {
    let output = try #require(Shape(x).broadcast(with: Shape(y)))
    let sizes = try #require(output.known)
    for (input, type) in [(x, DataType.float64), (y, .int32), (x, .uint8), (y, .float16)] {
      let tensor = try Tensor.sample(input, in: 0...100).converted(to: type)
      let result = try runKernel(
        BroadcastTo(), [tensor, Tensor(sizes)], outputs: [TensorType(type, output)])[0]
      let expected = try repeated(tensor.converted(to: .float64), to: sizes)
      #expect(try result.converted(to: .float64).elements(as: Double.self) == expected)
    }
  }

  /// The elements of a tensor of `Float64` repeated to other sizes, one by one.
  private func repeated(_ tensor: Tensor, to sizes: [Int]) throws -> [Double] {
    let elements = try tensor.elements(as: Double.self)
    var strides = [Int](repeating: 0, count: sizes.count)
    var running = 1
    for (axis, size) in zip(sizes.indices.reversed(), tensor.dimensions.reversed()) {
      strides[axis] = size == 1 ? 0 : running
      running *= size
    }
    var result: [Double] = []
    result.reserveCapacity(sizes.reduce(1, *))
    func append(_ axis: Int, _ offset: Int) {
      if axis == sizes.count { return result.append(elements[offset]) }
      for index in 0..<sizes[axis] { append(axis + 1, offset + index * strides[axis]) }
    }
    append(0, 0)
    return result
  }
}
