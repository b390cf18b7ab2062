#if canImport(Runtime)
  import Runtime
#endif

/// The source line of an address in the running program, from its debug information.
///
/// Symbolic operators can be handed no line, so that they note the address that they return to.
/// Looking it up takes milliseconds and is done when somebody reads the place.
func sourceLocation(ofReturnAddress address: UInt) -> SourceLocation? {
  #if canImport(Runtime)
    guard let backtrace = try? Backtrace(from: ReturnAddressDecoder(address: UInt64(address))),
      let frames = backtrace.symbolicated(with: images)?.frames
    else { return nil }
    // The innermost frame that an optimiser has inlined stands first.
    guard let place = frames.lazy.compactMap({ $0.symbol?.sourceLocation }).first else {
      return nil
    }
    return SourceLocation(file: place.path, line: place.line, column: place.column)
  #else
    return nil
  #endif
}

#if canImport(Runtime)
  /// The loaded parts of the program; found once, since that takes longer than all else.
  private let images = ImageMap.capture()

  /// What `Backtrace` decodes itself from: a trace of a single return address.
  ///
  /// The library has no initialiser for addresses that were noted earlier.
  private struct ReturnAddressDecoder: Decoder {
    let address: UInt64
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    #if arch(x86_64)
      static let architecture = "x86_64"
    #elseif arch(arm64)
      static let architecture = "aarch64"
    #else
      static let architecture = "unknown"
    #endif

    /// The library's compact form: 64-bit words, one absolute return address of 8 bytes, the end.
    var trace: String {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: address >> UInt64(56 - 8 * $0)) }
      return base64([0x02, 0x2F] + bytes + [0x00])
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
      KeyedDecodingContainer(Fields(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw unexpected }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw unexpected }

    fileprivate var unexpected: DecodingError {
      .dataCorrupted(.init(codingPath: [], debugDescription: "another form of trace is wanted"))
    }
  }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ReturnAddressDecoder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { ["architecture", "backtrace"].compactMap(Key.init(stringValue:)) }

    private func text(_ key: Key) -> String? {
      switch key.stringValue {
      case "architecture": ReturnAddressDecoder.architecture
      case "backtrace": decoder.trace
      default: nil
      }
    }

    func contains(_ key: Key) -> Bool { text(key) != nil }
    func decodeNil(forKey key: Key) -> Bool { text(key) == nil }

    func decode<Result: Decodable>(_ type: Result.Type, forKey key: Key) throws -> Result {
      guard let result = text(key) as? Result else { throw decoder.unexpected }
      return result
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
      guard let result = text(key) else { throw decoder.unexpected }
      return result
    }

    func nestedContainer<NestedKey: CodingKey>(
      keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> { throw decoder.unexpected }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw decoder.unexpected
    }
    func superDecoder() throws -> any Decoder { throw decoder.unexpected }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw decoder.unexpected }
  }

  /// The bytes as text, without padding.
  private func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
    return text
  }
#endif
