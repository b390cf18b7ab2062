internal import CGraphFile

/// The fields of one message of a graph file, as the generated code describes them.
///
/// The descriptors of protobuf-c are the one source: what unpacks a message and what checks it
/// beforehand cannot disagree.
struct MessageSchema: Sendable {
  enum Kind: Hashable, Sendable {
    case int32, int64, uint32, uint64, boolean, dataType
    case float, double, fixed64
    /// Any bytes, or UTF-8.
    case bytes, text
    /// A message, by its index in `MessageSchema.all`.
    case message(Int)
  }

  struct Field: Sendable {
    let name: String
    let number: UInt32
    let kind: Kind
    let isRepeated: Bool
    /// Whether the field is one of several of which a message has only one.
    let isAlternative: Bool
    /// A bit that two fields share when a message has only one of them; `nil` in a repeated field.
    let onceBit: UInt64?
  }

  /// The name without the package, as `Node`.
  let name: String
  /// The size of the C structure in bytes.
  let structureSize: Int
  let fields: [Field]

  /// All messages; the first is `Graph`.
  static let all = collect()
  /// The index of `Graph` in `all`.
  static let graph = 0

  /// The numbers of element types by their names in the text format, as `DT_FLOAT`.
  static let dataTypeNumbers = collectDataTypes()

  func field(number: UInt32) -> Field? {
    fields.first { $0.number == number }
  }

  func field(named name: String) -> Field? {
    fields.first { $0.name == name }
  }
}

extension MessageSchema.Kind {
  /// How a single value stands on the wire.
  var wireType: WireType {
    switch self {
    case .int32, .int64, .uint32, .uint64, .boolean, .dataType: .varint
    case .float: .fixed32
    case .double, .fixed64: .fixed64
    case .bytes, .text, .message: .lengthDelimited
    }
  }

  /// The bytes of one element of a list in the C structure, without what it points to.
  var elementSize: Int {
    switch self {
    case .int32, .uint32, .boolean, .dataType, .float: 4
    case .int64, .uint64, .double, .fixed64, .message: 8
    case .bytes, .text: MemoryLayout<ProtobufCBinaryData>.stride
    }
  }

  /// The kind in a message to the user.
  var summary: String {
    switch self {
    case .int32, .int64, .uint32, .uint64: "an integer"
    case .boolean: "a Boolean"
    case .dataType: "a type of elements"
    case .float, .double: "a floating-point number"
    case .fixed64: "a 64-bit number"
    case .bytes: "a sequence of bytes"
    case .text: "a text"
    case .message: "a message"
    }
  }
}

extension MessageSchema {
  private typealias Descriptor = UnsafePointer<ProtobufCMessageDescriptor>

  /// Fields of type `bytes` that must be UTF-8.
  private static let textFields: Set<String> = [
    "name", "op", "input", "device", "key", "placeholder", "node", "value", "text",
    "original_node_names", "original_func_names",
  ]

  private static func collect() -> [MessageSchema] {
    var graph = Staticgraph__Graph()
    staticgraph__graph__init(&graph)
    var queue: [Descriptor] = [graph.base.descriptor]
    var indices: [Descriptor: Int] = [queue[0]: 0]
    var result: [MessageSchema] = []
    while result.count < queue.count {
      let descriptor = queue[result.count].pointee
      let fields = UnsafeBufferPointer(
        start: descriptor.fields, count: Int(descriptor.n_fields))
      result.append(
        MessageSchema(
          name: String(cString: descriptor.short_name),
          structureSize: descriptor.sizeof_message,
          fields: fields.enumerated().map { index, field in
            let isRepeated = field.label == PROTOBUF_C_LABEL_REPEATED
            let isAlternative = field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue != 0
            return Field(
              name: String(cString: field.name), number: field.id,
              kind: kind(of: field) { message in
                if let index = indices[message] { return index }
                indices[message] = queue.count
                queue.append(message)
                return queue.count - 1
              },
              isRepeated: isRepeated, isAlternative: isAlternative,
              onceBit: isRepeated ? nil : 1 << UInt64(isAlternative ? 63 : index))
          }))
    }
    return result
  }

  private static func kind(
    of field: ProtobufCFieldDescriptor, index: (Descriptor) -> Int
  ) -> Kind {
    switch field.type {
    case PROTOBUF_C_TYPE_INT32: return .int32
    case PROTOBUF_C_TYPE_INT64: return .int64
    case PROTOBUF_C_TYPE_UINT32: return .uint32
    case PROTOBUF_C_TYPE_UINT64: return .uint64
    case PROTOBUF_C_TYPE_BOOL: return .boolean
    case PROTOBUF_C_TYPE_ENUM: return .dataType
    case PROTOBUF_C_TYPE_FLOAT: return .float
    case PROTOBUF_C_TYPE_DOUBLE: return .double
    case PROTOBUF_C_TYPE_FIXED64: return .fixed64
    case PROTOBUF_C_TYPE_BYTES:
      return textFields.contains(String(cString: field.name)) ? .text : .bytes
    case PROTOBUF_C_TYPE_MESSAGE:
      let message = field.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
      return .message(index(message))
    default:
      preconditionFailure("graph_file.proto uses a type of field that has no rule here")
    }
  }

  private static func collectDataTypes() -> [String: Int32] {
    var tensor = Staticgraph__Tensor()
    staticgraph__tensor__init(&tensor)
    let descriptor = tensor.base.descriptor.pointee
    let fields = UnsafeBufferPointer(start: descriptor.fields, count: Int(descriptor.n_fields))
    guard
      let field = fields.first(where: { $0.type == PROTOBUF_C_TYPE_ENUM }),
      let numbers = field.descriptor?.assumingMemoryBound(to: ProtobufCEnumDescriptor.self).pointee
    else { return [:] }
    var result: [String: Int32] = [:]
    for value in UnsafeBufferPointer(start: numbers.values, count: Int(numbers.n_values)) {
      result[String(cString: value.name)] = value.value
    }
    return result
  }
}
