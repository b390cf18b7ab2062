import GraphIR
import Tensors

/// How the language writes a tensor.
struct ConstantText {
  /// The most elements that are written as numbers; more are written as bytes, which take half of
  /// the room.
  private static let numberLimit = 1_000
  /// Repeated elements are written once from here on.
  private static let repetitionLimit = 8
  /// The most dimensions that are written as lists in lists.
  private static let rankLimit = 24
  /// The bytes that a line of base64 stands for.
  private static let bytesOfLine = 66

  /// The expression.
  let layout: TextLayout
  /// Whether the expression needs the declared type beside it, and is otherwise complete.
  let needsType: Bool
  /// Whether elements are left out, so that the text cannot be read again.
  var isElided = false

  /// The shortest way to write a tensor.
  ///
  /// - Parameters:
  ///   - tensor: The tensor.
  ///   - isCall: Whether it has to be a call, to which arguments can be added.
  ///   - limit: The most elements that are written; the first few of more.
  init(_ tensor: Tensor, isCall: Bool = false, elidingAbove limit: Int? = nil) {
    let count = tensor.elementCount
    let isRepeated = count > Self.repetitionLimit && tensor.hasEqualElements
    if let limit, count > limit, !isRepeated {
      let first = (try? tensor.flattened(to: 3)).flatMap(\.literals)?.prefix(max(0, min(3, limit)))
      layout = .group("[", ((first.map { Array($0) } ?? []) + ["…"]).map(TextLayout.text), "]")
      needsType = true
      isElided = true
      return
    }
    let isEmpty = count == 0 && tensor.rank > 1
    if !isCall, !isRepeated, !isEmpty, tensor.rank <= Self.rankLimit,
      count <= Self.numberLimit || tensor.dataType == .string, let texts = tensor.literals
    {
      var texts = texts[...]
      layout = Self.nested(&texts, tensor.dimensions[...])
      needsType = true
      return
    }
    needsType = false
    layout = .group("constant(", Self.arguments(tensor, isRepeated), ")")
  }

  /// The arguments of a call of `constant`.
  private static func arguments(_ tensor: Tensor, _ isRepeated: Bool) -> [TextLayout] {
    var value: TextLayout?
    if isRepeated, let element = (try? tensor.flattened(to: 1)).flatMap(\.literals)?.first {
      value = .text(element)
    } else if tensor.elementCount <= numberLimit || tensor.dataType == .string,
      let texts = tensor.literals
    {
      value = tensor.rank == 0 ? .text(texts[0]) : .group("[", texts.map(TextLayout.text), "]")
    }
    let type = TextLayout.text("type: .\(caseName(of: tensor.dataType))")
    let shape = TextLayout.group(
      "shape: [", tensor.dimensions.map { .text("\($0)") }, "]")
    return [value ?? tensor.withUnsafeBytes(base64), type, shape]
  }

  private static func base64(_ bytes: UnsafeRawBufferPointer) -> TextLayout {
    let lines = stride(from: 0, to: bytes.count, by: bytesOfLine).map { start in
      let part = encodedBase64(bytes[start..<min(start + bytesOfLine, bytes.count)])
      return TextLayout.text("\"\(String(decoding: part, as: UTF8.self))\"")
    }
    return .group("base64(", lines, ")")
  }

  private static func nested(
    _ texts: inout ArraySlice<String>, _ dimensions: ArraySlice<Int>
  ) -> TextLayout {
    guard let size = dimensions.first else { return .text(texts.removeFirst()) }
    var parts: [TextLayout] = []
    parts.reserveCapacity(size)
    for _ in 0..<size { parts.append(nested(&texts, dimensions.dropFirst())) }
    return .group("[", parts, "]")
  }
}

extension Tensor {
  /// Whether all elements have the same bits.
  fileprivate var hasEqualElements: Bool {
    if dataType == .string {
      guard let strings = try? strings(), let first = strings.first else { return false }
      return strings.allSatisfy { $0 == first }
    }
    let width = dataType.byteCount
    return withUnsafeBytes { bytes in
      bytes.dropLast(width).elementsEqual(bytes.dropFirst(width))
    }
  }

  /// The first elements as a vector.
  fileprivate func flattened(to count: Int) throws -> Tensor {
    let count = min(count, elementCount)
    if dataType == .string {
      return try Tensor(strings: Array(strings().prefix(count)), dimensions: [count])
    }
    return try withUnsafeBytes { all in
      try Tensor(uninitialized: dataType, dimensions: [count]) { bytes in
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: all.prefix(bytes.count)))
      }
    }
  }

  /// The elements as the language writes them; `nil` where it has no literal for one.
  ///
  /// Read again as elements of this type, they have the same bits.
  fileprivate var literals: [String]? {
    switch dataType {
    case .string:
      return (try? strings())?.map { bytes in
        if let text = String(validating: bytes, as: UTF8.self) { return textLiteral(text) }
        return "base64(\"\(String(decoding: encodedBase64(bytes), as: UTF8.self))\")"
      }
    case .bool:
      let isExact = withUnsafeBytes { bytes in bytes.allSatisfy { $0 < 2 } }
      return isExact ? (try? elements(as: Bool.self))?.map { "\($0)" } : nil
    case .float16, .bfloat16, .float32, .float64: return floatingPointLiterals
    case .uint64:
      let fits = (try? elements(as: UInt64.self))?.allSatisfy { $0 <= UInt64(Int64.max) }
      return fits == true ? exactTexts() : nil
    default: return exactTexts()
    }
  }

  private var floatingPointLiterals: [String]? {
    guard let numbers = try? converted(to: .float64).elements(as: Double.self) else { return nil }
    var texts = exactTexts()
    var read: [Double] = []
    read.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() {
      if !number.isFinite {
        texts[index] = numberLiteral(number)
        read.append(number.isNaN ? (number.sign == .minus ? -.nan : .nan) : number)
      } else {
        guard let value = Double(texts[index]) else { return nil }
        read.append(value)
      }
    }
    // The digits of a number, read as a Double, may lie on the edge to another one of the type,
    // and NaNs have more bits than the language can tell.
    guard let again = try? Tensor(read, dimensions: dimensions).converted(to: dataType),
      again == self
    else { return nil }
    return texts
  }
}
