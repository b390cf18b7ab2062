import GraphIR
import Tensors
import Testing

@testable import Operators

@Suite struct SupportReductionPlanTests {
  /// Sizes of an input and the axes to fold.
  static let cases: [([Int], [Int])] = [
    ([], []), ([1], [0]), ([7], []), ([7], [0]), ([3, 4], [0]), ([3, 4], [1]), ([2, 3, 4], [1]),
    ([2, 3, 4], [0, 2]), ([2, 3, 2, 3, 2], [1, 3]), ([2, 3, 2, 3, 2], [0, 2, 4]),
    ([2, 1, 3, 1], [1, 2]), ([1, 1, 1], [0, 2]), ([0], [0]), ([0, 3], [0]), ([3, 0], [0]),
    ([3, 0, 2], [1]), ([0, 3, 0], [0, 2]), ([2, 3, 0, 2], [0, 2]), ([100_003], [0]),
    ([3, 40_000], [1]), ([40_000, 3], [0]), ([3, 33_000], [0]), ([6, 3, 4000], [0, 2]),
    ([4000, 3, 6], [0, 2]), ([2, 200, 3, 100], [1, 3]), ([200, 2, 100, 3], [0, 2]),
    ([1000, 33], [1]), ([150, 700], [0]), ([2, 20_000, 2], [1]),
  ]

  @Test(arguments: cases)
  func addsEachElementOnce(_ sizes: [Int], _ axes: [Int]) throws {
    let count = sizes.reduce(1, *)
    let whole = try Tensor((0..<count).map { Int64($0 * 7 % 101) }, dimensions: sizes)
    let kept = sizes.indices.map { axes.contains($0) ? 1 : sizes[$0] }
    let expected = try sums(whole, kept)
    for type in [DataType.int64, .float64, .float32, .int32] {
      let input = try whole.converted(to: type)
      let output = [TensorType(type, Shape(kept))]
      let indices = Tensor(axes.map { Int32($0) })
      let operation = Sum(keepsDimensions: true)
      let result = try runKernel(operation, [input, indices], outputs: output)[0]
      // All sums of whole numbers are exact.
      #expect(try result.converted(to: .int64).elements(as: Int64.self) == expected, "\(type)")
      let backward = try runKernel(
        operation, [input, indices], outputs: output, workers: BackwardWorkers())[0]
      #expect(backward == result)
    }
  }

  @Test(arguments: cases)
  func dividesByTheNumberOfElements(_ sizes: [Int], _ axes: [Int]) throws {
    let whole = try Tensor(
      (0..<sizes.reduce(1, *)).map { Int64($0 * 7 % 201) }, dimensions: sizes)
    let kept = sizes.indices.map { axes.contains($0) ? 1 : sizes[$0] }
    let folded = axes.reduce(1) { $0 * sizes[$1] }
    let expected = try sums(whole, kept).map { folded == 0 ? 0 : $0 / Int64(folded) }
    for type in [DataType.int64, .int32, .uint8] {
      let result = try runKernel(
        Mean(keepsDimensions: true),
        [whole.converted(to: type), Tensor(axes.map { Int32($0) })],
        outputs: [TensorType(type, Shape(kept))])[0]
      #expect(try result.converted(to: .int64).elements(as: Int64.self) == expected, "\(type)")
    }
  }

  @Test func hugeSizesBesideZeroDoNotOverflow() {
    let plan = ReductionPlan(input: [0, 1 << 40, 1 << 40], axes: [1, 2])
    #expect(plan.resultCount == 0)
    let folded = ReductionPlan(input: [3, 0, 1 << 40, 1 << 40], axes: [1, 2, 3])
    #expect(folded.resultCount == 3)
    #expect(folded.foldedCount == 0)
  }

  @Test func sumsOfManyNumbersAreAccurate() throws {
    let elements = [Float](repeating: 0.1, count: 2_000_000)
    let exact = Double(Float(0.1)) * 2_000_000
    for (sizes, axes) in [([2_000_000], [0]), ([500_000, 4], [0]), ([4, 500_000], [1])] {
      let kept = sizes.indices.map { axes.contains($0) ? 1 : sizes[$0] }
      let result = try runKernel(
        Sum(keepsDimensions: true),
        [Tensor(elements, dimensions: sizes), Tensor(axes.map { Int32($0) })],
        outputs: [TensorType(.float32, Shape(kept))])[0]
      let wanted = exact / Double(result.elementCount)
      for number in try result.elements(as: Float.self) {
        #expect(abs(Double(number) / wanted - 1) < 1e-6)
      }
    }
  }

  /// The sums over all axes that have size 1 in `kept`, one by one.
  private func sums(_ tensor: Tensor, _ kept: [Int]) throws -> [Int64] {
    var result = [Int64](repeating: 0, count: kept.reduce(1, *))
    let sizes = tensor.dimensions
    for (position, element) in try tensor.elements(as: Int64.self).enumerated() {
      var (rest, target, running) = (position, 0, 1)
      for axis in sizes.indices.reversed() {
        if kept[axis] == sizes[axis] { target += rest % sizes[axis] * running }
        running *= kept[axis]
        rest /= sizes[axis]
      }
      result[target] += element
    }
    return result
  }
}
