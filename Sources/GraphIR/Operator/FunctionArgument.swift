import Tensors

/// An argument as the language hands it to a function.
public indirect enum FunctionArgument: Sendable {
  case value(Value)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case text(String)
  /// Bytes that need not be text: an element of a `String`, or the elements of a constant.
  case bytes([UInt8])
  /// A case literal such as `.float32`, without its dot.
  case name(String)
  case list([FunctionArgument])

  /// The kind in words, for messages.
  public var kind: String {
    switch self {
    case .value(let value): "a value of type \(value.type)"
    case .integer(let integer): "the integer \(integer)"
    case .number(let number): "the number \(number)"
    case .flag(let flag): "\(flag)"
    case .text(let text): "the text \"\(text)\""
    case .bytes(let bytes): bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes"
    case .name(let name): ".\(name)"
    case .list: "a list"
    }
  }

  var isValue: Bool {
    if case .value = self { return true }
    return false
  }

  /// The literal as a tensor of `Float64`, `Int64`, `Bool` or `String`, or `nil` when it holds a
  /// value or a case.
  ///
  /// - Throws: `ShapeError` for a list that is ragged or mixes what does not go together.
  public func literal() throws -> Tensor? {
    switch self {
    case .value, .name: return nil
    case .integer(let integer): return Tensor(Int64(integer))
    case .number(let number): return Tensor(number)
    case .flag(let flag): return Tensor(flag)
    case .text(let text): return Tensor(text)
    case .bytes(let bytes): return try Tensor(strings: [bytes], dimensions: [])
    case .list(let members):
      var parts: [Tensor] = []
      for member in members {
        guard let part = try member.literal() else { return nil }
        parts.append(part)
      }
      // A list of nothing is one of integers: sizes and axes are what such lists are written for.
      guard !parts.isEmpty else { return Tensor([Int64]()) }
      do {
        return try Tensor(stacking: parts.map { $0.asLiteral() })
      } catch let error as TensorError {
        throw ShapeError("\(error)")
      }
    }
  }
}
