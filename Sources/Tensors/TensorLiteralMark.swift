extension Tensor {
  /// The tensor as a literal, so that it takes the type of what it meets.
  ///
  /// For values that a user wrote down elsewhere, as on a command line.
  public func asLiteral() -> Tensor {
    var result = self
    result.isLiteral = true
    return result
  }
}
