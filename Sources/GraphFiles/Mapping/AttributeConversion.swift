import GraphIR
import Tensors

extension AttributeValue {
  /// The deepest that functions may stand in one another.
  static let maximumNesting = 16

  /// Names of functions that stand for what a value of an attribute has no case for.
  ///
  /// An attribute without a value, and tensors of types that this engine has none of, are kept
  /// under these names so that they can be written again.
  private enum Reserved {
    static let unset = "_staticgraph_unset"
    static let tensor = "_staticgraph_tensor"
  }

  /// The value of an attribute of a file.
  ///
  /// - Parameter template: A value of the kind that is expected: an empty list does not say what it
  ///   is a list of.
  /// - Throws: `ShapeError` for a list that mixes kinds, and for functions that nest too deep.
  init(_ record: AttributeRecord, like template: AttributeValue? = nil, depth: Int = 0) throws {
    switch record {
    case .unset: self = .function(FunctionReference(name: Reserved.unset))
    case .bytes(let bytes): self = .bytes(bytes)
    case .integer(let integer): self = .integer(integer)
    case .float(let number): self = .number(number)
    case .boolean(let flag): self = .flag(flag)
    case .type(let number): self = DataType(rawValue: number).map(Self.type) ?? .foreignType(number)
    case .shape(let shape): self = .shape(shape)
    case .tensor(.value(let tensor)): self = .tensor(tensor)
    case .tensor(let tensor): self = .function(Self.reference(tensor))
    case .placeholder(let name): self = .placeholder(name)
    case .function(let function): self = .function(try Self.reference(function, depth))
    case .list(let list): self = try Self.list(list, like: template, depth)
    }
  }

  private static func list(
    _ list: AttributeListRecord, like template: AttributeValue?, _ depth: Int
  ) throws -> AttributeValue {
    var values: [AttributeValue] = []
    if !list.bytes.isEmpty { values.append(.byteStrings(list.bytes)) }
    if !list.integers.isEmpty { values.append(.integers(list.integers)) }
    if !list.floats.isEmpty { values.append(.numbers(list.floats)) }
    if !list.booleans.isEmpty { values.append(.flags(list.booleans)) }
    if !list.types.isEmpty { values.append(.types(list.types)) }
    if !list.shapes.isEmpty { values.append(.shapes(list.shapes)) }
    if !list.tensors.isEmpty { values.append(tensorList(list.tensors)) }
    if !list.functions.isEmpty {
      values.append(.functions(try list.functions.map { try reference($0, depth) }))
    }
    guard values.count <= 1 else { throw ShapeError("is a list of several kinds of values") }
    return values.first ?? empty(like: template)
  }

  private static func empty(like template: AttributeValue?) -> AttributeValue {
    switch template {
    case .numbers: .numbers([])
    case .flags: .flags([])
    case .byteStrings: .byteStrings([])
    case .types: .types([])
    case .shapes: .shapes([])
    case .tensors: .tensors([])
    case .functions: .functions([])
    default: .integers([])
    }
  }

  private static func tensorList(_ tensors: [TensorRecord]) -> AttributeValue {
    let values = tensors.compactMap { record -> Tensor? in
      guard case .value(let tensor) = record else { return nil }
      return tensor
    }
    return values.count == tensors.count ? .tensors(values) : .functions(tensors.map(reference))
  }

  private static func reference(_ tensor: TensorRecord) -> FunctionReference {
    switch tensor {
    case .value(let tensor):
      FunctionReference(name: Reserved.tensor, attributes: ["value": .tensor(tensor)])
    case .uninterpreted(let type, let message):
      FunctionReference(
        name: Reserved.tensor, attributes: ["type": .foreignType(type), "message": .bytes(message)])
    }
  }

  private static func reference(
    _ function: FunctionRecord, _ depth: Int
  ) throws -> FunctionReference {
    guard depth < maximumNesting else {
      throw ShapeError("has functions that stand more than \(maximumNesting) deep in one another")
    }
    guard function.name != Reserved.unset, function.name != Reserved.tensor else {
      throw ShapeError("calls a function '\(function.name)', a name that is reserved")
    }
    return FunctionReference(
      name: function.name,
      attributes: try function.attributes.mapValues { try AttributeValue($0, depth: depth + 1) })
  }
}

// MARK: - Back to what a file has

extension AttributeRecord {
  /// The attribute as a file has it.
  ///
  /// - Throws: `ShapeError` for functions that nest too deep.
  init(_ value: AttributeValue, depth: Int = 0) throws {
    switch value {
    case .integer(let integer): self = .integer(integer)
    case .number(let number): self = .float(number)
    case .flag(let flag): self = .boolean(flag)
    case .bytes(let bytes): self = .bytes(bytes)
    case .type(let type): self = .type(type.rawValue)
    case .foreignType(let number): self = .type(number)
    case .shape(let shape): self = .shape(shape)
    case .tensor(let tensor): self = .tensor(.value(tensor))
    case .placeholder(let name): self = .placeholder(name)
    case .function(let function):
      if function.name == AttributeValue.unsetName {
        self = .unset
      } else if let tensor = TensorRecord(function) {
        self = .tensor(tensor)
      } else {
        self = .function(try FunctionRecord(function, depth))
      }
    default: self = .list(try AttributeListRecord(value, depth))
    }
  }
}

extension AttributeValue {
  fileprivate static var unsetName: String { Reserved.unset }
  fileprivate static var tensorName: String { Reserved.tensor }
}

extension AttributeListRecord {
  fileprivate init(_ value: AttributeValue, _ depth: Int) throws {
    switch value {
    case .integers(let integers): self.integers = integers
    case .numbers(let numbers): floats = numbers
    case .flags(let flags): booleans = flags
    case .byteStrings(let strings): bytes = strings
    case .types(let types): self.types = types
    case .shapes(let shapes): self.shapes = shapes
    case .tensors(let tensors): self.tensors = tensors.map { .value($0) }
    case .functions(let functions):
      let tensors = functions.compactMap(TensorRecord.init)
      if tensors.count == functions.count {
        self.tensors = tensors
      } else {
        self.functions = try functions.map { try FunctionRecord($0, depth) }
      }
    default: break
    }
  }
}

extension TensorRecord {
  /// The tensor that a function of the reserved name stands for.
  fileprivate init?(_ function: AttributeValue.FunctionReference) {
    guard function.name == AttributeValue.tensorName else { return nil }
    if case .tensor(let tensor) = function.attributes["value"] {
      self = .value(tensor)
    } else if case .foreignType(let type) = function.attributes["type"],
      case .bytes(let message) = function.attributes["message"]
    {
      self = .uninterpreted(type: type, message: message)
    } else {
      return nil
    }
  }
}

extension FunctionRecord {
  fileprivate init(_ function: AttributeValue.FunctionReference, _ depth: Int) throws {
    let limit = AttributeValue.maximumNesting
    guard depth < limit else {
      throw ShapeError("has functions that stand more than \(limit) deep in one another")
    }
    self.init(
      name: function.name,
      attributes: try function.attributes.mapValues { try AttributeRecord($0, depth: depth + 1) })
  }
}
