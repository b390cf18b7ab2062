import GraphIR
import Tensors

/// What every elementwise operator with two inputs is tried with.
///
/// - Parameter y: Where the numbers of the second input lie.
func broadcastSamples(
  _ operation: any Operator, y range: ClosedRange<Double> = -2...2
) -> [Sample] {
  [
    Sample(
      "equal shapes", operation, [.sample([2, 3]), .sample([2, 3], in: range, seed: 2)]),
    Sample("scalars", operation, [.sample([]), .sample([], in: range, seed: 2)]),
    Sample("a row to a matrix", operation, [.sample([3, 4]), .sample([4], in: range, seed: 2)]),
    Sample(
      "a column against a row", operation, [.sample([3, 1]), .sample([1, 4], in: range, seed: 2)]),
    Sample(
      "sizes of 1 in the middle", operation,
      [.sample([2, 1, 3]), .sample([2, 4, 1], in: range, seed: 2)]),
    Sample("nothing", operation, [.sample([0, 3]), .sample([1, 3], in: range, seed: 2)]),
    Sample(
      failing: "shapes that do not broadcast", operation, [.sample([2, 3]), .sample([2, 4])],
      message: "the shapes do not broadcast: x is Float64[2, 3], y is Float64[2, 4]"),
    Sample(
      failing: "types that differ", operation, [.sample([2]), Tensor([Float(1), 2])],
      message: "x is Float64[2], but y is Float32[2]; both must have the same type of elements"),
  ]
}

/// What every elementwise operator with one input is tried with.
///
/// - Parameter range: Where the numbers of the input lie.
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
