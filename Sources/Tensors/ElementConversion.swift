/// An element as the loops over a tensor's bytes read and write it.
///
/// A value is converted by way of the smallest of `Int64`, `UInt64`, `Float` and `Double` that
/// holds every value of its type, which leaves four conversions to each type to define.
protocol ConvertibleElement: BitwiseCopyable, SendableMetatype {
  associatedtype Wide: WideNumber
  /// The same value, exactly.
  var widened: Wide { get }
  /// The value that a cast gives: integers wrap, floating point rounds to nearest even.
  init(narrowing value: Int64)
  init(narrowing value: UInt64)
  init(narrowing value: Float)
  init(narrowing value: Double)
}

/// One of the types that conversions pass through.
protocol WideNumber: SendableMetatype {
  func narrowed<Element: ConvertibleElement>(to type: Element.Type) -> Element
  var isFinite: Bool { get }
  /// The value when it is whole and an `Int64`.
  var wholeSigned: Int64? { get }
  /// The value when it is whole and a `UInt64`.
  var wholeUnsigned: UInt64? { get }
}

extension WideNumber {
  /// Whether both are the same integer.
  func equals(_ other: some WideNumber) -> Bool {
    if let mine = wholeSigned, let theirs = other.wholeSigned { return mine == theirs }
    if let mine = wholeUnsigned, let theirs = other.wholeUnsigned { return mine == theirs }
    return false
  }
}

extension Int64: WideNumber {
  var isFinite: Bool { true }
  var wholeSigned: Int64? { self }
  var wholeUnsigned: UInt64? { UInt64(exactly: self) }
  func narrowed<Element: ConvertibleElement>(to type: Element.Type) -> Element {
    Element(narrowing: self)
  }
}
extension UInt64: WideNumber {
  var isFinite: Bool { true }
  var wholeSigned: Int64? { Int64(exactly: self) }
  var wholeUnsigned: UInt64? { self }
  func narrowed<Element: ConvertibleElement>(to type: Element.Type) -> Element {
    Element(narrowing: self)
  }
}
extension Float: WideNumber {
  var wholeSigned: Int64? { Int64(exactly: self) }
  var wholeUnsigned: UInt64? { UInt64(exactly: self) }
  func narrowed<Element: ConvertibleElement>(to type: Element.Type) -> Element {
    Element(narrowing: self)
  }
}
extension Double: WideNumber {
  var wholeSigned: Int64? { Int64(exactly: self) }
  var wholeUnsigned: UInt64? { UInt64(exactly: self) }
  func narrowed<Element: ConvertibleElement>(to type: Element.Type) -> Element {
    Element(narrowing: self)
  }
}

/// The conversions that all integer types share.
protocol ConvertibleInteger: ConvertibleElement, FixedWidthInteger {
  /// The least power of two above every value of the type.
  static var upperBound: Double { get }
}

extension ConvertibleInteger {
  init(narrowing value: Int64) { self.init(truncatingIfNeeded: value) }
  init(narrowing value: UInt64) { self.init(truncatingIfNeeded: value) }
  init(narrowing value: Float) { self.init(narrowing: Double(value)) }

  /// Toward zero; the nearest value of the type where that is out of range, 0 for NaN.
  init(narrowing value: Double) {
    let lowerBound = Self.isSigned ? -Self.upperBound : 0
    if value >= Self.upperBound {
      self = .max
    } else if value <= lowerBound {
      self = .min
    } else if value >= 0x1p63 {
      self.init(truncatingIfNeeded: UInt64(value))
    } else if value == value {
      self.init(truncatingIfNeeded: Int64(value))
    } else {
      self = 0
    }
  }
}

extension Int8: ConvertibleInteger {
  static var upperBound: Double { 0x1p7 }
  var widened: Int64 { Int64(self) }
}
extension Int16: ConvertibleInteger {
  static var upperBound: Double { 0x1p15 }
  var widened: Int64 { Int64(self) }
}
extension Int32: ConvertibleInteger {
  static var upperBound: Double { 0x1p31 }
  var widened: Int64 { Int64(self) }
}
extension Int64: ConvertibleInteger {
  static var upperBound: Double { 0x1p63 }
  var widened: Int64 { self }
}
extension UInt8: ConvertibleInteger {
  static var upperBound: Double { 0x1p8 }
  var widened: Int64 { Int64(self) }
}
extension UInt16: ConvertibleInteger {
  static var upperBound: Double { 0x1p16 }
  var widened: Int64 { Int64(self) }
}
extension UInt32: ConvertibleInteger {
  static var upperBound: Double { 0x1p32 }
  var widened: Int64 { Int64(self) }
}
extension UInt64: ConvertibleInteger {
  static var upperBound: Double { 0x1p64 }
  var widened: UInt64 { self }
}

extension Float: ConvertibleElement {
  var widened: Float { self }
  init(narrowing value: Int64) { self.init(value) }
  init(narrowing value: UInt64) { self.init(value) }
  init(narrowing value: Float) { self = value }
  init(narrowing value: Double) { self.init(value) }
}
extension Double: ConvertibleElement {
  var widened: Double { self }
  init(narrowing value: Int64) { self.init(value) }
  init(narrowing value: UInt64) { self.init(value) }
  init(narrowing value: Float) { self.init(value) }
  init(narrowing value: Double) { self = value }
}
extension Float16: ConvertibleElement {
  var widened: Float { Float(self) }
  // An integer that a Double does not hold is far beyond the largest Float16.
  init(narrowing value: Int64) { self.init(Double(value)) }
  init(narrowing value: UInt64) { self.init(Double(value)) }
  init(narrowing value: Float) { self.init(value) }
  init(narrowing value: Double) { self.init(value) }
}

extension BFloat16: ConvertibleElement {
  var widened: Float { floatValue }
  init(narrowing value: Float) { self.init(value) }

  init(narrowing value: Int64) {
    let magnitude = Self.stickyDouble(value.magnitude)
    self.init(narrowing: value < 0 ? -magnitude : magnitude)
  }

  init(narrowing value: UInt64) { self.init(narrowing: Self.stickyDouble(value)) }

  /// Rounds once although it passes through `Float`: an inexact `Float` is made odd, so that it
  /// is no tie and lies on the right side of one.
  init(narrowing value: Double) {
    var float = Float(value)
    if value.isFinite, Double(float) != value {
      if Double(float.magnitude) > value.magnitude {
        float = Float(bitPattern: float.bitPattern - 1)
      }
      float = Float(bitPattern: float.bitPattern | 1)
    }
    self.init(float)
  }

  /// The number with the bits that a `Double` has no room for gathered in its last one.
  private static func stickyDouble(_ value: UInt64) -> Double {
    if value < 1 << 53 { return Double(value) }
    return Double(value >> 11 | (value & 0x7FF == 0 ? 0 : 1)) * 0x1p11
  }
}

/// A byte that stands for a `Bool`: any but 0 is true.
///
/// A tensor's bytes may come from a file or a caller, and a `Bool` of other bits is undefined.
struct StoredBool: ConvertibleElement {
  var byte: UInt8

  var isTrue: Bool { byte != 0 }
  var widened: UInt64 { isTrue ? 1 : 0 }
  init(_ value: Bool) { byte = value ? 1 : 0 }
  init(narrowing value: Int64) { self.init(value != 0) }
  init(narrowing value: UInt64) { self.init(value != 0) }
  init(narrowing value: Float) { self.init(value != 0) }
  init(narrowing value: Double) { self.init(value != 0) }
}

/// Code that is compiled for each type of element.
protocol ElementTypeVisitor {
  associatedtype Result
  func visit<Element: ConvertibleElement>(_ type: Element.Type) throws -> Result
}

extension DataType {
  /// What `visitor` gives for the type of the elements; `nil` for `string`.
  func accept<Visitor: ElementTypeVisitor>(_ visitor: Visitor) throws -> Visitor.Result? {
    switch self {
    case .float16: try visitor.visit(Float16.self)
    case .bfloat16: try visitor.visit(BFloat16.self)
    case .float32: try visitor.visit(Float.self)
    case .float64: try visitor.visit(Double.self)
    case .int8: try visitor.visit(Int8.self)
    case .int16: try visitor.visit(Int16.self)
    case .int32: try visitor.visit(Int32.self)
    case .int64: try visitor.visit(Int64.self)
    case .uint8: try visitor.visit(UInt8.self)
    case .uint16: try visitor.visit(UInt16.self)
    case .uint32: try visitor.visit(UInt32.self)
    case .uint64: try visitor.visit(UInt64.self)
    case .bool: try visitor.visit(StoredBool.self)
    case .string: nil
    }
  }
}
