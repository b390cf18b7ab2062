import GraphIR
import Operators
import Tensors

extension Graph {
  /// Appends the change of a value when others move along given directions: J · v.
  ///
  /// ```swift
  /// let change = try graph.jacobianVectorProduct(of: y, withRespectTo: x, along: v)
  /// ```
  /// The product costs about as much as two gradients, however many elements `y` has: what a
  /// gradient gives for weights u, Jᵀ · u, is linear in u, and its own gradient is J · v. What
  /// depends on the weights alone is never computed.
  ///
  /// - Parameters:
  ///   - y: A value of floating-point numbers.
  ///   - x: The value to differentiate by.
  ///   - v: The direction, of the type and shape of `x`.
  ///   - unconnected: What to do when no path leads from `y` to `x`.
  /// - Returns: A value of the type and shape of `y`; it can be differentiated again.
  /// - Throws: `GraphError` when there is no path, and when a call before this was wrong.
  public func jacobianVectorProduct(
    of y: Value, withRespectTo x: Value, along v: Value,
    unconnected: UnconnectedGradient = .error, fileID: String = #fileID, line: Int = #line
  ) throws -> Value {
    try jacobianVectorProduct(
      of: y, withRespectTo: [x], along: [v], unconnected: unconnected,
      origin: Origin(fileID: fileID, line: line))
  }

  /// Appends the change of a value when several others move at once.
  ///
  /// - Parameters:
  ///   - xs: The values to differentiate by.
  ///   - directions: For each of `xs` its direction, of its type and shape.
  public func jacobianVectorProduct(
    of y: Value, withRespectTo xs: [Value], along directions: [Value],
    unconnected: UnconnectedGradient = .error, fileID: String = #fileID, line: Int = #line
  ) throws -> Value {
    try jacobianVectorProduct(
      of: y, withRespectTo: xs, along: directions, unconnected: unconnected,
      origin: Origin(fileID: fileID, line: line))
  }

  func jacobianVectorProduct(
    of y: Value, withRespectTo xs: [Value], along directions: [Value],
    unconnected: UnconnectedGradient, origin: Origin
  ) throws -> Value {
    try checkDirections(directions, of: xs, and: y, "jacobianVectorProduct", origin)
    // Whatever the weights are, the product does not depend on them.
    let weights = placed("products", origin) { zeros(like: y) }
    let transposed = try gradients(
      of: [y], withRespectTo: xs, upstream: [weights], unconnected: unconnected, origin: origin)
    return try gradients(
      of: transposed, withRespectTo: [weights], upstream: directions, unconnected: .zeros,
      origin: origin)[0]
  }

  /// Appends the product of the second derivatives of a value with a direction: H · v.
  ///
  /// The product costs about as much as two gradients, however many elements `x` has.
  ///
  /// - Parameters:
  ///   - y: A value of floating-point numbers. Where it is no scalar, the derivatives are those
  ///     of the sum of its elements.
  ///   - x: The value to differentiate by.
  ///   - v: The direction, of the type and shape of `x`.
  ///   - unconnected: What to do when no path leads from `y` to `x`. The product is zeros where
  ///     the gradient does not depend on `x`, as that of a linear function.
  /// - Returns: A value of the type and shape of `x`; it can be differentiated again.
  /// - Throws: `GraphError` when there is no path, and when a call before this was wrong.
  public func hessianVectorProduct(
    of y: Value, withRespectTo x: Value, along v: Value,
    unconnected: UnconnectedGradient = .error, fileID: String = #fileID, line: Int = #line
  ) throws -> Value {
    try hessianVectorProduct(
      of: y, withRespectTo: [x], along: [v], unconnected: unconnected,
      origin: Origin(fileID: fileID, line: line))[0]
  }

  /// Appends the product of the second derivatives by several values with a direction for each.
  ///
  /// - Parameters:
  ///   - xs: The values to differentiate by.
  ///   - directions: For each of `xs` its direction, of its type and shape.
  /// - Returns: For each of `xs` its part of the product, of its type and shape: the mixed
  ///   derivatives by all others are in it.
  public func hessianVectorProduct(
    of y: Value, withRespectTo xs: [Value], along directions: [Value],
    unconnected: UnconnectedGradient = .error, fileID: String = #fileID, line: Int = #line
  ) throws -> [Value] {
    try hessianVectorProduct(
      of: y, withRespectTo: xs, along: directions, unconnected: unconnected,
      origin: Origin(fileID: fileID, line: line))
  }

  func hessianVectorProduct(
    of y: Value, withRespectTo xs: [Value], along directions: [Value],
    unconnected: UnconnectedGradient, origin: Origin
  ) throws -> [Value] {
    try checkDirections(directions, of: xs, and: y, "hessianVectorProduct", origin)
    let slopes = try gradients(
      of: [y], withRespectTo: xs, unconnected: unconnected, origin: origin)
    return try gradients(
      of: slopes, withRespectTo: xs, upstream: directions, unconnected: .zeros, origin: origin)
  }

  private func checkDirections(
    _ directions: [Value], of xs: [Value], and y: Value, _ function: String, _ origin: Origin
  ) throws {
    // What was wrong before is told first.
    _ = try frozen()
    for value in xs + directions + [y] where value.graph !== self || !value.isValid {
      throw GraphError("\(function): a value belongs to another graph", at: origin.location)
    }
    guard directions.count == xs.count else {
      throw GraphError(
        "\(function): \(directions.count) directions were given for \(xs.count) values",
        at: origin.location)
    }
    // The sweep would say this of an upstream gradient, which users have not given.
    for (x, direction) in zip(xs, directions) {
      guard direction.dataType == x.dataType, direction.shape.isCompatible(with: x.shape) else {
        throw GraphError(
          "\(function): the direction of '\(x.name)' must be \(x.type), but it is"
            + " \(direction.type)", at: origin.location)
      }
    }
  }

  /// Appends nodes of a derivative that no gradient rule makes.
  func placed<Result>(
    _ name: String, _ origin: Origin, _ body: () throws -> Result
  ) rethrows -> Result {
    try deriving { try scope(name, ascribingTo: origin, body) }
  }

  private func zeros(like value: Value) -> Value {
    let zero = constant(Tensor(0.0).asLiteral(), as: value.dataType, origin: .unknown)
    return value.shape == .scalar ? zero : broadcast(zero, to: shapeTensor(value))
  }
}
