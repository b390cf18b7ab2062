import GraphIR
import Tensors

/// What every reduction of truth values is tried with.
@_optimize(none)
func truthSamples<Op: Reduction>(_ type: Op.Type) -> [Sample] {
  func truths(_ sizes: [Int], seed: UInt64 = 1) -> Tensor {
    try! Tensor(
      Tensor.sample(sizes, seed: seed).elements(as: Double.self).map { $0 > 0 }, dimensions: sizes)
  }
  func make(_ label: String, keeping: Bool = false, _ input: Tensor, _ axes: Tensor) -> Sample {
    Sample(label, Op(keepsDimensions: keeping), [input, axes], differentiable: false)
  }
  let mixed = try! Tensor([true, true, true, false, false, false], dimensions: [3, 2])
  return [
    make("the last axis", mixed, Tensor([Int32(1)])),
    make("the first axis, kept", keeping: true, mixed, Tensor([Int64(0)])),
    make("all axes", truths([2, 3, 2]), Tensor([Int32(0), 1, -1])),
    make("no axes", mixed, Tensor([Int32]())),
    make("the middle axis", truths([3, 3, 5], seed: 2), Tensor(Int32(1))),
    make("a scalar", Tensor(true), Tensor([Int32]())),
    make("of nothing", try! Tensor([Bool](), dimensions: [0, 2]), Tensor([Int32(0)])),
    make("many elements", truths([3, 30_011]), Tensor([Int32(1)])),
    make("many rows", truths([30_011, 3]), Tensor([Int32(0)])),
    Sample(
      failing: "an axis that does not exist", Op(), [mixed, Tensor([Int32(2)])],
      message: "input is Bool[3, 2], which has no axis 2"),
    Sample(
      failing: "numbers", Op(), [.sample([2]), Tensor([Int32(0)])],
      message: "input must be Bool, but it is Float64[2]"),
  ]
}
