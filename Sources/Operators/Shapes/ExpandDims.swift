import GraphIR
import Tensors

/// A tensor with an axis of size 1 more.
public struct ExpandDims: Operator {
  public static let name = "ExpandDims"
  public static let summary = "A tensor with an axis of size 1 more."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("dim", "Tdim", label: "axis")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tdim": .index])
  public static let traits: OperatorTraits = .view
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = .derived(
    from: ExpandDims.self, named: "expandDimensions")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let axis = try request.integer(1, named: "axis")
    guard let dimensions = request.shape(0).dimensions else { return [.unknown] }
    guard let axis else { return [.unknown(rank: dimensions.count + 1)] }
    let position = try insertedAxis(
      axis, rank: dimensions.count, of: request.inputs[0], named: "input")
    return [Shape(dimensions: dimensions[..<position] + [1] + dimensions[position...])]
  }

  public static let gradient = GradientRule.rule { g in
    [reshape(g.outputGradient, like: g.x), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("in front", ExpandDims(), [.sample([2, 3]), Tensor(Int32(0))]),
      Sample("in the middle", ExpandDims(), [.sample([2, 3]), Tensor(Int64(1))]),
      Sample("at the end", ExpandDims(), [.sample([2, 3]), Tensor(Int32(-1))]),
      Sample("an axis in a vector", ExpandDims(), [.sample([2, 3]), Tensor([Int32(-2)])]),
      Sample("a scalar", ExpandDims(), [.sample([]), Tensor(Int32(0))]),
      Sample("nothing", ExpandDims(), [.sample([0]), Tensor(Int32(1))]),
      Sample(
        failing: "an axis outside", ExpandDims(), [.sample([2, 3]), Tensor(Int32(3))],
        message: "axis must lie between -3 and 2, as input is Float64[2, 3], but it is 3"),
      Sample(
        failing: "two axes", ExpandDims(), [.sample([2, 3]), Tensor([Int32(0), 1])],
        message: "axis must be a single integer, but it is Int32[2]"),
    ]
  }
}

/// A tensor with an axis of size 1 more.
///
/// - Parameters:
///   - input: Any tensor.
///   - axis: Where the axis stands in the result, a negative one counted from the end.
public func expandDimensions(
  _ input: Value, axis: Int, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  let position = sizeConstant(axis, input.graph, origin)
  return input.graph.append(ExpandDims(), [input, position], name: name, origin: origin).output
}
