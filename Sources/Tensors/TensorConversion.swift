extension Tensor {
  /// The same values as elements of another type.
  ///
  /// - Integers become narrower integers by keeping their low bits, as in C and NumPy.
  /// - Floating-point numbers become integers by dropping the fraction. A number out of range
  ///   becomes the nearest value of the type, and NaN becomes 0, on every machine.
  /// - Numbers become `Float64`, `Float32`, `Float16` or `BFloat16` by rounding once to the
  ///   nearest, ties to the even one; beyond the largest they become infinite.
  /// - Every number but 0 becomes `true`, NaN included; `true` becomes 1.
  /// - Strings become strings only.
  ///
  /// - Throws: `TensorError` for a conversion between strings and anything else, or when there is
  ///   no memory for the result.
  public func converted(to dataType: DataType) throws -> Tensor {
    if let literalError { throw literalError }
    if dataType == self.dataType {
      var result = self
      result.isLiteral = false
      return result
    }
    let visitor = SourceVisitor(source: self, target: dataType)
    guard let result = try self.dataType.accept(visitor) ?? nil else {
      throw TensorError("a tensor of type \(type) cannot be converted to \(dataType)")
    }
    return result
  }
}

private struct SourceVisitor: ElementTypeVisitor {
  let source: Tensor
  let target: DataType

  func visit<Source: ConvertibleElement>(_ type: Source.Type) throws -> Tensor? {
    try target.accept(TargetVisitor<Source>(source: source, target: target))
  }
}

private struct TargetVisitor<Source: ConvertibleElement>: ElementTypeVisitor {
  let source: Tensor
  let target: DataType

  func visit<Target: ConvertibleElement>(_ type: Target.Type) throws -> Tensor {
    try source.withUnsafeBytes { sourceBytes in
      try Tensor(uninitialized: target, dimensions: source.dimensions) { targetBytes in
        let from = sourceBytes.bindMemory(to: Source.self)
        let to = targetBytes.bindMemory(to: Target.self)
        for index in 0..<min(from.count, to.count) {
          to[index] = from[index].widened.narrowed(to: Target.self)
        }
      }
    }
  }
}
