import CKernels
import GraphIR
import Tensors

/// An operator that finds where along an axis an element stands.
public protocol Choice: Operator {
  /// The type of the positions.
  var outputType: DataType { get set }
}

/// The inner loop of a choice for each type that it compares.
typealias ChoiceLoops = [DataType: staticgraph_choose]

extension Choice {
  /// The inputs and outputs of a choice with positions and axes of those types.
  static func choiceSignature(positions: TypeSet, axes: TypeSet) -> Signature {
    Signature(
      inputs: [.init("input", "T"), .init("dimension", "Tidx", label: "axis")],
      outputs: [.init("output", "output_type")],
      types: [
        "T": TypeSet(TypeSet.numeric.types + [.bool]), "Tidx": axes, "output_type": positions,
      ])
  }

  /// The type of the positions is the only attribute.
  public static var attributes: [Attribute<Self>] {
    [.init("output_type", \.outputType, "The type of the positions.", label: "type")]
  }

  /// The shape depends on the axis.
  public static var shapeInputs: [Int] { [1] }

  /// A choice with positions of that type.
  init(_ outputType: DataType) {
    self.init()
    self.outputType = outputType
  }

  /// The function in a `.graph` file: without an axis, it is the first.
  static func choiceFunction(_ name: String) -> GraphFunction {
    GraphFunction(
      name,
      [
        .positional("input"), .labelled("axis", default: "0"),
        .labelled("type", default: ".int64"),
      ]
    ) { call in
      let choice = Self(try call.dataType("type") ?? .int64)
      let input = try call.value("input")
      if case .value(let axis) = call["axis"] {
        return input.graph.append(choice, [input, axis], origin: call.origin).outputs
      }
      let axes = try call.integers("axis") ?? [0]
      guard axes.count == 1 else { throw ShapeError("axis must be one integer, but it is \(axes)") }
      return [choice.applied(to: input, axis: axes[0], name: nil, origin: call.origin)]
    }
  }

  /// The input's shape without the axis.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let input = request.shape(0)
    let axis = try statedAxis(request, 1, of: 0, named: "input")
    guard let dimensions = input.dimensions else { return [.unknown] }
    guard !dimensions.isEmpty else {
      throw ShapeError("input is \(request.inputs[0]), which has no axis to search")
    }
    guard let axis else { return [.unknown(rank: dimensions.count - 1)] }
    guard dimensions[axis] != 0 else {
      throw ShapeError("input is \(request.inputs[0]), which has nothing along axis \(axis)")
    }
    return [Shape(dimensions: Array(dimensions[..<axis] + dimensions[(axis + 1)...]))]
  }

  /// A kernel that searches along the axis with one of those loops.
  func choiceKernel(_ request: KernelRequest, _ loops: ChoiceLoops) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    guard TypeSet.index.contains(outputType) else { throw unsupported(outputType) }
    if request.outputCount() == 0 { return Kernel { _ in } }
    let blocks = AxisBlocks(request.inputSizes(0), axis: request.axis(1, of: 0))
    let blockCount = blocks.count * blocks.inner
    let outer = max(1, elementsPerPiece / blockCount)
    let (isWide, size) = (outputType == .int64, outputType.byteCount)
    return Kernel { context in
      let (x, result) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: (blocks.outer + outer - 1) / outer) { piece in
        let block = piece * outer
        loop(
          min(outer, blocks.outer - block), blocks.count, blocks.inner,
          x + block * blockCount * type.byteCount, isWide, result + block * blocks.inner * size)
      }
    }
  }

  /// One comparison for each element.
  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  /// Appends the choice along an axis.
  func applied(to input: Value, axis: Int, name: String?, origin: Origin) -> Value {
    let axis = sizeConstant(axis, input.graph, origin)
    return input.graph.append(self, [input, axis], name: name, origin: origin).output
  }
}

/// What every choice is tried with.
@_optimize(none)
func choiceSamples<Op: Choice>(_ type: Op.Type) -> [Sample] {
  func make(_ label: String, as type: DataType = .int64, _ x: Tensor, _ axis: Tensor) -> Sample {
    Sample(label, Op(type), [x, axis], differentiable: false)
  }
  return [
    make("the last axis", .sample([3, 5]), Tensor(Int32(-1))),
    make("the first axis, in Int32", as: .int32, .sample([3, 5]), Tensor(Int64(0))),
    make("the middle axis", .sample([2, 3, 4]), Tensor(Int32(1))),
    make("a vector", .sample([7]), Tensor(Int32(0))),
    make("equal elements", Tensor([1.0, 3, 0, 3, 0]), Tensor(Int32(0))),
    make("nothing", .sample([3, 0]), Tensor(Int32(0))),
    make("many rows", .sample([300, 301], seed: 2), Tensor(Int32(0))),
    make("many elements", .sample([301, 300], seed: 2), Tensor(Int32(1))),
    Sample(
      failing: "an axis that does not exist", Op(), [.sample([2, 3]), Tensor(Int32(2))],
      message: "input is Float64[2, 3], which has no axis 2"),
    Sample(
      failing: "nothing to search", Op(), [.sample([2, 0]), Tensor(Int32(1))],
      message: "input is Float64[2, 0], which has nothing along axis 1"),
    Sample(
      failing: "a scalar", Op(), [.sample([]), Tensor(Int32(0))],
      message: "input is Float64, which has no axis 0"),
    Sample(
      failing: "a vector of axes", Op(), [.sample([2, 3]), Tensor([Int32(0)])],
      message: "axis must have rank 0, but it is Int32[1]"),
  ]
}
