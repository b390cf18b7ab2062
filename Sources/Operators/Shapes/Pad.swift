import GraphIR
import Tensors

/// A tensor with zeros around it.
public struct Pad: MovingOperator {
  public static let name = "Pad"
  public static let summary = "A tensor with zeros around it."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("paddings", "Tpaddings", label: "paddings")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tpaddings": .index])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = GraphFunction(
    "pad",
    [
      .positional("input"), .labelled("paddings"), .labelled("value", default: "0"),
    ]
  ) { call in
    let input = try call.value("input")
    let paddings = try call.value("paddings", literalType: .int32)
    if call["value"] == nil {
      return call.graph.append(Pad(), [input, paddings], origin: call.origin).outputs
    }
    let value = try call.value("value", literalType: input.dataType)
    return call.graph.append(PadV2(), [input, paddings, value], origin: call.origin).outputs
  }

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try request.paddedShape(request.widened)]
  }

  public static let gradient = GradientRule.rule { g in [unpadded(g), nil] }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try paddingKernel(request, element: -1)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", Pad(), [.sample([3]), paddings([1, 2])]),
      Sample("a matrix", Pad(), [.sample([2, 3]), paddings([1, 0, 2, 1])]),
      Sample(
        "paddings in Int64", Pad(),
        [.sample([2, 1]), try! Tensor([Int64(0), 1, 1, 0], dimensions: [2, 2])]),
      Sample("images", Pad(), [.sample([2, 2, 3, 2]), paddings([0, 0, 1, 1, 2, 0, 0, 0])]),
      Sample("no paddings", Pad(), [.sample([2, 3]), paddings([0, 0, 0, 0])]),
      Sample("a scalar", Pad(), [.sample([]), paddings([])]),
      Sample("around nothing", Pad(), [.sample([0, 2]), paddings([1, 1, 0, 1])]),
      Sample(
        failing: "a negative padding", Pad(), [.sample([2]), paddings([-1, 0])],
        message: "paddings holds sizes, which are at least 0, but one is -1"),
      Sample(
        failing: "too few axes", Pad(), [.sample([2, 3]), paddings([1, 1])],
        message: "paddings is Int32[1, 2], but input is Float64[2, 3], which has rank 2"),
      Sample(
        failing: "three columns", Pad(),
        [.sample([1]), try! Tensor([Int32(1), 1, 1], dimensions: [1, 3])],
        message: "paddings must have two columns, but it is Int32[1, 3]"),
    ]
  }

  /// A matrix of paddings for samples.
  static func paddings(_ integers: [Int32]) -> Tensor {
    try! Tensor(integers, dimensions: [integers.count / 2, 2])
  }
}

/// A tensor with equal elements around it.
///
/// - Parameters:
///   - input: Any tensor.
///   - paddings: For each axis how many elements to put before and behind: `[[1, 1], [0, 2]]`.
///   - value: The element, which takes the type of `input`.
public func pad(
  _ input: Value, paddings: [[Int]], value: Double = 0, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  guard input.isValid else { return input }
  let origin = Origin(fileID: fileID, line: line)
  let widths = paddingsConstant(paddings, "pad", input.graph, origin)
  if value == 0 { return pad(input, paddings: widths, name: name, fileID: fileID, line: line) }
  let element = input.scalar(value, origin: origin)
  return input.graph.append(PadV2(), [input, widths, element], name: name, origin: origin).output
}

/// A tensor with zeros around it, as many as the graph computes.
///
/// - Parameters:
///   - input: Any tensor.
///   - paddings: A matrix of a pair for each axis, `Int32` or `Int64`: how many zeros to put
///     before and behind.
public func pad(
  _ input: Value, paddings: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Pad(), [input, paddings], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
