import Tensors

/// One operation of a graph file.
public struct NodeRecord: Hashable, Sendable {
  /// The name, unique in the file.
  public var name: String
  /// The operator, by its name in the file, as `MatMul`.
  public var op: String
  /// The inputs: `name`, `name:output`, or `^name` for order alone.
  public var inputs: [String]
  /// The device that was asked for; mostly empty.
  public var device: String
  /// The attributes by name.
  public var attributes: [String: AttributeRecord]
  /// The nodes that this one was made from, where a program rewrote the graph.
  public var originalNames: [String]
  /// The functions of those nodes, in the same order.
  public var originalFunctions: [String]

  /// An operation of the given name and operator.
  public init(
    name: String, op: String, inputs: [String] = [], device: String = "",
    attributes: [String: AttributeRecord] = [:], originalNames: [String] = [],
    originalFunctions: [String] = []
  ) {
    self.name = name
    self.op = op
    self.inputs = inputs
    self.device = device
    self.attributes = attributes
    self.originalNames = originalNames
    self.originalFunctions = originalFunctions
  }
}

/// The value of an attribute as a graph file has it.
///
/// A type of elements is its number: the raw value of a `DataType`, 100 more for a reference to a
/// variable of that type, or a number that `DataType` does not know.
public indirect enum AttributeRecord: Hashable, Sendable {
  /// Present without a value.
  case unset
  /// A sequence of bytes, mostly text.
  case bytes([UInt8])
  /// An integer.
  case integer(Int64)
  /// A floating-point number.
  case float(Float)
  /// A Boolean.
  case boolean(Bool)
  /// The number of a type of elements.
  case type(Int32)
  /// A shape; names of dimensions are not kept.
  case shape(Shape)
  /// A tensor.
  case tensor(TensorRecord)
  /// The name of an attribute of the function around, whose value stands here.
  case placeholder(String)
  /// A function with values for its attributes.
  case function(FunctionRecord)
  /// A list.
  case list(AttributeListRecord)
}

/// A list as an attribute: at most one of the arrays has elements.
///
/// An empty list does not say what it is a list of.
public struct AttributeListRecord: Hashable, Sendable {
  /// Sequences of bytes, mostly text.
  public var bytes: [[UInt8]] = []
  /// Integers.
  public var integers: [Int64] = []
  /// Floating-point numbers.
  public var floats: [Float] = []
  /// Booleans.
  public var booleans: [Bool] = []
  /// Numbers of types of elements.
  public var types: [Int32] = []
  /// Shapes.
  public var shapes: [Shape] = []
  /// Tensors.
  public var tensors: [TensorRecord] = []
  /// Functions.
  public var functions: [FunctionRecord] = []

  /// An empty list.
  public init() {}
}

/// The name of a function together with values for its attributes.
public struct FunctionRecord: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The attributes by name.
  public var attributes: [String: AttributeRecord]

  /// A function with values for its attributes.
  public init(name: String, attributes: [String: AttributeRecord] = [:]) {
    self.name = name
    self.attributes = attributes
  }
}

/// A tensor as a graph file has it.
public enum TensorRecord: Hashable, Sendable {
  /// A tensor of a type that is known here.
  case value(Tensor)
  /// A tensor of another type, by the number of the type, with the whole message serialised.
  case uninterpreted(type: Int32, message: [UInt8])
}
