/// The type of a tensor's elements.
///
/// The raw value is the number that TensorFlow's file format gives the type.
public enum DataType: Int32, Hashable, Sendable, CaseIterable {
  case float32 = 1
  case float64 = 2
  case int32 = 3
  case uint8 = 4
  case int16 = 5
  case int8 = 6
  case string = 7
  case int64 = 9
  case bool = 10
  case bfloat16 = 14
  case uint16 = 17
  case float16 = 19
  case uint32 = 22
  case uint64 = 23

  /// The types that operators compute with; the others are stored, converted and passed along.
  public static let computed: [DataType] = [.float32, .float64, .int32, .int64, .uint8, .bool]

  /// The name in Swift, in `.graph` files and in messages, as `Float32`.
  public var name: String {
    switch self {
    case .float16: "Float16"
    case .bfloat16: "BFloat16"
    case .float32: "Float32"
    case .float64: "Float64"
    case .int8: "Int8"
    case .int16: "Int16"
    case .int32: "Int32"
    case .int64: "Int64"
    case .uint8: "UInt8"
    case .uint16: "UInt16"
    case .uint32: "UInt32"
    case .uint64: "UInt64"
    case .bool: "Bool"
    case .string: "String"
    }
  }

  /// The type of that name, or `nil`.
  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// The bytes of one element; 0 for `string`, whose elements differ in length.
  public var byteCount: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    case .string: 0
    }
  }

  /// Whether the type is one of the floating-point types.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// Whether the type is one of the integer types, signed or not.
  public var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }

  /// Whether the type is an integer or floating-point type.
  public var isNumeric: Bool { isFloatingPoint || isInteger }
}

extension DataType: CustomStringConvertible {
  /// The name, as `Float32`.
  public var description: String { name }
}
