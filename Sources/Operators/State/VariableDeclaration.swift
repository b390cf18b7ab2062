import GraphIR
import Tensors

/// An operator whose output is a variable of a stated type.
///
/// What its wire forms share stands here; each adds its name and the form of its output.
public protocol VariableDeclaration: VariableOperator {
  /// The type of the elements.
  var dataType: DataType { get set }
  /// What is known of the shape.
  var shape: Shape { get set }
  /// Kept for TensorFlow; variables of all containers have one name space here.
  var container: String { get set }
  /// The name in a session and in checkpoints; empty for the node's.
  var sharedName: String { get set }
}

extension VariableDeclaration {
  static var declarationAttributes: [Attribute<Self>] {
    [
      .init("dtype", \.dataType, "The type of the elements.", isArgument: false, isRequired: true),
      .init(
        "shape", \.shape, "What is known of the shape.", isArgument: false, isRequired: true),
      .init("container", \.container, "Kept for TensorFlow.", isArgument: false),
      .init(
        "shared_name", \.sharedName, "The name in a session and in checkpoints.",
        isArgument: false),
    ]
  }

  /// A variable has an effect, since its value differs from run to run.
  public static var traits: OperatorTraits { [.variable, .hasEffect] }

  /// No call makes it alone: a variable comes with its initial value.
  public static var function: GraphFunction? { nil }

  /// A path ends here.
  public static var gradient: GradientRule { .none(because: "a variable has no inputs") }

  /// A variable of that type.
  public init(_ type: TensorType, sharedName: String = "") {
    self.init()
    dataType = type.dataType
    shape = type.shape
    self.sharedName = sharedName
  }

  /// The stated shape.
  public func outputShapes(_ request: ShapeRequest) -> [Shape] { [shape] }

  /// None: the value lies in the session.
  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("a variable lies in the session")
  }
}
