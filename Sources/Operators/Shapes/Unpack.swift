import GraphIR
import Tensors

/// A tensor cut along an axis into slices, which lose the axis.
public struct Unpack: MovingOperator {
  public static let name = "Unpack"
  public static let summary = "A tensor cut along an axis into slices, which lose the axis."
  public static let signature = Signature(
    inputs: [.init("value", "T")], outputs: [.init("output", "T", count: "num")],
    types: ["T": .any])
  public static let attributes: [Attribute<Unpack>] = [
    .init("num", \.count, "The number of slices.", label: "count", isRequired: true),
    .init("axis", \.axis, "The axis to cut along."),
  ]
  public static let function: GraphFunction? = GraphFunction(
    "unstack",
    [
      .positional("value"), .labelled("count", default: "all"), .labelled("axis", default: "0"),
    ]
  ) { call in
    func integer(_ name: String) throws -> Int? {
      switch call[name] {
      case .integer(let integer): integer
      case nil: nil
      case let other?: throw ShapeError("\(name) must be an integer, but it is \(other.kind)")
      }
    }
    return unstack(
      try call.value("value"), try integer("count"), try integer("axis") ?? 0, nil, call.origin)
  }

  /// The number of slices.
  public var count = 1
  /// The axis to cut along.
  public var axis = 0

  public init() {}

  /// So many slices along that axis.
  public init(count: Int, axis: Int) {
    self.count = count
    self.axis = axis
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard var dimensions = request.shape(0).dimensions else {
      return Array(repeating: .unknown, count: count)
    }
    let position = try normalizedAxis(
      axis, rank: dimensions.count, of: request.inputs[0], named: "value")
    if let size = dimensions.remove(at: position), size != count {
      throw ShapeError(
        "value is \(request.inputs[0]), whose axis \(axis) has size \(size), but count is \(count)")
    }
    return Array(repeating: Shape(dimensions: dimensions), count: count)
  }

  public static let gradient = GradientRule.rule { g in
    [stack(g.filledOutputGradients, axis: g.operation(as: Unpack.self).axis)]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool { count == 1 }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let part = request.outputSizes()
    var strides = rowMajorStrides(request.inputSizes(0))
    let stride = strides.remove(at: axis < 0 ? axis + strides.count : axis)
    let movements = request.outputs.indices.map { output in
      Movement(
        part, from: Movement.Place(start: output &* stride, strides: strides),
        to: .whole(part, number: output))
    }
    return try movementKernel(request.inputs[0].dataType, movements)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", Unpack(count: 3, axis: 0), [.sample([3])]),
      Sample("rows", Unpack(count: 2, axis: 0), [.sample([2, 3])]),
      Sample("columns", Unpack(count: 3, axis: -1), [.sample([2, 3])]),
      Sample("a middle axis", Unpack(count: 3, axis: 1), [.sample([2, 3, 4])]),
      Sample("one", Unpack(count: 1, axis: 1), [.sample([2, 1])]),
      Sample("nothing", Unpack(count: 2, axis: 0), [.sample([2, 0])]),
      Sample(
        failing: "another number", Unpack(count: 3, axis: 0), [.sample([2, 3])],
        message: "value is Float64[2, 3], whose axis 0 has size 2, but count is 3"),
      Sample(
        failing: "a scalar", Unpack(count: 1, axis: 0), [.sample([])],
        message: "value is Float64, which has no axis 0"),
    ]
  }
}

/// A tensor cut along an axis into slices, which lose the axis.
///
/// - Parameters:
///   - value: A tensor of rank 1 or more.
///   - count: The number of slices, which is the size of the axis; it may be left out where that
///     is known.
///   - axis: The axis, a negative one counted from the end.
/// - Returns: The slices in order; one invalid value when the call is wrong.
public func unstack(
  _ value: Value, count: Int? = nil, axis: Int = 0, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> [Value] {
  unstack(value, count, axis, name, Origin(fileID: fileID, line: line))
}

private func unstack(
  _ value: Value, _ count: Int?, _ axis: Int, _ name: String?, _ origin: Origin
) -> [Value] {
  guard value.isValid else { return [value] }
  var count = count
  if count == nil, let dimensions = value.shape.dimensions {
    let position = axis < 0 ? axis + dimensions.count : axis
    // An axis that does not exist is left to the shape rule to tell.
    count = dimensions.indices.contains(position) ? dimensions[position] : 1
  }
  guard let count else {
    return [
      value.graph.invalid(
        "unstack: value is \(value.type), so that count must be given", origin)
    ]
  }
  return value.graph.append(
    Unpack(count: count, axis: axis), [value], name: name, origin: origin
  ).outputs
}
