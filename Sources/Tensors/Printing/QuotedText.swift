/// The bytes as a literal on one line: quoted as Python quotes text, with escapes for what cannot
/// be printed and for bytes that are no UTF-8.
func quoted(_ bytes: [UInt8]) -> String {
  let hasSingle = bytes.contains(UInt8(ascii: "'"))
  let hasDouble = bytes.contains(UInt8(ascii: "\""))
  let quote: Unicode.Scalar = hasSingle && !hasDouble ? "\"" : "'"
  var result = String(quote)
  var parser = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch parser.parseScalar(from: &iterator) {
    case .emptyInput:
      result.unicodeScalars.append(quote)
      return result
    case .error(let length):
      for byte in bytes[offset..<offset + length] { result += "\\x" + hexadecimal(byte, 2) }
      offset += length
    case .valid(let encoded):
      offset += encoded.count
      append(Unicode.UTF8.decode(encoded), to: &result, quote: quote)
    }
  }
}

private func append(_ scalar: Unicode.Scalar, to text: inout String, quote: Unicode.Scalar) {
  switch scalar {
  case quote, "\\":
    text += "\\"
    text.unicodeScalars.append(scalar)
  case "\n": text += "\\n"
  case "\r": text += "\\r"
  case "\t": text += "\\t"
  default:
    if isPrintable(scalar) {
      text.unicodeScalars.append(scalar)
    } else if scalar.value < 0x100 {
      text += "\\x" + hexadecimal(scalar.value, 2)
    } else if scalar.value < 0x10000 {
      text += "\\u" + hexadecimal(scalar.value, 4)
    } else {
      text += "\\U" + hexadecimal(scalar.value, 8)
    }
  }
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
    .paragraphSeparator:
    false
  case .spaceSeparator:
    scalar == " "
  default:
    true
  }
}

/// The number in base 16, with zeros before it up to the width.
func hexadecimal(_ value: some BinaryInteger, _ width: Int) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
}
