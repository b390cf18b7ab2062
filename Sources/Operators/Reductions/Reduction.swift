import GraphIR
import Tensors

/// An operator that folds its first input over the axes that the second holds.
///
/// What all of them share stands here; each adds its name, its types, its gradient and its loops.
public protocol Reduction: Operator {
  /// Whether a folded axis stays, with size 1.
  var keepsDimensions: Bool { get set }
}

extension Reduction {
  /// The inputs and outputs of a reduction of those types.
  static func reductionSignature(_ types: TypeSet) -> Signature {
    Signature(
      inputs: [.init("input", "T"), .init("reduction_indices", "Tidx", label: "axes")],
      outputs: [.init("output", "T")], types: ["T": types, "Tidx": .index])
  }

  /// The inputs and outputs of a reduction of truth values.
  static var truthSignature: Signature {
    Signature(
      inputs: [
        .init("input", .fixed(.bool)), .init("reduction_indices", "Tidx", label: "axes"),
      ],
      outputs: [.init("output", .fixed(.bool))], types: ["Tidx": .index])
  }

  /// Whether the folded axes stay is the only attribute.
  public static var attributes: [Attribute<Self>] {
    [
      .init(
        "keep_dims", \.keepsDimensions, "Whether a folded axis stays, with size 1.",
        label: "keepDimensions")
    ]
  }

  /// The elements are folded.
  public static var traits: OperatorTraits { .folds }

  /// The shape depends on the axes.
  public static var shapeInputs: [Int] { [1] }

  /// A reduction that keeps the folded axes with size 1, or not.
  public init(keepsDimensions: Bool) {
    self.init()
    self.keepsDimensions = keepsDimensions
  }

  /// The input's shape without the folded axes.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    if let rank = request.shape(1).rank, rank > 1 {
      throw ShapeError("axes must be a scalar or a vector, but it is \(request.inputs[1])")
    }
    guard let rank = request.shape(0).rank else { return [.unknown] }
    guard let axes = request.integers(1) else {
      return [keepsDimensions ? .unknown(rank: rank) : .unknown]
    }
    let folded = try normalizedAxes(axes, rank: rank, of: request.inputs[0], named: "input")
    var dimensions: [Int?] = []
    for axis in 0..<rank {
      if !folded.contains(axis) {
        dimensions.append(request.shape(0)[axis])
      } else if keepsDimensions {
        dimensions.append(1)
      }
    }
    return [Shape(dimensions: dimensions)]
  }

  /// One operation for each element that is folded.
  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  /// The function in a `.graph` file: `axes` may be left out, for all of them.
  static func reductionFunction(_ name: String) -> GraphFunction {
    GraphFunction(
      name,
      [
        .positional("input"), .labelled("axes", default: "all"),
        .labelled("keepDimensions", default: "false"),
      ]
    ) { call in
      let reduction = Self(keepsDimensions: try call.flag("keepDimensions") ?? false)
      let input = try call.value("input")
      if case .value(let axes) = call["axes"] {
        return input.graph.append(reduction, [input, axes], origin: call.origin).outputs
      }
      return [reduction.applied(to: input, axes: try call.integers("axes"), origin: call.origin)]
    }
  }

  /// Appends the reduction over those axes, or over all of them.
  ///
  /// Without a known rank there is no list of all axes; the graph is told so.
  func applied(to input: Value, axes: [Int]?, name: String? = nil, origin: Origin) -> Value {
    guard input.isValid else { return input }
    guard let axes = axes ?? input.shape.rank.map({ Array(0..<$0) }) else {
      let function = Self.function?.name ?? Self.name
      input.graph.record(
        "\(function): input has unknown rank, so that axes must be given", origin)
      return input.graph.node(at: -1).output
    }
    let indices = sizesConstant(axes, input.graph, origin)
    return applied(to: input, axes: indices, name: name, origin: origin)
  }

  /// Appends the reduction over axes that the graph computes.
  func applied(to input: Value, axes: Value, name: String? = nil, origin: Origin) -> Value {
    input.graph.append(self, [input, axes], name: name, origin: origin).output
  }
}

/// What every reduction is tried with; `make` is told whether axes are kept.
@_optimize(none)
func reductionSamples<Op: Reduction>(_ type: Op.Type) -> [Sample] {
  func make(_ label: String, keeping: Bool = false, _ sizes: [Int], _ axes: Tensor) -> Sample {
    Sample(label, Op(keepsDimensions: keeping), [.sample(sizes), axes])
  }
  return [
    make("the last axis", [2, 3], Tensor([Int32(1)])),
    make("the first axis", [2, 3], Tensor([Int32(0)])),
    make("the middle axis", [2, 3, 4], Tensor(Int32(1))),
    make("the outer axes, kept", keeping: true, [2, 3, 4], Tensor([Int32(0), -1])),
    make("every other axis", [2, 3, 2, 3, 2], Tensor([Int32(1), 3])),
    make("all axes", [2, 3], Tensor([Int32(0), 1])),
    make("no axes", [2, 3], Tensor([Int32]())),
    make("axes in Int64", [2, 3], Tensor([Int64(-2)])),
    make("a scalar", [], Tensor([Int32]())),
    make("axes of size 1", keeping: true, [1, 3, 1], Tensor([Int32(0), 2])),
    make("no rows", [3, 0], Tensor([Int32(0)])),
    Sample(
      "many elements", Op(), [.sample([3, 30_011], seed: 3), Tensor([Int32(1)])],
      differentiable: false),
    Sample(
      "many rows", Op(), [.sample([30_011, 3], seed: 3), Tensor([Int32(0)])],
      differentiable: false),
    Sample(
      failing: "an axis that does not exist", Op(), [.sample([2, 3]), Tensor([Int32(2)])],
      message: "input is Float64[2, 3], which has no axis 2"),
    Sample(
      failing: "an axis twice", Op(), [.sample([2, 3]), Tensor([Int32(1), -1])],
      message: "axis -1 stands twice in [1, -1]"),
    Sample(
      failing: "a matrix of axes", Op(),
      [.sample([2, 3]), try! Tensor([Int32(0)], dimensions: [1, 1])],
      message: "axes must be a scalar or a vector, but it is Int32[1, 1]"),
  ]
}
