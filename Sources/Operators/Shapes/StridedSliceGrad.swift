import GraphIR
import Tensors

/// What flows back through a strided slice, with zeros where no element was taken.
public struct StridedSliceGrad: StridedSlicing {
  public static let name = "StridedSliceGrad"
  public static let summary =
    "What flows back through a strided slice, with zeros where no element was taken."
  public static let signature = Signature(
    inputs: [
      .init("shape", "Index"), .init("begin", "Index"), .init("end", "Index"),
      .init("strides", "Index"), .init("dy", "T"),
    ],
    outputs: [.init("output", "T")], types: ["T": .any, "Index": .index])
  public static let shapeInputs = [0, 1, 2, 3]
  public static let function: GraphFunction? = nil

  public var masks = StridedSliceMasks()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "shape")
    let whole = try statedShape(request, 0, named: "shape")
    let taken = try resultShape(request, of: whole, named: "the output", first: 1)
    guard taken.isCompatible(with: request.shape(4)) else {
      throw ShapeError("dy is \(request.inputs[4]), but the slice has shape \(taken)")
    }
    return [whole]
  }

  // ∂: the elements that dy went to.
  public static let gradient = GradientRule.rule { g in
    let masks = g.operation(as: StridedSliceGrad.self).masks
    let back = g.graph.append(
      StridedSlice(masks), [g.outputGradient] + g.inputs[1...3], origin: .unknown)
    return [nil, nil, nil, nil, back.output]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let sizes = request.outputSizes()
    let clear = MovementPhase([
      Movement(sizes, from: .single(-1, rank: sizes.count), to: .whole(sizes))
    ])
    if request.inputCount(4) == 0 {
      return try movementKernel(request.outputs[0].dataType, [clear])
    }
    let box = try box(request, of: sizes, first: 1)
    let taken = box.sizes.map { $0! }
    let back = Movement(taken, from: .whole(taken, number: 4), to: box.place(in: sizes))
    return try movementKernel(request.outputs[0].dataType, [clear, MovementPhase([back])])
  }

  private static func sample(
    _ label: String, masks: StridedSliceMasks = StridedSliceMasks(), _ sizes: [Int32],
    _ begin: [Int32], _ end: [Int32], _ strides: [Int32], _ taken: [Int]
  ) -> Sample {
    Sample(
      label, StridedSliceGrad(masks),
      [Tensor(sizes), Tensor(begin), Tensor(end), Tensor(strides), .sample(taken)])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("a box", [3, 4], [1, 0], [3, 2], [1, 1], [2, 2]),
      sample("backward", [5], [4], [0], [-2], [2]),
      sample("a row", masks: .init(shrinkAxis: 1), [3, 4], [-1], [0], [1], [4]),
      sample(
        "a new axis", masks: .init(end: 2, newAxis: 1), [3], [0, 0], [0, 0], [1, 1], [1, 3]),
      sample(
        "the last axis", masks: .init(ellipsis: 1, shrinkAxis: 2), [2, 3, 4], [0, 1], [0, 2],
        [1, 1],
        [2, 3]),
      sample("nothing", [3], [2], [1], [1], [0]),
      Sample(
        failing: "another shape", StridedSliceGrad(),
        [
          Tensor([Int32(3)]), Tensor([Int32(0)]), Tensor([Int32(2)]), Tensor([Int32(1)]),
          .sample([3]),
        ], message: "dy is Float64[3], but the slice has shape [2]"),
    ]
  }
}
