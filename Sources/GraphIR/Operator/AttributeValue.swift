import Tensors

/// The value of an attribute as a file stores it.
public indirect enum AttributeValue: Hashable, Sendable {
  case integer(Int64)
  case number(Float)
  case flag(Bool)
  case bytes([UInt8])
  case type(DataType)
  /// A type that this engine has no tensors of, by its number in the file.
  case foreignType(Int32)
  case shape(Shape)
  case tensor(Tensor)
  case integers([Int64])
  case numbers([Float])
  case flags([Bool])
  case byteStrings([[UInt8]])
  case types([Int32])
  case shapes([Shape])
  case tensors([Tensor])
  case functions([FunctionReference])
  case function(FunctionReference)
  case placeholder(String)

  /// A function of the file's library, with its attributes.
  public struct FunctionReference: Hashable, Sendable {
    /// The function's name.
    public var name: String
    /// What it is called with.
    public var attributes: [String: AttributeValue]

    /// A function with its attributes.
    public init(name: String, attributes: [String: AttributeValue] = [:]) {
      self.name = name
      self.attributes = attributes
    }
  }

  /// The kind in words, for messages.
  public var kind: String {
    switch self {
    case .integer: "an integer"
    case .number: "a number"
    case .flag: "true or false"
    case .bytes: "text"
    case .type, .foreignType: "a type"
    case .shape: "a shape"
    case .tensor: "a tensor"
    case .integers: "a list of integers"
    case .numbers: "a list of numbers"
    case .flags: "a list of true and false"
    case .byteStrings: "a list of texts"
    case .types: "a list of types"
    case .shapes: "a list of shapes"
    case .tensors: "a list of tensors"
    case .functions: "a list of functions"
    case .function: "a function"
    case .placeholder: "a placeholder of a function"
    }
  }
}

/// A Swift type that attributes are declared in.
public protocol AttributeConvertible: Sendable {
  /// The kind in words, for messages.
  static var kind: String { get }
  /// The value of an attribute of the file, or `nil` when it is of another kind.
  init?(attribute: AttributeValue)
  /// As the file stores it.
  var attributeValue: AttributeValue { get }
}

extension Bool: AttributeConvertible {
  public static var kind: String { "true or false" }
  public init?(attribute: AttributeValue) {
    guard case .flag(let flag) = attribute else { return nil }
    self = flag
  }
  public var attributeValue: AttributeValue { .flag(self) }
}

extension Int: AttributeConvertible {
  public static var kind: String { "an integer" }
  public init?(attribute: AttributeValue) {
    guard case .integer(let integer) = attribute else { return nil }
    self = Int(integer)
  }
  public var attributeValue: AttributeValue { .integer(Int64(self)) }
}

extension Float: AttributeConvertible {
  public static var kind: String { "a number" }
  public init?(attribute: AttributeValue) {
    guard case .number(let number) = attribute else { return nil }
    self = number
  }
  public var attributeValue: AttributeValue { .number(self) }
}

extension DataType: AttributeConvertible {
  public static var kind: String { "a type" }
  public init?(attribute: AttributeValue) {
    guard case .type(let type) = attribute else { return nil }
    self = type
  }
  public var attributeValue: AttributeValue { .type(self) }
}

extension Shape: AttributeConvertible {
  public static var kind: String { "a shape" }
  public init?(attribute: AttributeValue) {
    guard case .shape(let shape) = attribute else { return nil }
    self = shape
  }
  public var attributeValue: AttributeValue { .shape(self) }
}

extension Tensor: AttributeConvertible {
  public static var kind: String { "a tensor" }
  public init?(attribute: AttributeValue) {
    guard case .tensor(let tensor) = attribute else { return nil }
    self = tensor
  }
  public var attributeValue: AttributeValue { .tensor(self) }
}

extension [Int]: AttributeConvertible {
  public static var kind: String { "a list of integers" }
  public init?(attribute: AttributeValue) {
    guard case .integers(let integers) = attribute else { return nil }
    self = integers.map(Int.init)
  }
  public var attributeValue: AttributeValue { .integers(map(Int64.init)) }
}

extension String: AttributeConvertible {
  public static var kind: String { "text" }
  public init?(attribute: AttributeValue) {
    guard case .bytes(let bytes) = attribute else { return nil }
    self.init(decoding: bytes, as: UTF8.self)
  }
  public var attributeValue: AttributeValue { .bytes(Array(utf8)) }
}
