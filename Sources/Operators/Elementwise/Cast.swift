import CKernels
import GraphIR
import Tensors

/// The same numbers as elements of another type.
public struct Cast: Operator {
  public static let name = "Cast"
  public static let summary = "The same numbers as elements of another type."
  public static let signature = Signature(
    inputs: [.init("x", "SrcT")], outputs: [.init("y", "DstT")],
    types: ["SrcT": .convertible, "DstT": .convertible])
  public static let attributes: [Attribute<Cast>] = [
    .init("DstT", \.targetType, "The type of the result.", label: "to", isRequired: true),
    .init(
      "Truncate", \.truncates,
      "Whether a narrower floating-point type drops bits instead of rounding.",
      isArgument: false),
  ]
  public static let traits: OperatorTraits = .elementwise

  /// The type of the result.
  public var targetType = DataType.float32
  /// Whether a narrower floating-point type drops bits instead of rounding.
  public var truncates = false

  public init() {}

  /// A conversion to that type.
  public init(to targetType: DataType) {
    self.targetType = targetType
  }

  public static let function: GraphFunction? = GraphFunction(
    "cast", [.positional("x"), .labelled("to")]
  ) { call in
    guard let type = try call.dataType("to") else { throw ShapeError("to is missing") }
    return [cast(try call.value("x"), to: type, origin: call.origin)]
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // ∂x is converted back.
  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[0] else { return [nil] }
    return [cast(g.outputGradient, to: g.x.dataType)]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputs[0].dataType == targetType
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try conversionKernel(request, truncating: truncates)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "to Float32 from each type", Cast(to: .float32), [.sample([3, 4], in: 0...100)],
        differentiable: false),
      Sample("to Float64 from each type", Cast(to: .float64), [.sample([2, 3], in: 0...1)]),
      Sample("a scalar", Cast(to: .float64), [.sample([])]),
      Sample("nothing", Cast(to: .int64), [.sample([0, 2])], differentiable: false),
      Sample(
        "many elements", Cast(to: .int32), [.sample([70_001], in: 0...100)],
        differentiable: false),
      Sample(
        "truth values to Float64", Cast(to: .float64), [Tensor([true, false])], everyType: false,
        differentiable: false),
      Sample(
        "integers that wrap", Cast(to: .uint8), [Tensor([Int32(-1), 255, 256, 511])],
        everyType: false, differentiable: false),
      Sample(
        failing: "texts", Cast(), [Tensor(["a"])],
        message: "x must be \(TypeSet.convertible), but it is String[1]"),
      Sample(
        failing: "to texts", Cast(to: .string), [.sample([2])],
        message: "attribute DstT must be \(TypeSet.convertible), but it is String"),
    ]
      + TypeSet.convertible.types.filter { $0 != .bfloat16 }.map { type in
        Sample(
          "to \(type), toward zero", Cast(to: type),
          [Tensor([0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 100.875])], differentiable: false)
      }
  }
}

/// The same numbers as elements of another type.
///
/// A fraction is dropped on the way to an integer, and an integer keeps its low bits in a
/// narrower one. Every number but 0 becomes `true`; `true` becomes 1. Numbers round to the
/// nearest one of a narrower floating-point type. A floating-point number that is no `Int32` or
/// `Int64` becomes the smallest one, and the nearest number of any other integer type; NaN
/// becomes the smallest `Int32` or `Int64`, and 0 in any other.
///
/// - Parameters:
///   - x: Numbers or truth values.
///   - type: The type of the result: any but `string`.
/// - Returns: A value of the shape of `x`; `x` itself when it has the type already.
public func cast(
  _ x: Value, to type: DataType, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  cast(x, to: type, name: name, origin: Origin(fileID: fileID, line: line))
}

func cast(_ x: Value, to type: DataType, name: String? = nil, origin: Origin) -> Value {
  if x.dataType == type, x.isValid, name == nil { return x }
  return x.graph.append(Cast(to: type), [x], name: name, origin: origin).output
}
