extension Tensor: ExpressibleByIntegerLiteral {
  /// A literal scalar of type `Int64`.
  public init(integerLiteral value: Int64) {
    self.init(literal: value)
  }
}

extension Tensor: ExpressibleByFloatLiteral {
  /// A literal scalar of type `Float64`.
  public init(floatLiteral value: Double) {
    self.init(literal: value)
  }
}

extension Tensor: ExpressibleByBooleanLiteral {
  /// A literal scalar of type `Bool`.
  public init(booleanLiteral value: Bool) {
    self.init(literal: value)
  }
}

extension Tensor: ExpressibleByStringLiteral {
  /// A literal scalar of type `String`.
  public init(stringLiteral value: String) {
    self.init(dataType: .string, dimensions: [], storage: .strings([Array(value.utf8)]))
    isLiteral = true
  }
}

extension Tensor: ExpressibleByArrayLiteral {
  /// A literal list of numbers, Booleans, strings or lists, or the given tensors stacked.
  ///
  /// Where the parts cannot be one tensor the result has a `literalError`.
  public init(arrayLiteral parts: Tensor...) {
    do {
      try self.init(stacking: parts)
    } catch {
      self.init(invalidLiteral: error as? TensorError ?? TensorError("\(error)"))
    }
  }
}

extension Tensor {
  /// A literal that cannot be a tensor, for the given reason.
  init(invalidLiteral error: TensorError) {
    self.init(dataType: .float64, dimensions: [0], storage: .memory(.empty))
    isLiteral = true
    literalError = error
  }

  private init<Element: FixedSizeElement>(literal value: Element) {
    self.init(value)
    isLiteral = true
  }
}
