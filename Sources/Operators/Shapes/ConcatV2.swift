import GraphIR
import Tensors

/// Tensors one behind the other along an axis.
public struct ConcatV2: MovingOperator {
  public static let name = "ConcatV2"
  public static let summary = "Tensors one behind the other along an axis."
  public static let signature = Signature(
    inputs: [.init("values", "T", count: "N"), .init("axis", "Tidx", label: "axis")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tidx": .index])
  public static let shapeInputs = [-1]
  public static let function: GraphFunction? = .derived(from: ConcatV2.self, named: "concat")

  public init() {}

  private static func parts(_ inputCount: Int) -> Concatenation {
    Concatenation(values: 0..<inputCount - 1, axis: inputCount - 1)
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try Self.parts(request.inputs.count).outputShape(request)]
  }

  public static let gradient = GradientRule.rule { g in parts(g.inputs.count).gradients(g) }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try Self.parts(request.inputs.count).kernel(request)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("vectors", ConcatV2(), [.sample([2]), .sample([3], seed: 2), Tensor(Int32(0))]),
      Sample("rows", ConcatV2(), [.sample([2, 3]), .sample([1, 3], seed: 2), Tensor(Int32(0))]),
      Sample(
        "columns", ConcatV2(),
        [.sample([2, 3]), .sample([2, 1], seed: 2), .sample([2, 2], seed: 3), Tensor(Int32(-1))]),
      // TensorFlow's gradient takes an axis in Int32 only.
      Sample(
        "an axis in Int64", ConcatV2(), [.sample([2]), .sample([3]), Tensor(Int64(-1))],
        differentiable: false),
      Sample(
        "a middle axis", ConcatV2(),
        [.sample([2, 1, 3]), .sample([2, 2, 3], seed: 2), Tensor(Int32(1))]),
      Sample(
        "a part without elements", ConcatV2(),
        [.sample([2, 0]), .sample([2, 3]), Tensor(Int32(1))]),
      Sample(
        "one part with elements", ConcatV2(),
        [.sample([2, 3]), .sample([0, 3]), Tensor(Int32(0))]),
      Sample("nothing", ConcatV2(), [.sample([0, 2]), .sample([0, 3]), Tensor(Int32(1))]),
      Sample(
        "many elements", ConcatV2(), [.sample([70, 601]), .sample([70, 801]), Tensor(Int32(1))],
        differentiable: false),
      Sample(
        failing: "sizes that differ", ConcatV2(),
        [.sample([2, 3]), .sample([4, 4]), Tensor(Int32(1))],
        message:
          "values[0] is Float64[2, 3], but values[1] is Float64[4, 4]; all sizes but those of"
          + " axis 1 must be equal"),
      Sample(
        failing: "ranks that differ", ConcatV2(),
        [.sample([2, 3]), .sample([3]), Tensor(Int32(0))],
        message: "values[0] is Float64[2, 3], but values[1] is Float64[3]; all must have the same"
          + " rank"),
      Sample(
        failing: "scalars", ConcatV2(), [.sample([]), .sample([]), Tensor(Int32(0))],
        message: "values[0] is Float64, which has no axis 0"),
      Sample(
        failing: "one tensor", ConcatV2(), [.sample([2]), Tensor(Int32(0))],
        message: "values must hold at least 2 tensors, but it holds 1"),
    ]
  }
}

/// Tensors one behind the other along an axis.
///
/// - Parameters:
///   - values: Tensors of one type, whose sizes are equal but along the axis; a single one is the
///     result itself.
///   - axis: The axis, a negative one counted from the end.
public func concat(
  _ values: [Value], axis: Int, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let graph = values.first?.graph ?? Graph()
  let position = sizeConstant(axis, graph, Origin(fileID: fileID, line: line))
  return concat(values, axis: position, name: name, fileID: fileID, line: line)
}

/// Tensors one behind the other along an axis that the graph computes.
///
/// - Parameters:
///   - values: Tensors of one type, whose sizes are equal but along the axis; a single one is the
///     result itself.
///   - axis: A scalar, `Int32` or `Int64`; a negative axis counts from the end.
public func concat(
  _ values: [Value], axis: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  if values.count == 1, name == nil { return values[0] }
  return axis.graph.append(
    ConcatV2(), values + [axis], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
