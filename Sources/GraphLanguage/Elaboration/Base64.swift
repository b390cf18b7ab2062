private let alphabet = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

private let padding = UInt8(ascii: "=")

private let digits: [UInt8] = {
  var digits = [UInt8](repeating: 0xFF, count: 256)
  for (value, character) in alphabet.enumerated() { digits[Int(character)] = UInt8(value) }
  return digits
}()

/// The bytes in base64, filled up with `=`.
func encodedBase64(_ bytes: some Collection<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity((bytes.count + 2) / 3 * 4)
  var iterator = bytes.makeIterator()
  while let first = iterator.next() {
    let (second, third) = (iterator.next(), iterator.next())
    let word = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
    result.append(alphabet[Int(word >> 18)])
    result.append(alphabet[Int(word >> 12 & 63)])
    result.append(second == nil ? padding : alphabet[Int(word >> 6 & 63)])
    result.append(third == nil ? padding : alphabet[Int(word & 63)])
  }
  return result
}

/// The bytes of a text in base64; `nil` when it is none.
func decodedBase64(_ text: [UInt8]) -> [UInt8]? {
  guard text.count % 4 == 0 else { return nil }
  let fill = text.suffix(2).reversed().prefix { $0 == padding }.count
  var result: [UInt8] = []
  result.reserveCapacity(text.count / 4 * 3)
  for start in stride(from: 0, to: text.count, by: 4) {
    var word: UInt32 = 0
    for position in start..<start + 4 {
      let digit = position >= text.count - fill ? 0 : digits[Int(text[position])]
      guard digit < 64 else { return nil }
      word = word << 6 | UInt32(digit)
    }
    result.append(UInt8(truncatingIfNeeded: word >> 16))
    result.append(UInt8(truncatingIfNeeded: word >> 8))
    result.append(UInt8(truncatingIfNeeded: word))
  }
  result.removeLast(fill)
  return result
}
