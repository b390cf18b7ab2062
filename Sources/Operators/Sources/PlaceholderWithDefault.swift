import GraphIR
import Tensors

/// What whoever runs the graph feeds, or its input where nothing is fed.
public struct PlaceholderWithDefault: PassThrough {
  public static let name = "PlaceholderWithDefault"
  public static let summary =
    "What whoever runs the graph feeds, or its input where nothing is fed."
  public static let signature = Signature(
    inputs: [.init("input", "dtype")], outputs: [.init("output", "dtype")],
    types: ["dtype": .any])
  public static let attributes: [Attribute<PlaceholderWithDefault>] = [
    .init("shape", \.shape, "What is known of the shape of what is fed.", isRequired: true)
  ]
  public static let traits: OperatorTraits = [.view, .hasEffect]

  /// What is known of the shape of what is fed.
  public var shape = Shape.unknown

  public init() {}

  /// A placeholder for tensors of that shape.
  public init(_ shape: Shape) {
    self.shape = shape
  }

  // The input's shape is that of the default alone, so that the output's does not follow from it.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard request.shape(0).isCompatible(with: shape) else {
      throw ShapeError("input is \(request.inputs[0]), but what is fed has the shape \(shape)")
    }
    return [shape]
  }

  public static let gradient = GradientRule.rule { g in [g.outputGradient] }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", PlaceholderWithDefault([2, 3]), [.sample([2, 3])]),
      Sample("a scalar", PlaceholderWithDefault(.scalar), [.sample([])]),
      Sample("nothing", PlaceholderWithDefault([0, 3]), [.sample([0, 3])]),
      Sample(
        "texts", PlaceholderWithDefault([2]), [Tensor(["a", "bc"])], everyType: false,
        differentiable: false),
      Sample(
        failing: "a default of another shape", PlaceholderWithDefault([nil, 4]), [.sample([2, 3])],
        message: "input is Float64[2, 3], but what is fed has the shape [?, 4]"),
    ]
  }
}

/// What whoever runs the graph feeds, or a default where nothing is fed.
///
/// ```swift
/// let rate = placeholderWithDefault(graph.constant(0.01), shape: .scalar)
/// ```
/// - Parameters:
///   - input: The default.
///   - shape: What is known of the shape of what is fed, `nil` for an open size; the default's is
///     of this kind. In a `.graph` file −1 stands for an open size.
/// - Returns: A value that may be fed, and need not be.
public func placeholderWithDefault(
  _ input: Value, shape: Shape, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    PlaceholderWithDefault(shape), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
