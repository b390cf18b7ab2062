import GraphIR
import Tensors

/// Its input, which must have a stated shape.
public struct EnsureShape: PassThrough {
  public static let name = "EnsureShape"
  public static let summary = "Its input, which must have a stated shape."
  public static let signature = passThroughSignature
  public static let attributes: [Attribute<EnsureShape>] = [
    .init("shape", \.shape, "What the shape must be, as far as it is stated.", isRequired: true)
  ]

  /// What the shape must be, as far as it is stated.
  public var shape = Shape.unknown

  public init() {}

  /// A check for that shape.
  public init(_ shape: Shape) {
    self.shape = shape
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard let merged = request.shape(0).merged(with: shape) else {
      throw ShapeError("input is \(request.inputs[0]), but its shape must be \(shape)")
    }
    return [merged]
  }

  public static let gradient = GradientRule.rule { g in [g.outputGradient] }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("the very shape", EnsureShape([2, 3]), [.sample([2, 3])]),
      Sample("an open size", EnsureShape([nil, 3]), [.sample([2, 3])]),
      Sample("a scalar", EnsureShape(.scalar), [.sample([])]),
      Sample("nothing", EnsureShape([0, nil]), [.sample([0, 3])]),
      Sample(
        "texts", EnsureShape([nil]), [Tensor(["a", "bc"])], everyType: false, differentiable: false),
      Sample(
        failing: "another size", EnsureShape([nil, 4]), [.sample([2, 3])],
        message: "input is Float64[2, 3], but its shape must be [?, 4]"),
      Sample(
        failing: "another rank", EnsureShape([6]), [.sample([2, 3])],
        message: "input is Float64[2, 3], but its shape must be [6]"),
    ]
  }
}

/// Its input, which must have a stated shape.
///
/// - Parameters:
///   - input: Any tensor.
///   - shape: What its shape must be, `nil` for an open size. Sizes that are known only when the
///     graph runs are checked then. In a `.graph` file −1 stands for an open size.
/// - Returns: The same tensor, with all that is known of its shape.
public func ensureShape(
  _ input: Value, shape: Shape, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    EnsureShape(shape), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
