internal import CGraphFile
import GraphIR
import Tensors

extension GraphFileWriter {
  /// The deepest nesting of functions that is written: what the default limits of reading take,
  /// at four messages a function in a list and eight around.
  private static let maximumNesting = 14

  func attributes(
    _ records: [String: AttributeRecord], depth: Int = 0
  ) throws -> UnsafeMutablePointer<UnsafeMutablePointer<Staticgraph__Attribute>?>? {
    guard depth < Self.maximumNesting else {
      throw fail("functions stand more than \(Self.maximumNesting) deep in one another")
    }
    return arena.array(
      try sortedByBytes(records).map { key, record in
        let message = arena.message(staticgraph__attribute__init)
        message.pointee.key = arena.text(key)
        message.pointee.value = try value(record, depth: depth)
        return message
      })
  }

  private func value(
    _ record: AttributeRecord, depth: Int
  ) throws -> UnsafeMutablePointer<Staticgraph__AttributeValue> {
    let message = arena.message(staticgraph__attribute_value__init)
    switch record {
    case .unset:
      break
    case .bytes(let bytes):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_S
      message.pointee.s = arena.bytes(bytes)
    case .integer(let number):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_I
      message.pointee.i = number
    case .float(let number):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_F
      message.pointee.f = number
    case .boolean(let flag):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_B
      message.pointee.b = flag ? 1 : 0
    case .type(let number):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_TYPE
      message.pointee.type = typeMessage(number)
    case .shape(let shape):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_SHAPE
      message.pointee.shape = self.shape(shape)
    case .tensor(let tensor):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_TENSOR
      message.pointee.tensor = try self.tensor(tensor)
    case .placeholder(let name):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_PLACEHOLDER
      message.pointee.placeholder = arena.text(name)
    case .function(let record):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_FUNC
      message.pointee.func = try function(record, depth: depth)
    case .list(let record):
      message.pointee.value_case = STATICGRAPH__ATTRIBUTE_VALUE__VALUE_LIST
      message.pointee.list = try list(record, depth: depth)
    }
    return message
  }

  private func list(
    _ record: AttributeListRecord, depth: Int
  ) throws -> UnsafeMutablePointer<Staticgraph__AttributeValue__List> {
    let message = arena.message(staticgraph__attribute_value__list__init)
    message.pointee.n_s = record.bytes.count
    message.pointee.s = arena.array(record.bytes.map { arena.bytes($0) })
    message.pointee.n_i = record.integers.count
    message.pointee.i = arena.array(record.integers)
    message.pointee.n_f = record.floats.count
    message.pointee.f = arena.array(record.floats)
    message.pointee.n_b = record.booleans.count
    message.pointee.b = arena.array(record.booleans.map { $0 ? 1 : 0 })
    message.pointee.n_type = record.types.count
    message.pointee.type = arena.array(record.types.map(typeMessage))
    message.pointee.n_shape = record.shapes.count
    message.pointee.shape = arena.array(record.shapes.map { Optional(shape($0)) })
    message.pointee.n_tensor = record.tensors.count
    message.pointee.tensor = arena.array(try record.tensors.map { Optional(try tensor($0)) })
    message.pointee.n_func = record.functions.count
    message.pointee.func = arena.array(
      try record.functions.map { Optional(try function($0, depth: depth)) })
    return message
  }

  private func function(
    _ record: FunctionRecord, depth: Int
  ) throws -> UnsafeMutablePointer<Staticgraph__Function> {
    let message = arena.message(staticgraph__function__init)
    message.pointee.name = arena.text(record.name)
    message.pointee.n_attr = record.attributes.count
    message.pointee.attr = try attributes(record.attributes, depth: depth + 1)
    return message
  }

  func typeMessage(_ number: Int32) -> Staticgraph__DataType {
    Staticgraph__DataType(rawValue: .init(truncatingIfNeeded: number))
  }

  func shape(_ shape: Shape) -> UnsafeMutablePointer<Staticgraph__Shape> {
    let message = arena.message(staticgraph__shape__init)
    guard let dimensions = shape.dimensions else {
      message.pointee.unknown_rank = 1
      return message
    }
    message.pointee.n_dim = dimensions.count
    message.pointee.dim = arena.array(
      dimensions.map { size in
        let dimension = arena.message(staticgraph__shape__dimension__init)
        dimension.pointee.size = size.map(Int64.init) ?? -1
        return Optional(dimension)
      })
    return message
  }
}
