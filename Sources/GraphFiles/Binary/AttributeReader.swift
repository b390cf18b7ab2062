internal import CGraphFile
import GraphIR
import Tensors

extension GraphFileReader {
  mutating func attributes(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<Staticgraph__Attribute>?>?, _ count: Int
  ) throws -> [String: AttributeRecord] {
    var result: [String: AttributeRecord] = [:]
    let outer = attribute
    for entry in messages(list, count) {
      let key = text(entry.pointee.key)
      attribute = outer.map { "\($0).\(key)" } ?? key
      // As in any map on the wire, the last value of a key counts.
      result[key] = try entry.pointee.value.map { try value($0.pointee) } ?? .unset
    }
    attribute = outer
    return result
  }

  /// - Note: Recurses as deep as messages stand in one another, which the scanner limits.
  private mutating func value(_ message: Staticgraph__AttributeValue) throws -> AttributeRecord {
    switch message.value_case {
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_LIST:
      return .list(try list(message.list.pointee))
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_S:
      return .bytes(Array(rawBuffer(message.s)))
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_I:
      return .integer(message.i)
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_F:
      return .float(message.f)
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_B:
      return .boolean(message.b != 0)
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_TYPE:
      return .type(typeNumber(message.type))
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_SHAPE:
      return .shape(try shape(message.shape.pointee))
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_TENSOR:
      return .tensor(try tensor(message.tensor))
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_PLACEHOLDER:
      return .placeholder(text(message.placeholder))
    case STATICGRAPH__ATTRIBUTE_VALUE__VALUE_FUNC:
      return .function(try function(message.func.pointee))
    default:
      return .unset
    }
  }

  private mutating func list(
    _ message: Staticgraph__AttributeValue__List
  ) throws -> AttributeListRecord {
    var result = AttributeListRecord()
    result.bytes = UnsafeBufferPointer(start: message.s, count: message.n_s)
      .map { Array(rawBuffer($0)) }
    result.integers = Array(UnsafeBufferPointer(start: message.i, count: message.n_i))
    result.floats = Array(UnsafeBufferPointer(start: message.f, count: message.n_f))
    result.booleans = UnsafeBufferPointer(start: message.b, count: message.n_b).map { $0 != 0 }
    result.types = UnsafeBufferPointer(start: message.type, count: message.n_type).map(typeNumber)
    result.shapes = try messages(message.shape, message.n_shape).map { try shape($0.pointee) }
    for item in messages(message.tensor, message.n_tensor) {
      result.tensors.append(try tensor(item))
    }
    for item in messages(message.func, message.n_func) {
      result.functions.append(try function(item.pointee))
    }
    return result
  }

  private mutating func function(_ message: Staticgraph__Function) throws -> FunctionRecord {
    FunctionRecord(
      name: text(message.name), attributes: try attributes(message.attr, message.n_attr))
  }

  func typeNumber(_ type: Staticgraph__DataType) -> Int32 {
    Int32(truncatingIfNeeded: type.rawValue)
  }

  func shape(_ message: Staticgraph__Shape) throws -> Shape {
    if message.unknown_rank != 0 { return .unknown }
    let sizes = try messages(message.dim, message.n_dim).enumerated().map { axis, dimension in
      let size = dimension.pointee.size
      guard size >= -1, let result = Int(exactly: size) else {
        throw fail("dimension \(axis) of a shape has the size \(size)")
      }
      return result < 0 ? nil : result
    }
    return Shape(dimensions: sizes)
  }
}

// MARK: - What belongs to the graph as a whole

extension GraphFileReader {
  func debugInfo(_ message: Staticgraph__DebugInfo) -> DebugInfoRecord {
    var result = DebugInfoRecord(files: texts(message.files, message.n_files))
    for trace in messages(message.traces, message.n_traces) {
      let stack = trace.pointee.value?.pointee
      let frames = stack.map { messages($0.file_line_cols, $0.n_file_line_cols) } ?? []
      result.traces[text(trace.pointee.key)] = frames.map {
        DebugInfoRecord.Frame(
          fileIndex: $0.pointee.file_index, line: $0.pointee.line, column: $0.pointee.col,
          function: text($0.pointee.func), code: text($0.pointee.code))
      }
    }
    return result
  }

  func readSignature(_ message: Staticgraph__Signature) throws -> SignatureRecord {
    guard message.format_version <= SignatureRecord.currentFormatVersion else {
      throw fail(
        "the signature is of version \(message.format_version), but this program knows "
          + "\(SignatureRecord.currentFormatVersion) only; a newer StaticGraph reads it")
    }
    var result = SignatureRecord()
    result.formatVersion = message.format_version
    result.feeds = try messages(message.feeds, message.n_feeds).map {
      try endpoint($0.pointee, "feed")
    }
    result.outputs = try messages(message.outputs, message.n_outputs).map {
      try endpoint($0.pointee, "output")
    }
    result.targets = messages(message.targets, message.n_targets).map {
      SignatureRecord.Target(name: text($0.pointee.name), node: text($0.pointee.node))
    }
    result.parameters = messages(message.parameters, message.n_parameters).map {
      SignatureRecord.Parameter(name: text($0.pointee.name), value: text($0.pointee.value))
    }
    return result
  }

  private func endpoint(
    _ message: Staticgraph__Signature__Endpoint, _ what: String
  ) throws -> SignatureRecord.Endpoint {
    let name = text(message.name)
    let number = typeNumber(message.data_type)
    guard let dataType = DataType(rawValue: number) else {
      throw fail("the \(what) '\(name)' of the signature has the unknown type number \(number)")
    }
    guard message.output >= 0 else {
      throw fail("the \(what) '\(name)' of the signature is output \(message.output) of its node")
    }
    return SignatureRecord.Endpoint(
      name: name, node: text(message.node), output: Int(message.output),
      type: TensorType(dataType, try message.shape.map { try shape($0.pointee) } ?? .unknown))
  }
}
