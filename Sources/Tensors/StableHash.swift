/// The 64-bit FNV-1a hash of bytes: the same in every process and on every machine.
///
/// It tells whether bytes changed, and gives each name numbers of its own; it does not protect
/// against intent.
package struct StableHash {
  /// The hash of the bytes so far.
  package private(set) var value: UInt64

  /// The hash of no bytes.
  ///
  /// - Parameter seed: Another seed gives other hashes.
  package init(seed: UInt64 = 0xCBF2_9CE4_8422_2325) {
    value = seed
  }

  /// Adds bytes.
  package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    var hash = value
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    value = hash
  }

  /// Adds the bytes of a text.
  package mutating func combine(_ text: String) {
    var text = text
    text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
  }
}
