import GraphIR
import Tensors

/// A tensor without its axes of size 1.
public struct Squeeze: Operator {
  public static let name = "Squeeze"
  public static let summary = "A tensor without its axes of size 1, or without some of them."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": .any])
  public static let attributes: [Attribute<Squeeze>] = [
    .init(
      "squeeze_dims", \.axes, "The axes to leave out; every axis of size 1 where there are none.",
      label: "axes")
  ]
  public static let traits: OperatorTraits = .view

  /// The axes to leave out; every axis of size 1 where there are none.
  public var axes: [Int] = []

  public init() {}

  /// Leaves out those axes.
  public init(axes: [Int]) {
    self.axes = axes
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let input = request.shape(0)
    guard let dimensions = input.dimensions else { return [.unknown] }
    if axes.isEmpty {
      guard let sizes = input.known else { return [.unknown] }
      return [Shape(sizes.filter { $0 != 1 })]
    }
    let left = Set(
      try normalizedAxes(axes, rank: dimensions.count, of: request.inputs[0], named: "input"))
    if let axis = left.sorted().first(where: { dimensions[$0] ?? 1 != 1 }) {
      throw ShapeError(
        "input is \(request.inputs[0]), whose axis \(axis) cannot be left out, as its size is"
          + " \(dimensions[axis]!), not 1")
    }
    return [Shape(dimensions: dimensions.indices.filter { !left.contains($0) }.map { input[$0] })]
  }

  public static let gradient = GradientRule.rule { g in [reshape(g.outputGradient, like: g.x)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("every axis of size 1", Squeeze(), [.sample([1, 3, 1, 2])]),
      Sample("one of them", Squeeze(axes: [2]), [.sample([1, 3, 1, 2])]),
      Sample("two of them", Squeeze(axes: [-2, 0]), [.sample([1, 3, 1, 2])]),
      Sample("all", Squeeze(), [.sample([1, 1])]),
      Sample("none", Squeeze(), [.sample([2, 3])]),
      Sample("a scalar", Squeeze(), [.sample([])]),
      Sample("nothing", Squeeze(axes: [0]), [.sample([1, 0])]),
      Sample(
        failing: "a longer axis", Squeeze(axes: [1]), [.sample([1, 3])],
        message: "input is Float64[1, 3], whose axis 1 cannot be left out, as its size is 3, not 1"),
      Sample(
        failing: "no such axis", Squeeze(axes: [2]), [.sample([1, 3])],
        message: "input is Float64[1, 3], which has no axis 2"),
    ]
  }
}

/// A tensor without its axes of size 1, or without some of them.
///
/// - Parameters:
///   - input: Any tensor.
///   - axes: The axes to leave out, each of size 1, negative ones counted from the end; every
///     axis of size 1 where there are none.
public func squeeze(
  _ input: Value, axes: [Int] = [], name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    Squeeze(axes: axes), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
