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
    guard let convert = self.dataType.conversion(to: dataType) else {
      throw TensorError("a tensor of type \(type) cannot be converted to \(dataType)")
    }
    return try withUnsafeBytes { source in
      try Tensor(uninitialized: dataType, dimensions: dimensions) { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        convert(elementCount, from, to)
      }
    }
  }
}

/// Converts `count` elements at `source` and writes them at `target`.
package typealias ElementConversion =
  @Sendable (_ count: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) -> Void

extension DataType {
  /// How elements of this type are converted to another, as `Tensor.converted(to:)` says; `nil`
  /// where one of the two is `string`.
  package func conversion(to target: DataType) -> ElementConversion? {
    (try? accept(ConversionSource(target: target))) ?? nil
  }
}

private struct ConversionSource: ElementTypeVisitor {
  let target: DataType

  func visit<Source: ConvertibleElement>(_ type: Source.Type) throws -> ElementConversion? {
    try target.accept(ConversionTarget<Source>())
  }
}

private struct ConversionTarget<Source: ConvertibleElement>: ElementTypeVisitor {
  func visit<Target: ConvertibleElement>(_ type: Target.Type) -> ElementConversion {
    { count, source, target in
      let from = source.assumingMemoryBound(to: Source.self)
      let to = target.assumingMemoryBound(to: Target.self)
      for index in 0..<count { to[index] = from[index].widened.narrowed(to: Target.self) }
    }
  }
}
