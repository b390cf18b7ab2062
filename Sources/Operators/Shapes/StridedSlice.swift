import GraphIR
import Tensors

/// Every so many elements of a box of a tensor, forward or backward.
public struct StridedSlice: StridedSlicing {
  public static let name = "StridedSlice"
  public static let summary = "Every so many elements of a box of a tensor, forward or backward."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("begin", "Index", label: "begin"),
      .init("end", "Index", label: "end"), .init("strides", "Index", label: "strides"),
    ],
    outputs: [.init("output", "T")], types: ["T": .any, "Index": [.int16, .int32, .int64]])
  public static let shapeInputs = [1, 2, 3]

  public var masks = StridedSliceMasks()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try resultShape(request, of: request.shape(0), named: "input", first: 1)]
  }

  // What flows back goes to the elements that were taken; the others get zeros.
  public static let gradient = GradientRule.rule { g in
    let masks = g.operation(as: StridedSlice.self).masks
    // The gradient's indices are `Int32` or `Int64`.
    let type: DataType = g.y.dataType == .int64 ? .int64 : .int32
    let places = g.inputs.dropFirst().map { cast($0, to: type) }
    let back = g.graph.append(
      StridedSliceGrad(masks), [shapeTensor(g.x, type)] + places + [g.outputGradient],
      origin: .unknown)
    return [back.output, nil, nil, nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    let sizes = request.inputSizes(0)
    guard request.outputCount() == request.inputCount(0),
      let box = try? box(request, of: sizes, first: 1)
    else { return false }
    return sizes.indices.allSatisfy { sizes[$0] == 1 || box.strides[$0] == 1 }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let sizes = request.inputSizes(0)
    let box = try box(request, of: sizes, first: 1)
    let taken = box.sizes.map { $0! }
    return try movementKernel(
      request.inputs[0].dataType,
      [Movement(taken, from: box.place(in: sizes), to: .whole(taken))])
  }

  private static func sample(
    _ label: String, masks: StridedSliceMasks = StridedSliceMasks(), _ sizes: [Int],
    _ begin: [Int32], _ end: [Int32], _ strides: [Int32]
  ) -> Sample {
    Sample(
      label, StridedSlice(masks), [.sample(sizes), Tensor(begin), Tensor(end), Tensor(strides)])
  }

  private static func sample(
    failing label: String, masks: StridedSliceMasks = StridedSliceMasks(), _ sizes: [Int],
    _ begin: [Int32], _ end: [Int32], _ strides: [Int32], message: String
  ) -> Sample {
    Sample(
      failing: label, StridedSlice(masks),
      [.sample(sizes), Tensor(begin), Tensor(end), Tensor(strides)], message: message)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("a box", [3, 4], [1, 0], [3, 2], [1, 1]),
      sample("every other column", [2, 5], [0, 0], [2, 5], [1, 2]),
      sample("backward", [5], [4], [0], [-2]),
      sample("backward to the first", masks: .init(begin: 1, end: 1), [5], [0], [0], [-1]),
      sample("from and up to", masks: .init(begin: 2, end: 1), [3, 4], [1, 9], [0, -1], [1, 1]),
      sample("beyond the ends", [4], [-9], [9], [1]),
      sample("a row", masks: .init(shrinkAxis: 1), [3, 4], [-1], [0], [1]),
      sample("an element", masks: .init(shrinkAxis: 3), [3, 4], [1, -2], [2, 0], [1, 1]),
      sample("a new axis", masks: .init(end: 2, newAxis: 1), [3], [0, 0], [0, 0], [1, 1]),
      sample(
        "the last axis", masks: .init(ellipsis: 1, shrinkAxis: 2), [2, 3, 4], [0, 1], [0, 2],
        [1, 1]),
      sample(
        "an ellipsis in the middle", masks: .init(begin: 4, ellipsis: 2, newAxis: 8, shrinkAxis: 1),
        [2, 3, 2, 4], [1, 0, 0, 0], [0, 0, 3, 0], [1, 1, 2, 1]),
      sample("fewer positions than axes", [3, 2], [1], [3], [1]),
      sample("nothing", [3], [2], [1], [1]),
      sample("from nothing", [0, 3], [0], [0], [1]),
      sample(
        failing: "no stride", [3], [0], [2], [0], message: "strides must not be 0, as on axis 0"),
      sample(
        failing: "no such element", masks: .init(shrinkAxis: 1), [3], [3], [4], [1],
        message: "input has shape [3], so that axis 0 has no element 3"),
      sample(
        failing: "too many positions", [3], [0, 0], [1, 1], [1, 1],
        message: "begin speaks of 2 axes, but input has shape [3]"),
      sample(
        failing: "lengths that differ", [3], [0], [1, 1], [1],
        message: "begin holds 1 integers, but end holds 2"),
    ]
  }
}

/// Every so many elements of a box of a tensor, forward or backward.
///
/// - Parameters:
///   - input: Any tensor.
///   - begin: The first position on each axis, a negative one counted from the end.
///   - end: The position behind the last on each axis, a negative one counted from the end.
///   - strides: The step on each axis, not 0; a negative one goes backward.
///   - beginMask: A bit for each axis whose slice begins at the first element, whatever `begin`
///     says; at the last one where it goes backward.
///   - endMask: A bit for each axis whose slice goes on to the other end.
///   - ellipsisMask: A bit for the position, at most one, that stands for all axes that are not
///     spoken of.
///   - newAxisMask: A bit for each position that stands for a new axis of size 1.
///   - shrinkAxisMask: A bit for each position that chooses the single element at `begin`, whose
///     axis is left out of the result.
public func stridedSlice(
  _ input: Value, begin: [Int], end: [Int], strides: [Int], beginMask: Int = 0, endMask: Int = 0,
  ellipsisMask: Int = 0, newAxisMask: Int = 0, shrinkAxisMask: Int = 0, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let fits = (begin + end + strides).allSatisfy { Int32(exactly: $0) != nil }
  let places = [begin, end, strides].map { input.graph.vector($0, fits ? .int32 : .int64) }
  let masks = StridedSliceMasks(
    begin: beginMask, end: endMask, ellipsis: ellipsisMask, newAxis: newAxisMask,
    shrinkAxis: shrinkAxisMask)
  return input.graph.append(
    StridedSlice(masks), [input] + places, name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
