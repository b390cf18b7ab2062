/// How a `.npy` file stores one element.
struct NPYElement {
  enum Kind: Equatable {
    case fixed(DataType)
    /// Bytes, with NUL bytes after the last one.
    case bytes
    /// Unicode scalars of 32 bits, with zeros after the last one.
    case text
  }

  var kind: Kind
  /// The bytes of one element.
  var byteCount: Int
  var isByteSwapped: Bool

  /// What a type descriptor such as `<f4` says.
  ///
  /// - Throws: `TensorError` for a type that no tensor holds.
  init(descriptor: String) throws {
    var rest = descriptor.utf8[...]
    isByteSwapped = false
    if let order = rest.first, [0x3C, 0x3D, 0x3E, 0x7C].contains(order) {
      isByteSwapped = order == UInt8(ascii: ">")
      rest = rest.dropFirst()
    }
    guard let letter = rest.first.map({ Character(Unicode.Scalar($0)) }) else {
      throw TensorError("the type '\(descriptor)' of the elements is unknown")
    }
    if letter == "O" {
      throw TensorError(
        "the elements are Python objects, which only Python can read; save numbers, Booleans or "
          + "strings instead")
    }
    let digits = Substring(rest.dropFirst())
    guard let size = Int(digits), size > 0, digits.utf8.first != UInt8(ascii: "+") else {
      throw TensorError("the type '\(descriptor)' of the elements is unknown")
    }
    byteCount = size
    switch (letter, size) {
    case ("b", 1): kind = .fixed(.bool)
    case ("f", 2): kind = .fixed(.float16)
    case ("f", 4): kind = .fixed(.float32)
    case ("f", 8): kind = .fixed(.float64)
    case ("i", 1): kind = .fixed(.int8)
    case ("i", 2): kind = .fixed(.int16)
    case ("i", 4): kind = .fixed(.int32)
    case ("i", 8): kind = .fixed(.int64)
    case ("u", 1): kind = .fixed(.uint8)
    case ("u", 2): kind = .fixed(.uint16)
    case ("u", 4): kind = .fixed(.uint32)
    case ("u", 8): kind = .fixed(.uint64)
    case ("S", _):
      kind = .bytes
    case ("U", _):
      let (bytes, overflow) = size.multipliedReportingOverflow(by: 4)
      guard !overflow else { throw TensorError("the type '\(descriptor)' is larger than memory") }
      kind = .text
      byteCount = bytes
    default:
      throw TensorError(
        "elements of type '\(descriptor)' are not read, only b1, i1 to i8, u1 to u8, f2, f4, f8, "
          + "S and U")
    }
  }

  /// The descriptor of a type of which arrays are written.
  ///
  /// - Throws: `TensorError` for `BFloat16` and `String`.
  static func descriptor(of dataType: DataType) throws -> String {
    switch dataType {
    case .bool: "|b1"
    case .int8: "|i1"
    case .uint8: "|u1"
    case .int16: "<i2"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint16: "<u2"
    case .uint32: "<u4"
    case .uint64: "<u8"
    case .float16: "<f2"
    case .float32: "<f4"
    case .float64: "<f8"
    case .bfloat16:
      throw TensorError("npy has no type for BFloat16; convert the tensor to Float32 first")
    case .string:
      throw TensorError("tensors of strings are read from npy data, but not written")
    }
  }
}
