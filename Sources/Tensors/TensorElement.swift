/// A Swift type whose values are elements of a tensor.
public protocol TensorElement: Sendable {
  /// The type of a tensor that holds such elements.
  static var dataType: DataType { get }
}

/// An element that a tensor stores as its bytes.
///
/// Every element type but `String`.
public protocol FixedSizeElement: TensorElement, BitwiseCopyable, Equatable {}

extension Float: FixedSizeElement {
  /// `Float32`.
  public static var dataType: DataType { .float32 }
}
extension Double: FixedSizeElement {
  /// `Float64`.
  public static var dataType: DataType { .float64 }
}
extension Int8: FixedSizeElement {
  /// `Int8`.
  public static var dataType: DataType { .int8 }
}
extension Int16: FixedSizeElement {
  /// `Int16`.
  public static var dataType: DataType { .int16 }
}
extension Int32: FixedSizeElement {
  /// `Int32`.
  public static var dataType: DataType { .int32 }
}
extension Int64: FixedSizeElement {
  /// `Int64`.
  public static var dataType: DataType { .int64 }
}
extension Int: FixedSizeElement {
  /// `Int64`.
  public static var dataType: DataType { .int64 }
}
extension UInt8: FixedSizeElement {
  /// `UInt8`.
  public static var dataType: DataType { .uint8 }
}
extension UInt16: FixedSizeElement {
  /// `UInt16`.
  public static var dataType: DataType { .uint16 }
}
extension UInt32: FixedSizeElement {
  /// `UInt32`.
  public static var dataType: DataType { .uint32 }
}
extension UInt64: FixedSizeElement {
  /// `UInt64`.
  public static var dataType: DataType { .uint64 }
}
extension Bool: FixedSizeElement {
  /// `Bool`.
  public static var dataType: DataType { .bool }
}
#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
  extension Float16: FixedSizeElement {
    /// `Float16`.
    public static var dataType: DataType { .float16 }
  }
#endif
extension String: TensorElement {
  /// `String`.
  public static var dataType: DataType { .string }
}

/// A 16-bit floating-point number with the exponent range of `Float`.
public struct BFloat16: FixedSizeElement, Hashable {
  /// The upper half of the bits of a `Float`.
  public var bitPattern: UInt16

  /// The number of those bits.
  public init(bitPattern: UInt16) {
    self.bitPattern = bitPattern
  }

  /// The nearest number, ties to the even one; NaN stays NaN.
  public init(_ value: Float) {
    let bits = value.bitPattern
    if value.isNaN {
      bitPattern = UInt16(truncatingIfNeeded: bits >> 16) | 0x0040
    } else {
      let rounding = 0x7FFF + ((bits >> 16) & 1)
      bitPattern = UInt16(truncatingIfNeeded: (bits &+ rounding) >> 16)
    }
  }

  /// The same number as a `Float`, exactly.
  public var floatValue: Float { Float(bitPattern: UInt32(bitPattern) << 16) }

  /// `BFloat16`.
  public static var dataType: DataType { .bfloat16 }
}
