import CKernels
import GraphIR
import Tensors

/// Along a new axis, one value in the place that an index names and another everywhere else.
public struct OneHot: Operator {
  public static let name = "OneHot"
  public static let summary =
    "Along a new axis, one value in the place that an index names and another everywhere else."
  public static let signature = Signature(
    inputs: [
      .init("indices", "TI"), .init("depth", .fixed(.int32), label: "depth"),
      .init("on_value", "T", label: "on"), .init("off_value", "T", label: "off"),
    ],
    outputs: [.init("output", "T")], types: ["T": .any, "TI": [.uint8, .int8, .int32, .int64]])
  public static let attributes: [Attribute<OneHot>] = [
    .init("axis", \.axis, "Where the new axis stands; -1 for the end.")
  ]
  public static let shapeInputs = [1]
  public static let gradient = GradientRule.none(
    because: "an index does not change smoothly, and the two values count as constants")
  public static let function: GraphFunction? = GraphFunction(
    "oneHot",
    [
      .positional("indices"), .labelled("depth"), .labelled("on", default: "1"),
      .labelled("off", default: "0"), .labelled("axis", default: "-1"),
      .labelled("type", default: ".float32"),
    ]
  ) { call in
    let indices = try call.value("indices")
    let axis = try call.integers("axis") ?? [-1]
    guard axis.count == 1 else { throw ShapeError("axis must be one integer, but it is \(axis)") }
    let type = try call.dataType("type")
    func value(_ name: String, like other: Value?, or number: Int64) throws -> Value {
      let literalType = other?.dataType ?? type ?? .float32
      if call[name] != nil { return try call.value(name, literalType: literalType) }
      return call.graph.constant(Tensor(number).asLiteral(), as: literalType, origin: call.origin)
    }
    let isOffValue = if case .value = call["off"] { true } else { false }
    let off = isOffValue ? try call.value("off") : nil
    let on = try value("on", like: off, or: 1)
    if let type, on.isValid, on.dataType != type {
      throw ShapeError("type is .\(caseName(of: type)), but on is \(on.type)")
    }
    return call.graph.append(
      OneHot(axis: axis[0]),
      [
        indices, try call.value("depth", literalType: .int32), on,
        try off ?? value("off", like: on, or: 0),
      ], origin: call.origin
    ).outputs
  }

  /// Where the new axis stands; −1 for the end.
  public var axis = -1

  public init() {}

  /// A new axis in that place.
  public init(axis: Int) {
    self.axis = axis
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 0, of: 1, named: "depth")
    try request.require(rank: 0, of: 2, named: "on")
    try request.require(rank: 0, of: 3, named: "off")
    let depth = request.integers(1)?.first
    if let depth, depth < 0 { throw ShapeError("depth must be at least 0, but it is \(depth)") }
    guard var dimensions = request.shape(0).dimensions else { return [.unknown] }
    guard (-1...dimensions.count).contains(axis) else {
      throw ShapeError(
        "axis is \(axis), but indices is \(request.inputs[0])",
        suggestion: "valid are -1 to \(dimensions.count)")
    }
    dimensions.insert(depth, at: axis < 0 ? dimensions.count : axis)
    return [Shape(dimensions: dimensions)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let size = request.inputs[2].dataType.byteCount
    switch size {
    case 1: return try kernel(request, of: UInt8.self)
    case 2: return try kernel(request, of: UInt16.self)
    case 4: return try kernel(request, of: UInt32.self)
    case 8: return try kernel(request, of: UInt64.self)
    default: throw unsupported(request.inputs[2].dataType)
    }
  }

  private func kernel<Bits: FixedWidthInteger & Sendable>(
    _ request: KernelRequest, of type: Bits.Type
  ) throws -> Kernel {
    switch request.inputs[0].dataType {
    case .int32: kernel(request, type, Int32.self)
    case .int64: kernel(request, type, Int64.self)
    case .uint8: kernel(request, type, UInt8.self)
    case .int8: kernel(request, type, Int8.self)
    default: throw unsupported(request.inputs[0].dataType)
    }
  }

  private func kernel<Bits: FixedWidthInteger & Sendable, Index: FixedWidthInteger & Sendable>(
    _ request: KernelRequest, _ type: Bits.Type, _ indexType: Index.Type
  ) -> Kernel {
    let count = request.outputCount()
    if count == 0 { return Kernel { _ in } }
    let sizes = request.outputSizes()
    let blocks = AxisBlocks(sizes, axis: axis < 0 ? sizes.count - 1 : axis)
    let (depth, inner) = (blocks.count, blocks.inner)
    let indexCount = request.inputCount(0)
    let indicesPerPiece = max(1, elementsPerPiece / depth)
    return Kernel { context in
      let indices = context.input(0, as: indexType)
      let (on, off) = (context.input(2, as: type)[0], context.input(3, as: type)[0])
      let result = context.output(as: type)
      context.parallelFor(pieces: pieceCount(count)) { piece in
        let start = piece * elementsPerPiece
        (result + start).update(repeating: off, count: min(elementsPerPiece, count - start))
      }
      context.parallelFor(pieces: (indexCount + indicesPerPiece - 1) / indicesPerPiece) { piece in
        let start = piece * indicesPerPiece
        for place in start..<min(indexCount, start + indicesPerPiece) {
          let index = indices[place]
          guard index >= 0, index < depth else { continue }
          result[(place / inner * depth + Int(index)) * inner + place % inner] = on
        }
      }
    }
  }

  @_optimize(none)
  public static var samples: [Sample] {
    let matrix = try! Tensor([Int32(0), 2, 1, 3], dimensions: [2, 2])
    func make(_ label: String, axis: Int = -1, _ indices: Tensor, depth: Int32) -> Sample {
      Sample(
        label, OneHot(axis: axis), [indices, Tensor(depth), Tensor(1.0), Tensor(0.0)],
        differentiable: false)
    }
    func fails(
      _ label: String, axis: Int = -1, _ indices: Tensor, depth: Int32, on: Tensor = Tensor(1.0),
      _ message: String
    ) -> Sample {
      Sample(
        failing: label, OneHot(axis: axis), [indices, Tensor(depth), on, Tensor(0.0)],
        message: message)
    }
    return [
      make("a vector", Tensor([Int32(1), 0, 2]), depth: 3),
      make("a scalar", Tensor(Int64(1)), depth: 2),
      make("a matrix, the new axis first", axis: 0, matrix, depth: 4),
      make("a matrix, the new axis in the middle", axis: 1, matrix, depth: 4),
      make("indices that name no place", Tensor([Int32(-1), 5, 1]), depth: 3),
      make("indices of a byte", Tensor([UInt8(1), 0]), depth: 2),
      make("no depth", Tensor([Int32(0)]), depth: 0),
      make("nothing", Tensor([Int32]()), depth: 3),
      Sample(
        "other values", OneHot(), [matrix, Tensor(Int32(3)), Tensor(2.5), Tensor(-1.5)],
        everyType: false, differentiable: false),
      fails(
        "an axis that does not exist", axis: 3, matrix, depth: 2,
        "axis is 3, but indices is Int32[2, 2]"),
      fails("a negative depth", matrix, depth: -1, "depth must be at least 0, but it is -1"),
      fails(
        "a vector of values", matrix, depth: 2, on: .sample([2]),
        "on must have rank 0, but it is Float64[2]"),
    ]
  }
}

/// Along a new axis, 1 in the place that an index names and 0 everywhere else.
///
/// - Parameters:
///   - indices: Integers; one outside of the new axis gives no 1 at all.
///   - depth: The size of the new axis.
///   - axis: Where the new axis stands; −1 for the end.
///   - type: The type of the result.
public func oneHot(
  _ indices: Value, depth: Int, axis: Int = -1, type: DataType = .float32, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let (graph, origin) = (indices.graph, Origin(fileID: fileID, line: line))
  let depth = int32Constant(depth, "oneHot: depth", graph, origin)
  let (on, off) = (Tensor(Int64(1)).asLiteral(), Tensor(Int64(0)).asLiteral())
  return graph.append(
    OneHot(axis: axis),
    [
      indices, depth, graph.constant(on, as: type, origin: origin),
      graph.constant(off, as: type, origin: origin),
    ], name: name, origin: origin
  ).output
}

/// Along a new axis, one value in the place that an index names and another everywhere else.
///
/// - Parameters:
///   - indices: Integers; one outside of the new axis gives `off` everywhere.
///   - depth: The size of the new axis.
///   - on: What stands in the place, a scalar.
///   - off: What stands everywhere else, a scalar of the same type.
///   - axis: Where the new axis stands; −1 for the end.
public func oneHot(
  _ indices: Value, depth: Int, on: Value, off: Value, axis: Int = -1, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let (graph, origin) = (indices.graph, Origin(fileID: fileID, line: line))
  let depth = int32Constant(depth, "oneHot: depth", graph, origin)
  return graph.append(
    OneHot(axis: axis), [indices, depth, on, off], name: name, origin: origin
  ).output
}
