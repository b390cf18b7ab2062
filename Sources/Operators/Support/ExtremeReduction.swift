import GraphIR
import Tensors

/// The gradient of a largest or smallest element: it goes in equal parts to all that are equal
/// to it.
func extremeGradient(_ g: GradientContext) -> Value {
  let chosen = equality(keepingAxes(g.output, of: g), g.x)
  let count = keepingAxes(sum(chosen, axes: g.y), of: g)
  return chosen / count * keepingAxes(g.outputGradient, of: g)
}

/// What the largest and the smallest element are tried with beyond what every reduction is.
@_optimize(none)
func extremeSamples(_ operation: any Operator) -> [Sample] {
  [
    Sample(
      "equal elements", operation, [Tensor([1.0, 3, 3, 0]), Tensor([Int32(0)])],
      differentiable: false),
    Sample(
      "no numbers", operation,
      [
        try! Tensor([1, Double.nan, 3, .infinity, 2, -.infinity], dimensions: [2, 3]),
        Tensor([Int32(1)]),
      ], everyType: false, differentiable: false),
    Sample(
      "of nothing", operation, [.sample([0, 2]), Tensor([Int32(0)])], differentiable: false),
  ]
}
