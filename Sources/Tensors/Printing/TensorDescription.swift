extension Tensor: CustomStringConvertible {
  /// The elements as NumPy prints an array; those of more than 1000 in excerpts.
  ///
  /// A scalar stands for itself, with up to 8 significant digits. Strings are quoted, scalars
  /// too. A tensor of more than 64 dimensions is named by its type only.
  public var description: String {
    if let literalError { return "invalid literal: \(literalError)" }
    if elementCount == 0 { return "[]" }
    if rank == 0 { return texts(at: [0], .scalar)[0] }
    guard rank <= ArrayLayout.maximumRank else { return "[...] of type \(dataType)\(shape)" }
    var layout = ArrayLayout(dimensions: dimensions)
    return layout.text(of: texts(at: layout.shownIndices, .cell))
  }

  /// One element with all its digits.
  func exactText(at index: Int) -> String { texts(at: [index], .exact)[0] }

  /// The texts of all elements but strings, with the fewest digits that tell each from all others
  /// of its type.
  package func exactTexts() -> [String] { texts(at: Array(0..<elementCount), .exact) }

  /// The texts of the elements at some row-major positions.
  func texts(at indices: [Int], _ style: TextStyle) -> [String] {
    switch storage {
    case .strings(let strings):
      indices.map { quoted(strings[$0]) }
    case .memory(let memory):
      withExtendedLifetime(memory) {
        let elements = ElementTexts(
          bytes: UnsafeRawBufferPointer(memory.bytes), indices: indices, style: style)
        return elements.texts(of: dataType)
      }
    }
  }
}

/// What the text of an element is for.
enum TextStyle {
  /// A column of an array.
  case cell
  /// A value on its own.
  case scalar
  /// All digits.
  case exact
}

private struct ElementTexts {
  let bytes: UnsafeRawBufferPointer
  let indices: [Int]
  let style: TextStyle

  func texts(of dataType: DataType) -> [String] {
    switch dataType {
    case .float16: floats(Float16.self)
    case .bfloat16: floats(BFloat16.self)
    case .float32: floats(Float.self)
    case .float64: floats(Double.self)
    case .int8: integers(Int8.self)
    case .int16: integers(Int16.self)
    case .int32: integers(Int32.self)
    case .int64: integers(Int64.self)
    case .uint8: integers(UInt8.self)
    case .uint16: integers(UInt16.self)
    case .uint32: integers(UInt32.self)
    case .uint64: integers(UInt64.self)
    case .bool: booleans()
    case .string: []
    }
  }

  private func elements<Element: ConvertibleElement>(_ type: Element.Type) -> [Element] {
    let all = bytes.bindMemory(to: Element.self)
    return indices.map { all[$0] }
  }

  private func floats<Element: PrintableFloat>(_ type: Element.Type) -> [String] {
    let elements = elements(type)
    switch style {
    case .cell: return FloatCells.texts(elements)
    case .scalar: return elements.map(\.scalarText)
    case .exact: return elements.map(\.roundTripText)
    }
  }

  private func integers<Element: ConvertibleInteger>(_ type: Element.Type) -> [String] {
    let texts = elements(type).map { String($0) }
    let width = style == .cell ? texts.lazy.map(\.utf8.count).max() ?? 0 : 0
    return texts.map { $0.leftPadded(to: width) }
  }

  private func booleans() -> [String] {
    elements(StoredBool.self).map { element in
      switch style {
      case .cell: element.isTrue ? " True" : "False"
      case .scalar: element.isTrue ? "True" : "False"
      case .exact: element.isTrue ? "true" : "false"
      }
    }
  }
}
