extension Tensor {
  /// The literal as a tensor of the type of what it meets.
  ///
  /// Every value must be one of the type: whole and in range for an integer type; finite values
  /// must stay finite in a floating-point type, where they are rounded. `Bool` and `String` are
  /// adopted by literals of their own kind only. A list without elements adopts any type.
  ///
  /// A tensor that is not a literal is never converted: it is returned as it is when it has the
  /// type already.
  ///
  /// - Throws: `TensorError` that names the first value that does not fit, and the type.
  public func adopting(_ dataType: DataType) throws -> Tensor {
    if let literalError { throw literalError }
    if dataType == self.dataType { return try converted(to: dataType) }
    guard isLiteral else {
      throw TensorError(
        "the tensor holds \(self.dataType), but \(dataType) is expected; convert it with "
          + "converted(to:)")
    }
    if elementCount == 0 { return try Tensor(zeros: dataType, dimensions: dimensions) }
    guard self.dataType.isNumeric, dataType.isNumeric else {
      throw TensorError("\(elementText(at: 0)) is not a value of \(dataType)")
    }
    if let misfit = try misfit(in: dataType) {
      throw TensorError(
        "\(elementText(at: misfit)) is not a value of \(dataType)\(range(of: dataType))")
    }
    return try converted(to: dataType)
  }

  /// The first element that is not a value of the type.
  private func misfit(in dataType: DataType) throws -> Int? {
    let visitor = FitSourceVisitor(source: self, target: dataType)
    return (try self.dataType.accept(visitor) ?? nil) ?? nil
  }

  /// The element and where it stands, for a message.
  private func elementText(at index: Int) -> String {
    let text: String
    switch storage {
    case .strings(let strings):
      text = quoted(strings[index])
    case .memory:
      text = exactText(at: index)
    }
    if rank == 0 { return text }
    var rest = index
    var position: [Int] = []
    for size in dimensions.reversed() {
      position.append(rest % size)
      rest /= size
    }
    return "\(text) at \(Array(position.reversed()))"
  }
}

private func range(of dataType: DataType) -> String {
  switch dataType {
  case .int8: ", which holds \(Int8.min) through \(Int8.max)"
  case .int16: ", which holds \(Int16.min) through \(Int16.max)"
  case .int32: ", which holds \(Int32.min) through \(Int32.max)"
  case .int64: ", which holds \(Int64.min) through \(Int64.max)"
  case .uint8: ", which holds 0 through \(UInt8.max)"
  case .uint16: ", which holds 0 through \(UInt16.max)"
  case .uint32: ", which holds 0 through \(UInt32.max)"
  case .uint64: ", which holds 0 through \(UInt64.max)"
  default: ""
  }
}

private struct FitSourceVisitor: ElementTypeVisitor {
  let source: Tensor
  let target: DataType

  func visit<Source: ConvertibleElement>(_ type: Source.Type) throws -> Int?? {
    try target.accept(FitTargetVisitor<Source>(source: source))
  }
}

private struct FitTargetVisitor<Source: ConvertibleElement>: ElementTypeVisitor {
  let source: Tensor

  func visit<Target: ConvertibleElement>(_ type: Target.Type) -> Int? {
    source.withUnsafeBytes { bytes in
      bytes.bindMemory(to: Source.self).firstIndex { element in
        !fits(element.widened, in: Target.self)
      }
    }
  }

  /// Whether a cast keeps the value, but for rounding in a floating-point type.
  private func fits<Wide: WideNumber, Target: ConvertibleElement>(
    _ value: Wide, in type: Target.Type
  ) -> Bool {
    let cast = value.narrowed(to: Target.self)
    if Target.Wide.self == Float.self || Target.Wide.self == Double.self {
      return value.isFinite == cast.widened.isFinite
    }
    return cast.widened.equals(value)
  }
}
