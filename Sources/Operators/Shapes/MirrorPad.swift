import GraphIR
import Tensors

/// A tensor that goes on beyond its borders as in a mirror.
public struct MirrorPad: MovingOperator {
  public static let name = "MirrorPad"
  public static let summary = "A tensor that goes on beyond its borders as in a mirror."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("paddings", "Tpaddings", label: "paddings")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tpaddings": .index])
  public static let attributes: [Attribute<MirrorPad>] = [
    .init("mode", \.mode, "Whether the border itself is mirrored.", isRequired: true)
  ]
  public static let shapeInputs = [1]

  /// Whether the border itself is mirrored.
  public var mode = MirrorPadMode.reflect

  public init() {}

  /// Mirrors in that way.
  public init(_ mode: MirrorPadMode) {
    self.mode = mode
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let shape = try request.paddedShape { size, widths, axis in
      try mode.check(size, widths, axis, "input is \(request.inputs[0]), which")
      return try request.widened(size, widths, axis)
    }
    return [shape]
  }

  // Each element gathers what flows back into its mirror images.
  public static let gradient = GradientRule.rule { g in
    let mode = g.operation(as: MirrorPad.self).mode
    let back = g.graph.append(MirrorPadGrad(mode), [g.outputGradient, g.y], origin: .unknown)
    return [back.output, nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let boxes = try mode.boxes(
      small: request.inputSizes(0), large: request.outputSizes(),
      PaddingWidths.pairs(request.integers(1)))
    return try movementKernel(
      request.inputs[0].dataType,
      boxes.map { Movement($0.sizes, from: $0.small, to: $0.large) })
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", MirrorPad(), [.sample([4]), Pad.paddings([3, 1])]),
      Sample(
        "a vector, border twice", MirrorPad(.symmetric), [.sample([3]), Pad.paddings([2, 3])]),
      Sample("a matrix", MirrorPad(), [.sample([3, 4]), Pad.paddings([1, 2, 2, 1])]),
      Sample(
        "images", MirrorPad(.symmetric),
        [.sample([2, 2, 3, 2]), Pad.paddings([0, 0, 1, 1, 2, 0, 0, 0])]),
      Sample("no paddings", MirrorPad(), [.sample([2]), Pad.paddings([0, 0])]),
      // TensorFlow's gradient refuses a tensor without elements.
      Sample(
        "nothing", MirrorPad(.symmetric), [.sample([0, 2]), Pad.paddings([0, 0, 1, 1])],
        differentiable: false),
      Sample(
        failing: "more than there is", MirrorPad(), [.sample([3]), Pad.paddings([3, 0])],
        message:
          "input is Float64[3], which has size 3 on axis 0, so that at most 2 elements can be"
          + " mirrored, but paddings asks for 3 and 0"),
    ]
  }
}

/// A tensor that goes on beyond its borders as in a mirror.
///
/// - Parameters:
///   - input: Any tensor.
///   - paddings: For each axis how many elements to put before and behind, at most as many as
///     there are to mirror: `[[1, 1], [0, 2]]`.
///   - mode: Whether the border itself is mirrored.
public func mirrorPad(
  _ input: Value, paddings: [[Int]], mode: MirrorPadMode, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let widths = paddingsConstant(paddings, "mirrorPad", input.graph, origin)
  return input.graph.append(MirrorPad(mode), [input, widths], name: name, origin: origin).output
}
