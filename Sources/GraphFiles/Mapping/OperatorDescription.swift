import GraphIR
import Tensors

/// What the mapping asks of an operator again and again, gathered once.
final class OperatorDescription {
  /// The operator with its default attributes.
  let prototype: any Operator
  /// Names and types of inputs and outputs.
  let signature: Signature
  /// The declared attributes and their default values.
  let defaults: [String: AttributeValue]
  /// The attributes that state the type of inputs or outputs, without the declared ones.
  let typeNames: [String]
  /// The attributes that list the types of inputs or outputs.
  let typeListNames: [String]
  /// The attribute that counts the members of the lists of inputs.
  let inputCountName: String?
  /// The attribute that counts the members of a list of outputs, unless it is a declared one.
  let outputCountName: String?
  /// The inputs, among so many, whose values shapes depend on.
  let shapeInputs: @Sendable (_ inputCount: Int) -> [Int]

  /// The attributes that a node must have.
  let requiredNames: [String]

  init(_ type: any Operator.Type) {
    prototype = type.init()
    signature = type.signature
    let declared = Dictionary(
      prototype.attributeValues.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }
    )
    defaults = declared
    let lists = (signature.inputs + signature.outputs).compactMap { parameter -> String? in
      if case .list(let name) = parameter.type { return name }
      return nil
    }
    typeListNames = Set(lists).sorted()
    typeNames = signature.types.map(\.name).filter { declared[$0] == nil && !lists.contains($0) }
    inputCountName = signature.inputs.lazy.compactMap(\.countAttribute).first.flatMap {
      declared[$0] == nil ? $0 : nil
    }
    outputCountName = signature.outputs.lazy.compactMap(\.countAttribute).first.flatMap {
      declared[$0] == nil ? $0 : nil
    }
    shapeInputs = { type.shapeInputs(of: $0) }
    requiredNames = prototype.requiredAttributeNames
  }

  /// Whether the node states a type that this engine has no tensors of, in an attribute that
  /// matters here.
  func isForeign(_ node: NodeRecord) -> Bool {
    node.attributes.contains { name, value in
      switch value {
      case .type(let number):
        DataType(rawValue: number) == nil && (defaults[name] != nil || typeNames.contains(name))
      case .tensor(.uninterpreted): defaults[name] != nil
      default: false
      }
    }
  }
}

/// What an attribute takes, in words.
func attributeKind<Op: Operator>(_ operation: Op, _ name: String) -> String? {
  Op.attributes.first { $0.name == name }?.kind
}

extension AttributeValue {
  /// The value in a few words, for messages.
  var summary: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .type(let type): "\(type)"
    case .bytes(let bytes) where bytes.count <= 40 && bytes.withUnsafeBytes(isUTF8):
      "\"\(String(decoding: bytes, as: UTF8.self))\""
    default: kind
    }
  }
}
