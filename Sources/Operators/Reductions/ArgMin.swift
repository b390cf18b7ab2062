import CKernels
import GraphIR
import Tensors

/// Where along an axis the smallest element stands.
public struct ArgMin: Choice {
  public static let name = "ArgMin"
  public static let summary = "Where along an axis the smallest element stands."
  public static let signature = choiceSignature(positions: .index, axes: .index)
  public static let gradient = GradientRule.none(
    because: "a position does not change smoothly with the elements")
  public static let function: GraphFunction? = choiceFunction("argMin")

  /// The type of the positions.
  public var outputType = DataType.int64

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try choiceKernel(request, Self.loops)
  }

  static let loops: ChoiceLoops = [
    .float32: staticgraph_argmin_float32, .float64: staticgraph_argmin_float64,
    .int32: staticgraph_argmin_int32, .int64: staticgraph_argmin_int64,
    .uint8: staticgraph_argmin_uint8, .bool: staticgraph_argmin_uint8,
  ]

  public static let samples = choiceSamples(ArgMin.self)
}

/// Where along an axis the smallest element stands; of equal ones, the first counts.
///
/// - Parameters:
///   - input: Numbers or truth values.
///   - axis: The axis to search, negative ones counted from the end; it must not have size 0.
///   - type: The type of the positions, `Int32` or `Int64`.
/// - Returns: Positions; the shape is that of `input` without the axis.
public func argMin(
  _ input: Value, axis: Int = 0, type: DataType = .int64, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  ArgMin(type).applied(
    to: input, axis: axis, name: name, origin: Origin(fileID: fileID, line: line))
}
