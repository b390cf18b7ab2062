/// A Swift enumeration that attributes are declared in, whose raw values are the texts of the file.
///
/// ```swift
/// public enum DataFormat: String, EnumeratedAttribute {
///   case nhwc = "NHWC"
///   case nchw = "NCHW"
/// }
/// ```
/// Calls give a case by its name, `.nhwc`, in Swift and in `.graph` files.
public protocol EnumeratedAttribute: AttributeConvertible, CaseIterable, RawRepresentable
where RawValue == String {}

extension EnumeratedAttribute {
  /// The texts of the file.
  public static var kind: String {
    alternatives(allCases.map { "\"\($0.rawValue)\"" })
  }

  /// The case of that text, or `nil`.
  public init?(attribute: AttributeValue) {
    guard case .bytes(let bytes) = attribute else { return nil }
    self.init(rawValue: String(decoding: bytes, as: UTF8.self))
  }

  /// The text.
  public var attributeValue: AttributeValue { .bytes(Array(rawValue.utf8)) }

  static var choices: [AttributeChoice] {
    allCases.map { AttributeChoice(name: "\($0)", value: $0.attributeValue) }
  }
}

/// One of the values that an attribute may have, and its name in calls.
public struct AttributeChoice: Hashable, Sendable {
  /// The name in calls, without the dot.
  public var name: String
  /// The value as the file stores it.
  public var value: AttributeValue
}

/// The texts as a list of alternatives, `a, b or c`; `nothing` for none.
func alternatives(_ texts: [String]) -> String {
  guard let last = texts.last, texts.count > 1 else { return texts.first ?? "nothing" }
  return texts.dropLast().joined(separator: ", ") + " or " + last
}
