import GraphIR
import Tensors

extension Tensor {
  /// The most elements that are shown whole, and how many are shown of more.
  private static let shownElements = (whole: 8, excerpt: 3)

  /// The elements as a literal on one line: all of a few, the first ones of many.
  var excerpt: String {
    if elementCount == 0 { return "[]" }
    if elementCount <= Self.shownElements.whole {
      if dataType != .string { return json() }
      return first(elementCount).map { $0.json() } ?? "…"
    }
    guard let start = first(Self.shownElements.excerpt)?.json() else { return "…" }
    return start.dropLast() + ", …]"
  }

  /// The first elements as a vector, texts cut short.
  private func first(_ count: Int) -> Tensor? {
    if dataType == .string {
      guard let strings = try? strings().prefix(count) else { return nil }
      let isScalar = rank == 0
      return try? Tensor(strings: strings.map { $0.cut() }, dimensions: isScalar ? [] : [count])
    }
    return withUnsafeBytes { all in
      try? Tensor(uninitialized: dataType, dimensions: [count]) { bytes in
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: all.prefix(bytes.count)))
      }
    }
  }
}

extension [UInt8] {
  /// A text of at most 40 bytes, with an ellipsis in place of what is left out.
  fileprivate func cut() -> [UInt8] {
    if count <= 40 { return self }
    // Not in the middle of a character.
    var end = 40
    while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(prefix(end)) + Array("…".utf8)
  }

  fileprivate var quotedText: String {
    (try? Tensor(strings: [cut()], dimensions: []).json()) ?? "…"
  }
}

extension AttributeValue {
  /// The value on one line, long ones cut short.
  var text: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .bytes(let bytes): bytes.quotedText
    case .type(let type): ".\(caseName(of: type))"
    case .foreignType(let number): Self.typeText(number)
    case .shape(let shape): "\(shape)"
    case .tensor(let tensor): tensor.excerpt
    case .integers(let integers): Self.list(integers) { "\($0)" }
    case .numbers(let numbers): Self.list(numbers) { "\($0)" }
    case .flags(let flags): Self.list(flags) { "\($0)" }
    case .byteStrings(let strings): Self.list(strings, \.quotedText)
    case .types(let types): Self.list(types, Self.typeText)
    case .shapes(let shapes): Self.list(shapes) { "\($0)" }
    case .tensors(let tensors): Self.list(tensors, \.excerpt)
    case .function(let function): Self.functionText(function)
    case .functions(let functions): Self.list(functions, Self.functionText)
    case .placeholder(let name): "$\(name)"
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ text: (Element) -> String
  ) -> String {
    let shown = elements.count <= 8 ? elements.count : 3
    let texts = elements.prefix(shown).map(text) + (shown < elements.count ? ["…"] : [])
    return "[\(texts.joined(separator: ", "))]"
  }

  private static func typeText(_ number: Int32) -> String {
    if let type = DataType(rawValue: number) { return ".\(caseName(of: type))" }
    return MessageSchema.dataTypeNumbers.first { $0.value == number }?.key ?? "type \(number)"
  }

  private static func functionText(_ function: FunctionReference) -> String {
    switch try? AttributeRecord(.function(function)) {
    case .unset: "none"
    case .tensor(.uninterpreted(let type, _)): "tensor of \(typeText(type))"
    default: "\(function.name)()"
    }
  }

  /// Whether most operators have the value as the default of an attribute.
  ///
  /// Of attributes that are not declared here the defaults are not known.
  var isLikelyDefault: Bool {
    switch self {
    case .flag(let flag): !flag
    case .integer(let integer): integer == 0
    case .bytes(let bytes): bytes.isEmpty
    case .integers(let integers): integers.isEmpty
    default: false
    }
  }
}
