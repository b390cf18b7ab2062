import GraphIR
import Tensors

/// What GatherV2 is tried with.
@_optimize(none)
var gatherSamples: [Sample] {
  let matrix = try! Tensor([Int32(0), 1, 2, 2], dimensions: [2, 2])
  func make(
    _ label: String, sharing batchRank: Int = 0, _ params: [Int], _ indices: Tensor, _ axis: Tensor
  ) -> Sample {
    Sample(label, GatherV2(batchRank: batchRank), [.sample(params), indices, axis])
  }
  func fails(
    _ label: String, sharing batchRank: Int = 0, _ params: [Int], _ indices: Tensor, _ axis: Tensor,
    _ message: String
  ) -> Sample {
    Sample(
      failing: label, GatherV2(batchRank: batchRank), [.sample(params), indices, axis],
      message: message)
  }
  return [
    make("rows", [4, 3], Tensor([Int32(2), 0, 2]), Tensor(Int32(0))),
    make("one element", [4], Tensor(Int64(3)), Tensor(Int32(0))),
    make("columns", [2, 4], Tensor([Int32(3), 3, 1]), Tensor(Int64(1))),
    make("a negative axis", [2, 3, 4], matrix, Tensor(Int32(-2))),
    make("a matrix of indices", [3, 2], matrix, Tensor(Int32(0))),
    make("one column", [2, 4, 2], Tensor(Int32(1)), Tensor(Int32(1))),
    make("no indices", [3, 2], Tensor([Int32]()), Tensor(Int32(1))),
    make("of empty rows", [3, 0], Tensor([Int32(1)]), Tensor(Int32(0))),
    make("a shared axis", sharing: 1, [2, 3, 2], matrix, Tensor(Int32(1))),
    make("a shared axis, axis 2", sharing: 1, [2, 2, 3], matrix, Tensor(Int32(2))),
    make("a shared axis, counted from the end", sharing: -1, [2, 3], matrix, Tensor(Int32(1))),
    make("two shared axes", sharing: 2, [2, 2, 3], matrix, Tensor(Int32(-1))),
    Sample(
      "many rows", GatherV2(),
      [
        .sample([100, 50]),
        try! Tensor((0..<3000).map { Int32($0 % 100) }, dimensions: [30, 100]), Tensor(Int32(0)),
      ], differentiable: false),
    fails(
      "a scalar", [], Tensor([Int32(0)]), Tensor(Int32(0)), "params is Float64, which has no axis 0"
    ),
    fails(
      "an axis that does not exist", [2], Tensor([Int32(0)]), Tensor(Int32(1)),
      "params is Float64[2], which has no axis 1"),
    fails(
      "more shared axes than indices have", sharing: 2, [2, 2, 2], Tensor([Int32(0)]),
      Tensor(Int32(2)), "batchDimensions is 2, but indices is Int32[1]"),
    fails(
      "shared axes beyond the axis", sharing: 1, [2, 3], matrix, Tensor(Int32(0)),
      "batchDimensions is 1, which is beyond axis 0 of params, Float64[2, 3]"),
    fails(
      "shared axes that differ", sharing: 1, [3, 3], matrix, Tensor(Int32(1)),
      "params is Float64[3, 3], but indices is Int32[2, 2]; the first 1 sizes must be the same"),
    fails(
      "a vector of axes", [2], Tensor([Int32(0)]), Tensor([Int32(0)]),
      "axis must have rank 0, but it is Int32[1]"),
  ]
}
