/// Where a variable lies: a header that says whether it has a value, then its elements.
///
/// A kernel is handed the address of the elements.
public enum VariableMemory {
  /// The bytes before the elements.
  public static let headerByteCount = 64

  /// Whether the variable has a value.
  public static func hasValue(_ elements: UnsafeRawPointer) -> Bool {
    (elements - headerByteCount).load(as: UInt8.self) != 0
  }

  /// What changes whenever the variable's value may have changed.
  public static func version(_ elements: UnsafeRawPointer) -> Int {
    (elements - headerByteCount).load(fromByteOffset: 8, as: Int.self)
  }

  /// Says that the value may have changed.
  ///
  /// - Parameter version: A number that the variable's memory has never had.
  public static func setVersion(_ elements: UnsafeMutableRawPointer, _ version: Int) {
    (elements - headerByteCount).storeBytes(of: version, toByteOffset: 8, as: Int.self)
  }

  /// Says that the variable has a value, or has none.
  public static func setHasValue(_ elements: UnsafeMutableRawPointer, _ hasValue: Bool) {
    (elements - headerByteCount).storeBytes(of: hasValue ? 1 : 0, as: UInt8.self)
  }
}
