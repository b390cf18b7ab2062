/// What the header of a `.npy` file says of the array.
struct NPYHeader: Equatable {
  /// The type as NumPy writes it, as `<f4`.
  var descriptor: String
  /// Whether the first dimension is the one whose neighbours stand next to each other.
  var isColumnMajor: Bool
  var dimensions: [Int]

  /// The most dimensions that NumPy has.
  static let maximumRank = 64
  /// The bytes that every file begins with.
  static let magic: [UInt8] = [0x93] + "NUMPY".utf8

  /// The header of an array in row-major order.
  init(descriptor: String, dimensions: [Int]) {
    self.descriptor = descriptor
    isColumnMajor = false
    self.dimensions = dimensions
  }

  /// A header's text: a Python dictionary of the keys `descr`, `fortran_order` and `shape`.
  ///
  /// - Throws: `TensorError` with the position of what is not understood.
  init(parsing text: [UInt8]) throws {
    var parser = NPYHeaderParser(text: text)
    self = try parser.header()
  }

  /// Magic, version 1.0, length and text, the same bytes that NumPy writes.
  var fileBytes: [UInt8] {
    let sizes = dimensions.map { "\($0)" }.joined(separator: ", ")
    let shape = dimensions.count == 1 ? "(\(sizes),)" : "(\(sizes))"
    var text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': \(shape), }"
    // NumPy leaves room for the first size to grow in place.
    if let first = dimensions.first {
      text += String(repeating: " ", count: max(21 - "\(first)".utf8.count, 0))
    }
    let preamble = Self.magic.count + 4
    let unpadded = preamble + text.utf8.count + 1
    text += String(repeating: " ", count: 64 - unpadded % 64) + "\n"
    let length = text.utf8.count
    return Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + text.utf8
  }
}

/// Reads the few Python literals that a header may consist of.
private struct NPYHeaderParser {
  let text: [UInt8]
  var position = 0

  init(text: [UInt8]) { self.text = text }

  mutating func header() throws -> NPYHeader {
    var descriptor: String?
    var isColumnMajor: Bool?
    var dimensions: [Int]?
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where descriptor == nil:
        descriptor = try typeDescriptor()
      case "fortran_order" where isColumnMajor == nil:
        isColumnMajor = try boolean()
      case "shape" where dimensions == nil:
        dimensions = try tuple()
      default:
        throw failure("the key '\(key)' is unknown or repeated")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard position == text.count else { throw failure("text follows the dictionary") }
    guard let descriptor, let isColumnMajor, let dimensions else {
      throw TensorError("the header lacks one of 'descr', 'fortran_order' and 'shape'")
    }
    var header = NPYHeader(descriptor: descriptor, dimensions: dimensions)
    header.isColumnMajor = isColumnMajor
    return header
  }

  private mutating func typeDescriptor() throws -> String {
    skipSpaces()
    if position < text.count, text[position] == UInt8(ascii: "[") {
      throw TensorError("the elements are records with fields, which no tensor holds")
    }
    return try string()
  }

  private mutating func string() throws -> String {
    skipSpaces()
    guard position < text.count,
      text[position] == UInt8(ascii: "'")
        || text[position] == UInt8(ascii: "\"")
    else { throw failure("a string is expected") }
    let quote = text[position]
    let rest = text[(position + 1)...]
    guard let end = rest.firstIndex(of: quote), end - position <= 64 else {
      throw failure("a string does not end")
    }
    let contents = rest[..<end]
    guard contents.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\\") }) else {
      throw failure("a string holds other bytes than printable ASCII")
    }
    position = end + 1
    return String(decoding: contents, as: UTF8.self)
  }

  private mutating func boolean() throws -> Bool {
    if take("True") { return true }
    if take("False") { return false }
    throw failure("True or False is expected")
  }

  private mutating func tuple() throws -> [Int] {
    try expect("(")
    var sizes: [Int] = []
    var hasComma = true
    while !take(")") {
      guard hasComma else { throw failure("a comma or ')' is expected") }
      guard sizes.count < NPYHeader.maximumRank else {
        throw failure("there are more than \(NPYHeader.maximumRank) sizes")
      }
      sizes.append(try size())
      hasComma = take(",")
    }
    // Python reads `(3)` as a number.
    guard sizes.count != 1 || hasComma else { throw failure("the shape is not a tuple") }
    return sizes
  }

  private mutating func size() throws -> Int {
    skipSpaces()
    let digits = text[position...].prefix { 0x30...0x39 ~= $0 }
    guard !digits.isEmpty else { throw failure("a size is expected") }
    guard let size = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure("a size is larger than any memory")
    }
    position = digits.endIndex
    // Python 2 marked long integers.
    _ = take("L")
    return size
  }

  private mutating func take(_ token: String) -> Bool {
    skipSpaces()
    guard text[position...].starts(with: token.utf8) else { return false }
    position += token.utf8.count
    return true
  }

  private mutating func expect(_ token: String) throws {
    guard take(token) else { throw failure("'\(token)' is expected") }
  }

  private mutating func skipSpaces() {
    while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) {
      position += 1
    }
  }

  private func failure(_ reason: String) -> TensorError {
    TensorError("the header of the npy data is damaged at byte \(position) of its text: \(reason)")
  }
}
