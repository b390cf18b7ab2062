import GraphIR
import Tensors

/// The sum of several tensors of one shape that the file states.
public struct AccumulateNV2: Operator {
  public static let name = "AccumulateNV2"
  public static let summary = "The sum of several tensors of one shape that the file states."
  public static let signature = AddN.signature
  public static let attributes: [Attribute<AccumulateNV2>] = [
    .init("shape", \.shape, "The shape of each input.", isArgument: false, isRequired: true)
  ]
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = nil

  /// The shape of each input.
  public var shape = Shape.unknown

  public init() {}

  /// A sum of tensors of that shape.
  public init(_ shape: Shape) {
    self.shape = shape
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let inputs = try AddN().outputShapes(request)[0]
    guard let merged = inputs.merged(with: shape) else {
      throw ShapeError("attribute shape is \(shape), but the inputs are \(inputs)")
    }
    return [merged]
  }

  public static let gradient = AddN.gradient

  public func viewsInput(_ request: KernelRequest) -> Bool { AddN().viewsInput(request) }

  public func kernel(_ request: KernelRequest) throws -> Kernel { try AddN().kernel(request) }

  public func cost(_ request: KernelRequest) -> Cost { AddN().cost(request) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("one", AccumulateNV2([2, 3]), [.sample([2, 3])]),
      Sample("two", AccumulateNV2([2, 3]), [.sample([2, 3]), .sample([2, 3], seed: 2)]),
      Sample("scalars", AccumulateNV2([]), (1...3).map { .sample([], seed: $0) }),
      Sample("nothing", AccumulateNV2([0, 3]), [.sample([0, 3]), .sample([0, 3])]),
      Sample(
        failing: "another shape", AccumulateNV2([3]), [.sample([2]), .sample([2])],
        message: "attribute shape is [3], but the inputs are [2]"),
    ]
  }
}
