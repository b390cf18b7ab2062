import GraphIR
import Tensors

/// Tensors of one shape side by side along a new axis.
public struct Pack: MovingOperator {
  public static let name = "Pack"
  public static let summary = "Tensors of one shape side by side along a new axis."
  public static let signature = Signature(
    inputs: [.init("values", "T", count: "N")], outputs: [.init("output", "T")],
    types: ["T": .any])
  public static let attributes: [Attribute<Pack>] = [
    .init("axis", \.axis, "Where the new axis stands in the result.")
  ]
  public static let function: GraphFunction? = .derived(from: Pack.self, named: "stack")

  /// Where the new axis stands in the result.
  public var axis = 0

  public init() {}

  /// Along that axis of the result.
  public init(axis: Int) {
    self.axis = axis
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    var shape = request.shape(0)
    for input in 1..<max(1, request.inputs.count) {
      guard let merged = shape.merged(with: request.shape(input)) else {
        throw ShapeError(
          "values[0] is \(request.inputs[0]), but values[\(input)] is \(request.inputs[input]);"
            + " all must have the same shape")
      }
      shape = merged
    }
    guard let dimensions = shape.dimensions else { return [.unknown] }
    let position = try insertedAxis(
      axis, rank: dimensions.count, of: TensorType(request.inputs[0].dataType, shape),
      named: "each value")
    return [
      Shape(
        dimensions: dimensions[..<position] + [request.inputs.count] + dimensions[position...])
    ]
  }

  public static let gradient = GradientRule.rule { g in
    unstack(
      g.outputGradient, count: g.inputs.count, axis: g.operation(as: Pack.self).axis)
  }

  public func viewsInput(_ request: KernelRequest) -> Bool { request.inputs.count == 1 }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let part = request.inputSizes(0)
    let position = axis < 0 ? axis + part.count + 1 : axis
    if part[..<position].allSatisfy({ $0 == 1 }) {
      return try joiningKernel(request, request.inputs.indices)
    }
    var strides = rowMajorStrides(request.outputSizes())
    let stride = strides.remove(at: position)
    let movements = request.inputs.indices.map { input in
      Movement(
        part, from: .whole(part, number: input),
        to: Movement.Place(start: input &* stride, strides: strides))
    }
    return try movementKernel(request.outputs[0].dataType, movements)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("scalars", Pack(), [.sample([]), .sample([], seed: 2), .sample([], seed: 3)]),
      Sample("vectors as rows", Pack(), [.sample([3]), .sample([3], seed: 2)]),
      Sample("vectors as columns", Pack(axis: -1), [.sample([3]), .sample([3], seed: 2)]),
      Sample("matrices", Pack(axis: 1), [.sample([2, 3]), .sample([2, 3], seed: 2)]),
      Sample("one", Pack(axis: 1), [.sample([2, 3])]),
      Sample("nothing", Pack(), [.sample([0]), .sample([0])]),
      Sample(
        failing: "shapes that differ", Pack(), [.sample([2]), .sample([3])],
        message:
          "values[0] is Float64[2], but values[1] is Float64[3]; all must have the same shape"),
      Sample(
        failing: "an axis outside", Pack(axis: 2), [.sample([2]), .sample([2])],
        message: "axis must lie between -2 and 1, as each value is Float64[2], but it is 2"),
    ]
  }
}

/// Tensors of one shape side by side along a new axis.
///
/// - Parameters:
///   - values: Tensors of one type and shape; at least one, else the result is invalid.
///   - axis: Where the new axis stands in the result, a negative one counted from the end.
public func stack(
  _ values: [Value], axis: Int = 0, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  // Without values there is no graph to tell, and the result is invalid.
  let graph = values.first?.graph ?? Graph()
  return graph.append(
    Pack(axis: axis), values, name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
