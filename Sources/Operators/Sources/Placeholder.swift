import GraphIR
import Tensors

/// A value that whoever runs the graph feeds.
public struct Placeholder: Operator {
  public static let name = "Placeholder"
  public static let summary = "A value that whoever runs the graph feeds."
  public static let signature = Signature(
    outputs: [.init("output", "dtype")], types: ["dtype": .any])
  public static let attributes: [Attribute<Placeholder>] = [
    .init(
      "dtype", \.dataType, "The type of the elements.", isArgument: false, isRequired: true),
    .init("shape", \.shape, "What is known of the shape of what is fed.", isArgument: false),
  ]
  public static let traits: OperatorTraits = [.fed, .hasEffect]
  public static let function: GraphFunction? = nil

  /// The type of the elements.
  public var dataType = DataType.float32
  /// What is known of the shape of what is fed.
  public var shape = Shape.unknown

  public init() {}

  /// A placeholder for tensors of that type and shape.
  public init(_ dataType: DataType, _ shape: Shape) {
    self.dataType = dataType
    self.shape = shape
  }

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { [shape] }

  public static let gradient = GradientRule.none(because: "a placeholder has no inputs")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("a placeholder must be fed")
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a fed scalar", Placeholder(.float64, .scalar), [])
    ]
  }
}

extension Graph {
  /// A value that whoever runs the graph feeds.
  ///
  /// ```swift
  /// let images = graph.placeholder("images", Float32.self, shape: [nil, 28, 28, 1])
  /// ```
  /// - Parameters:
  ///   - name: The name in the file and in messages.
  ///   - type: The type of the elements.
  ///   - shape: What is known of the shape, `nil` for an open size; a scalar without it.
  public func placeholder<Element: TensorElement>(
    _ name: String, _ type: Element.Type, shape: Shape = .scalar, fileID: String = #fileID,
    line: Int = #line
  ) -> Value {
    placeholder(
      name, type: TensorType(Element.dataType, shape), origin: Origin(fileID: fileID, line: line))
  }

  /// A value of a type that is known only when the program runs.
  public func placeholder(_ name: String, type: TensorType, origin: Origin = .unknown) -> Value {
    append(Placeholder(type.dataType, type.shape), name: name, origin: origin).output
  }
}
