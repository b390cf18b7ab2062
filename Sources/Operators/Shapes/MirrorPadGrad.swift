import GraphIR
import Tensors

/// What flows back through a mirrored padding: each element gathers its mirror images.
public struct MirrorPadGrad: MovingOperator {
  public static let name = "MirrorPadGrad"
  public static let summary =
    "What flows back through a mirrored padding: each element gathers its mirror images."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("paddings", "Tpaddings")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tpaddings": .index])
  public static let attributes: [Attribute<MirrorPadGrad>] = [
    .init("mode", \.mode, "Whether the border itself is mirrored.", isRequired: true)
  ]
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = nil

  /// Whether the border itself is mirrored.
  public var mode = MirrorPadMode.reflect

  public init() {}

  /// The gradient of that padding.
  public init(_ mode: MirrorPadMode) {
    self.mode = mode
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let shape = try request.paddedShape { size, widths, axis in
      guard widths.before <= size, widths.after <= size - widths.before else {
        throw ShapeError(
          "input is \(request.inputs[0]), but the paddings of axis \(axis) are \(widths.before) and"
            + " \(widths.after)")
      }
      let inner = size - widths.before - widths.after
      try mode.check(inner, widths, axis, "the output")
      return inner
    }
    return [shape]
  }

  public static let gradient = GradientRule.rule { g in
    let mode = g.operation(as: MirrorPadGrad.self).mode
    let back = g.graph.append(MirrorPad(mode), [g.outputGradient, g.y], origin: .unknown)
    return [back.output, nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let boxes = try mode.boxes(
      small: request.outputSizes(), large: request.inputSizes(0),
      PaddingWidths.pairs(request.integers(1)))
    // Boxes overlap in the output, so that they are added one after the other.
    let phases = boxes.enumerated().map { number, box in
      MovementPhase(
        [Movement(box.sizes, from: box.large, to: box.small)], isAdding: number > 0)
    }
    return try movementKernel(request.inputs[0].dataType, phases)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(
      operations: Double(request.inputCount(0) - request.outputCount()),
      bytesMoved: Cost.moving(request))
  }

  // Truth values, which the signature allows, cannot be added.
  private static func sample(
    _ label: String, _ mode: MirrorPadMode, _ sizes: [Int], _ paddings: [Int32],
    in type: DataType = .float64
  ) -> Sample {
    Sample(
      label, MirrorPadGrad(mode),
      [try! Tensor.sample(sizes).converted(to: type), Pad.paddings(paddings)], everyType: false,
      differentiable: type == .float64)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      sample("a vector", .reflect, [8], [3, 1]),
      sample("a matrix, border twice", .symmetric, [5, 6], [1, 2, 2, 1]),
      sample("in Float32", .reflect, [5, 7], [1, 1, 2, 0], in: .float32),
      sample("in Int32", .symmetric, [5, 7], [1, 1, 2, 0], in: .int32),
      sample("in Int64", .symmetric, [5, 7], [1, 1, 2, 0], in: .int64),
      sample("in UInt8", .symmetric, [5, 7], [1, 1, 2, 0], in: .uint8),
      sample("no paddings", .reflect, [2], [0, 0]),
      Sample(
        failing: "more than there is", MirrorPadGrad(), [.sample([5]), Pad.paddings([3, 0])],
        message: "the output has size 2 on axis 0, so that at most 1 elements can be mirrored, but"
          + " paddings asks for 3 and 0"),
      Sample(
        failing: "larger than the input", MirrorPadGrad(), [.sample([2]), Pad.paddings([3, 0])],
        message: "input is Float64[2], but the paddings of axis 0 are 3 and 0"),
    ]
  }
}
