internal import CChecksums

/// The CRC-32C of bytes, in the forms in which files of TensorFlow keep it.
package struct Checksum: Equatable {
  /// The checksum itself; 0 for no bytes.
  package private(set) var value: UInt32 = 0

  package init() {}

  package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    value = staticgraph_crc32c(value, bytes.baseAddress, bytes.count)
  }

  package mutating func combine(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { combine($0) }
  }

  package mutating func combine(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { combine($0) }
  }

  /// The checksum as it is stored: a checksum of bytes that hold their own checksum says little,
  /// so its bits are turned and moved.
  package var masked: UInt32 {
    (value >> 15 | value << 17) &+ 0xA282_EAD8
  }
}

extension UInt32 {
  /// The number as eight digits of base 16.
  var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
