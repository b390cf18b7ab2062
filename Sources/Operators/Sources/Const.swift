import GraphIR
import Tensors

/// A tensor that is part of the graph.
public struct Const: Operator {
  public static let name = "Const"
  public static let summary = "A tensor that is part of the graph."
  public static let signature = Signature(
    outputs: [.init("output", "dtype")], types: ["dtype": .any])
  public static let attributes: [Attribute<Const>] = [
    .init(
      "dtype", \.dataType, "The type of the elements.", isArgument: false, isRequired: true),
    .init("value", \.value, "The tensor.", isArgument: false, isRequired: true),
  ]

  /// The type of the elements, as a file states it beside the tensor.
  public var dataType: DataType
  /// The tensor.
  public var value: Tensor

  public init() { self.init(Tensor(Float(0))) }

  /// A constant of that value.
  public init(_ value: Tensor) {
    self.value = value
    dataType = value.dataType
  }

  public var constantValue: Tensor? { value }

  public static let function: GraphFunction? = GraphFunction(
    "constant",
    [
      .positional("value"), .labelled("type", default: ".float32"),
      .labelled("shape", default: "the value's"),
    ]
  ) { call in
    let type = try call.dataType("type")
    guard let sizes = try call.integers("shape") else {
      return [try call.value("value", literalType: type)]
    }
    let tensor = try shapedTensor(call, type, sizes)
    return call.graph.append(Const(tensor), origin: call.origin).outputs
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    guard value.dataType == dataType else {
      throw ShapeError("attribute dtype is \(dataType), but value is \(value.type)")
    }
    return [value.shape]
  }

  public static let gradient = GradientRule.none(because: "a constant has no inputs")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("a constant is computed when a plan is made")
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", Const(.sample([2, 3])), []),
      Sample("a scalar", Const(Tensor(1.5)), []),
      Sample("equal elements", Const(try! Tensor(repeating: Float(2), dimensions: [3, 4])), []),
      Sample("nothing", Const(Tensor([Int32]())), []),
    ]
  }
}

extension Graph {
  /// A tensor that is part of the graph.
  ///
  /// ```swift
  /// let mean = graph.constant([0.485, 0.456, 0.406])
  /// ```
  /// - Parameters:
  ///   - value: The tensor. A literal becomes `Float32`, `Int32`, `Bool` or `String`, unless
  ///     `dataType` says otherwise.
  ///   - dataType: The type that a literal takes.
  public func constant(
    _ value: Tensor, as dataType: DataType? = nil, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) -> Value {
    constant(value, as: dataType, name: name, origin: Origin(fileID: fileID, line: line))
  }

  /// A tensor that is part of the graph, made at a given place.
  public func constant(
    _ value: Tensor, as dataType: DataType? = nil, name: String? = nil, origin: Origin
  ) -> Value {
    constant(name, origin) { try value.adopting(dataType ?? value.usualType) }
  }

  /// A tensor of given sizes that is part of the graph, as the initial values of a variable.
  ///
  /// ```swift
  /// let bias = graph.variable("bias", initialValue: graph.constant(0.1, shape: [10]))
  /// ```
  /// - Parameters:
  ///   - value: One element for all places, or as many as there are places, in row-major order.
  ///   - type: The type that a literal takes; without one, `Float32`, `Int32`, `Bool` or `String`.
  ///   - shape: The size of each dimension.
  public func constant(
    _ value: Tensor, type: DataType? = nil, shape: [Int], name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) -> Value {
    constant(name, Origin(fileID: fileID, line: line)) {
      try shapedTensor(
        value.adopting(type ?? value.usualType), shape, limit: snapshot { $0.limits.byteCount })
    }
  }

  private func constant(
    _ name: String?, _ origin: Origin, _ tensor: () throws -> Tensor
  ) -> Value {
    do {
      return append(Const(try tensor()), name: name, origin: origin).output
    } catch {
      record("constant: \(error)", origin)
      return node(at: -1).output
    }
  }
}

extension Tensor {
  /// The type that the tensor takes where nothing says which.
  fileprivate var usualType: DataType {
    switch dataType {
    case .float64 where isLiteral: .float32
    case .int64 where isLiteral: .int32
    default: dataType
    }
  }
}

extension Value {
  /// A constant scalar of this value's type of elements, in the same graph.
  func scalar(_ number: Double, origin: Origin) -> Value {
    guard isValid else { return self }
    return graph.constant(Tensor(number).asLiteral(), as: dataType, origin: origin)
  }
}
