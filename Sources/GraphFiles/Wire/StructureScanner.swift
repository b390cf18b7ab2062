import GraphIR

/// Walks the bytes of a graph file before they are unpacked, and refuses those that would harm.
///
/// protobuf-c follows messages in one another by recursion without a limit, so a file of 30 KB
/// can overflow the stack, and it checks no text. The scanner walks with a stack of its own, checks
/// every tag, length and name, and adds up the memory that unpacking takes.
struct StructureScanner {
  /// Where the parts of a graph stand in its bytes.
  struct Layout: Equatable {
    /// The bytes of each node, without tag and length.
    var nodes: [Range<Int>] = []
    /// The bytes of all other fields, tags and lengths included.
    var remainder: [Range<Int>] = []
  }

  private struct Frame {
    let schema: Int
    let end: Int
    /// The fields that stand once only and were seen.
    var seen: UInt64 = 0
  }

  /// What protobuf-c notes for each field while it unpacks a message, in bytes.
  private static let memberSize = 48
  /// What the allocator adds to a block, in bytes.
  private static let blockSize = 16

  private let bytes: UnsafeRawBufferPointer
  private let file: String
  private let limits: ReadingLimits
  private let schemas = MessageSchema.all
  private var offset = 0
  private var frames: [Frame] = []
  private var layout = Layout()
  private var remainderStart = 0
  private var overhead = 0
  private let maximumOverhead: Int

  private init(_ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits) {
    self.bytes = bytes
    self.file = file
    self.limits = limits
    let scaled = bytes.count.multipliedReportingOverflow(by: max(0, limits.overheadPerByte))
    let sum = scaled.partialValue.addingReportingOverflow(max(0, limits.overheadBytes))
    maximumOverhead = scaled.overflow || sum.overflow ? .max : sum.partialValue
  }

  /// Checks all bytes of a graph and tells where its nodes are.
  ///
  /// - Throws: `GraphError` with the offset of the first byte that is wrong.
  static func scan(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits = ReadingLimits()
  ) throws -> Layout {
    var scanner = StructureScanner(bytes, file: file, limits: limits)
    try scanner.walk()
    return scanner.layout
  }

  private mutating func walk() throws {
    frames = [Frame(schema: MessageSchema.graph, end: bytes.count)]
    while let frame = frames.last {
      if offset == frame.end {
        frames.removeLast()
      } else {
        try readField(of: frame)
      }
    }
    if remainderStart < bytes.count { layout.remainder.append(remainderStart..<bytes.count) }
  }

  private mutating func readField(of frame: Frame) throws {
    let start = offset
    let schema = schemas[frame.schema]
    guard let tag = readVarint(bytes, at: offset, end: frame.end, maximumBytes: 5) else {
      throw fail("expected the tag of a field of \(schema.name), but it does not end", at: start)
    }
    let number = tag.value >> 3
    guard number > 0, number < 1 << 29 else {
      throw fail("\(schema.name) has a field of number \(number), which cannot be", at: start)
    }
    let wireNumber = UInt8(tag.value & 7)
    guard let wireType = WireType(rawValue: wireNumber) else {
      let reason = wireNumber < 5 ? "is of the outdated kind 'group'" : "is of no known kind"
      throw fail("field \(number) of \(schema.name) \(reason) (wire type \(wireNumber))", at: start)
    }
    offset = tag.next
    try charge(Self.memberSize)
    guard let field = schema.field(number: UInt32(number)) else {
      let length = try skipValue(wireType, of: "field \(number) of \(schema.name)", end: frame.end)
      return try charge(Self.memberSize + Self.blockSize + length)
    }
    try checkSeenOnce(field, in: schema, at: start)
    try readValue(of: field, wireType, in: schema, from: start, end: frame.end)
  }

  private mutating func checkSeenOnce(
    _ field: MessageSchema.Field, in schema: MessageSchema, at start: Int
  ) throws {
    // A number that stands twice is harmless: the last one counts.
    guard let bit = field.onceBit, field.isAlternative || field.kind.wireType == .lengthDelimited
    else { return }
    let top = frames.count - 1
    guard frames[top].seen & bit == 0 else {
      throw fail(
        field.isAlternative
          ? "\(schema.name) has a second value, '\(field.name)'"
          : "'\(field.name)' stands twice in \(schema.name)", at: start)
    }
    frames[top].seen |= bit
  }

  private mutating func readValue(
    of field: MessageSchema.Field, _ wireType: WireType, in schema: MessageSchema,
    from start: Int, end: Int
  ) throws {
    func what() -> String { "'\(field.name)' of \(schema.name)" }
    let isPacked =
      field.isRepeated && wireType == .lengthDelimited && field.kind.wireType != .lengthDelimited
    guard isPacked || wireType == field.kind.wireType else {
      throw fail(
        "\(what()) is \(field.kind.summary) (wire type \(field.kind.wireType.rawValue)), "
          + "but wire type \(wireType.rawValue) is given", at: start)
    }
    let length = try skipValue(wireType, of: what(), end: end)
    let payload = offset - length..<offset
    if isPacked {
      try checkPacked(field, what(), payload)
    } else if field.isRepeated {
      try charge(field.kind.elementSize)
    }
    switch field.kind {
    case .message(let index):
      if frames.count == 1 && field.number == 1 { try noteNode(payload, from: start) }
      try charge(schemas[index].structureSize + Self.blockSize)
      guard frames.count < limits.nesting else {
        throw fail("messages stand more than \(limits.nesting) deep in one another", at: start)
      }
      frames.append(Frame(schema: index, end: payload.upperBound))
      offset = payload.lowerBound
    case .text:
      try charge(Self.blockSize)
      guard isUTF8(UnsafeRawBufferPointer(rebasing: bytes[payload])) else {
        throw fail("\(what()) is not UTF-8", at: payload.lowerBound)
      }
    case .bytes:
      try charge(Self.blockSize)
    default:
      break
    }
  }

  /// Moves past a value and gives the length of what it holds.
  private mutating func skipValue(
    _ wireType: WireType, of what: @autoclosure () -> String, end: Int
  ) throws -> Int {
    let start = offset
    let length: Int
    switch wireType {
    case .varint:
      guard let number = readVarint(bytes, at: offset, end: end) else {
        throw fail("the number of \(what()) does not end", at: start)
      }
      length = number.next - offset
    case .fixed64:
      length = 8
    case .fixed32:
      length = 4
    case .lengthDelimited:
      guard let count = readVarint(bytes, at: offset, end: end, maximumBytes: 5) else {
        throw fail("the length of \(what()) does not end", at: start)
      }
      offset = count.next
      guard count.value <= UInt64(end - offset) else {
        throw fail(
          "the length of \(what()) is \(count.value), but \(counted(end - offset, "byte")) "
            + (end - offset == 1 ? "follows" : "follow"), at: start)
      }
      length = Int(count.value)
    }
    guard length <= end - offset else {
      throw fail(
        "\(what()) takes \(length) bytes, but \(counted(end - offset, "byte")) "
          + (end - offset == 1 ? "follows" : "follow"), at: start)
    }
    offset += length
    return length
  }

  private mutating func checkPacked(
    _ field: MessageSchema.Field, _ what: @autoclosure () -> String, _ payload: Range<Int>
  ) throws {
    var count = 0
    switch field.kind.wireType {
    case .varint:
      var position = payload.lowerBound
      while position < payload.upperBound {
        guard let number = readVarint(bytes, at: position, end: payload.upperBound) else {
          throw fail("a number in the list \(what()) does not end", at: position)
        }
        position = number.next
        count += 1
      }
    case .fixed32, .fixed64, .lengthDelimited:
      let size = field.kind.elementSize
      guard payload.count % size == 0 else {
        throw fail(
          "the list \(what()) takes \(payload.count) bytes, which is no multiple of \(size)",
          at: payload.lowerBound)
      }
      count = payload.count / size
    }
    try charge(count * field.kind.elementSize)
  }

  private mutating func noteNode(_ payload: Range<Int>, from start: Int) throws {
    guard layout.nodes.count < limits.nodes else {
      throw fail("the graph has more than \(limits.nodes) nodes", at: start)
    }
    layout.nodes.append(payload)
    if remainderStart < start { layout.remainder.append(remainderStart..<start) }
    remainderStart = payload.upperBound
  }

  private mutating func charge(_ memory: Int) throws {
    overhead += memory
    guard overhead <= maximumOverhead else {
      throw fail(
        "the \(counted(bytes.count, "byte")) of the file unpack to more than \(maximumOverhead)",
        at: offset)
    }
  }

  private func fail(_ message: String, at offset: Int) -> GraphError {
    GraphError("\(file): offset \(offset): \(message)")
  }
}

/// A count with its noun, as `1 byte` and `2 bytes`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// Whether bytes are well-formed UTF-8.
func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
}
