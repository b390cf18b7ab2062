import Tensors

/// An argument as the language hands it to a function.
public indirect enum FunctionArgument: Sendable {
  case value(Value)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case text(String)
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
    case .name(let name): ".\(name)"
    case .list: "a list"
    }
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
    case .list(let members):
      var parts: [Tensor] = []
      for member in members {
        guard let part = try member.literal() else { return nil }
        parts.append(part)
      }
      return try stack(parts)
    }
  }

  private func stack(_ parts: [Tensor]) throws -> Tensor {
    guard let first = parts.first else { return Tensor([Int64]()) }
    if let other = parts.first(where: { $0.dimensions != first.dimensions }) {
      throw ShapeError(
        "the rows of a list differ in shape: \(first.shape) and \(other.shape)")
    }
    let dimensions = [parts.count] + first.dimensions
    if parts.allSatisfy({ $0.dataType == .int64 }) {
      return try Tensor(parts.flatMap { try $0.elements(as: Int64.self) }, dimensions: dimensions)
    }
    if parts.allSatisfy({ $0.dataType == .int64 || $0.dataType == .float64 }) {
      let numbers = try parts.flatMap { part in
        part.dataType == .float64
          ? try part.elements(as: Double.self)
          : try part.elements(as: Int64.self).map(Double.init)
      }
      return try Tensor(numbers, dimensions: dimensions)
    }
    if parts.allSatisfy({ $0.dataType == .bool }) {
      return try Tensor(parts.flatMap { try $0.elements(as: Bool.self) }, dimensions: dimensions)
    }
    if parts.allSatisfy({ $0.dataType == .string }) {
      return try Tensor(strings: parts.flatMap { try $0.strings() }, dimensions: dimensions)
    }
    throw ShapeError("a list cannot mix numbers, texts and truth values")
  }
}
