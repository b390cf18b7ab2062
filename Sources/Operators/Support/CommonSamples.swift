import GraphIR
import Tensors

/// What every elementwise operator with two inputs is tried with.
///
/// - Parameters:
///   - x: Where the numbers of the first input lie.
///   - y: Where the numbers of the second input lie.
@_optimize(none)
func broadcastSamples(
  _ operation: any Operator, x: ClosedRange<Double> = -2...2, y: ClosedRange<Double> = -2...2
) -> [Sample] {
  let names = type(of: operation).signature.inputs.map(\.name)
  func make(_ label: String, _ first: [Int], _ second: [Int]) -> Sample {
    Sample(label, operation, [.sample(first, in: x), .sample(second, in: y, seed: 2)])
  }
  return [
    make("equal shapes", [2, 3], [2, 3]),
    make("scalars", [], []),
    make("a row to a matrix", [3, 4], [4]),
    make("a column against a row", [3, 1], [1, 4]),
    make("sizes of 1 in the middle", [2, 1, 3], [2, 4, 1]),
    make("nothing", [0, 3], [1, 3]),
    Sample(
      failing: "shapes that do not broadcast", operation, [.sample([2, 3]), .sample([2, 4])],
      message: "the shapes do not broadcast: \(names[0]) is Float64[2, 3],"
        + " \(names[1]) is Float64[2, 4]"),
    Sample(
      failing: "types that differ", operation, [.sample([2]), Tensor([Float(1), 2])],
      message: "\(names[0]) is Float64[2], but \(names[1]) is Float32[2];"
        + " both must have the same type of elements"),
  ]
}

/// What every elementwise operator with two inputs that gives 0 for a 0 is tried with.
///
/// - Parameter x: Where the numbers of the first input lie.
@_optimize(none)
func zeroSamples(_ operation: any Operator, x: ClosedRange<Double>) -> [Sample] {
  broadcastSamples(operation, x: x, y: 1...3) + [
    Sample(
      "zeros", operation, [Tensor([0.0, 1, -1, 0]), Tensor([0.0, 0, 0, 2])],
      differentiable: false),
    Sample(
      "special numbers", operation,
      [
        Tensor([Double.nan, 0, .infinity, -.infinity, 1, 0, 1]),
        Tensor([0, Double.nan, 0, 2, .infinity, -.infinity, .nan]),
      ], differentiable: false),
  ]
}

/// What every elementwise operator with one input is tried with.
///
/// - Parameter range: Where the numbers of the input lie.
@_optimize(none)
func unarySamples(
  _ operation: any Operator, in range: ClosedRange<Double> = -2...2
) -> [Sample] {
  let signature = type(of: operation).signature
  let (name, allowed) = (signature.inputs[0].name, signature.types[0].allowed)
  return [
    Sample("a matrix", operation, [.sample([3, 5], in: range)]),
    Sample("a scalar", operation, [.sample([], in: range)]),
    Sample("nothing", operation, [.sample([2, 0], in: range)]),
    Sample("many elements", operation, [.sample([70_001], in: range)], differentiable: false),
    Sample(
      failing: "truth values", operation, [Tensor([true, false])],
      message: "\(name) must be \(allowed), but it is Bool[2]"),
  ]
}
