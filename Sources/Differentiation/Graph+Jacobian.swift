import GraphIR
import Operators
import Tensors

extension Graph {
  /// The most gradients that one matrix of derivatives is made of.
  private static let sweepLimit = 4096

  /// Appends every derivative of every element of a value.
  ///
  /// ```swift
  /// let j = try graph.jacobian(of: y, withRespectTo: x)   // j[i, k] = ∂y[i] / ∂x[k]
  /// ```
  /// It is made of one gradient for each element of `y`, or of one product with a direction for
  /// each element of `x` where these are fewer; a product with one vector is had for far less
  /// from `gradients(of:withRespectTo:upstream:)` or `jacobianVectorProduct`.
  ///
  /// - Parameters:
  ///   - y: A value of floating-point numbers whose sizes are known when the graph is built.
  ///   - x: The value to differentiate by, of known sizes too.
  ///   - unconnected: What to do when no path leads from `y` to `x`.
  /// - Returns: A value of the type of `x`, with the sizes of `y` followed by those of `x`; it can
  ///   be differentiated again.
  /// - Throws: `GraphError` when there is no path, when sizes are not known or both values have
  ///   more than 4,096 elements, and when a call before this was wrong.
  public func jacobian(
    of y: Value, withRespectTo x: Value, unconnected: UnconnectedGradient = .error,
    fileID: String = #fileID, line: Int = #line
  ) throws -> Value {
    try jacobian(
      of: y, withRespectTo: x, unconnected: unconnected,
      origin: Origin(fileID: fileID, line: line))
  }

  func jacobian(
    of y: Value, withRespectTo x: Value, unconnected: UnconnectedGradient, origin: Origin
  ) throws -> Value {
    let sizes = try (knownSizes(y, "jacobian", origin), knownSizes(x, "jacobian", origin))
    let (rows, columns) = (y.shape.elementCount!, x.shape.elementCount!)
    try checkSweeps(min(rows, columns), "jacobian", origin)
    if rows == 0 || columns == 0 {
      return placed("jacobian", origin) { noDerivatives(x, sizes.0 + sizes.1) }
    }
    let parts =
      if rows <= columns {
        try units(like: y, origin).map { weights in
          try gradients(
            of: [y], withRespectTo: [x], upstream: [weights], unconnected: unconnected,
            origin: origin)[0]
        }
      } else {
        try units(like: x, origin).map { direction in
          try jacobianVectorProduct(
            of: y, withRespectTo: [x], along: [direction], unconnected: unconnected,
            origin: origin)
        }
      }
    return placed("jacobian", origin) {
      reshape(
        matrix(of: parts, asRows: rows <= columns, rows: rows, columns: columns),
        to: sizes.0 + sizes.1)
    }
  }

  /// Appends every second derivative of a value.
  ///
  /// It is made of one product with a direction for each element of `x`; a product with one
  /// direction is had for far less from `hessianVectorProduct`.
  ///
  /// - Parameters:
  ///   - y: A value of floating-point numbers. Where it is no scalar, the derivatives are those
  ///     of the sum of its elements.
  ///   - x: The value to differentiate by, whose sizes are known when the graph is built.
  ///   - unconnected: What to do when no path leads from `y` to `x`. The matrix is zeros where
  ///     the gradient does not depend on `x`, as that of a linear function.
  /// - Returns: A value of the type of `x`, with the sizes of `x` twice; it can be differentiated
  ///   again.
  /// - Throws: `GraphError` when there is no path, when the sizes are not known or `x` has more
  ///   than 4,096 elements, and when a call before this was wrong.
  public func hessian(
    of y: Value, withRespectTo x: Value, unconnected: UnconnectedGradient = .error,
    fileID: String = #fileID, line: Int = #line
  ) throws -> Value {
    try hessian(
      of: y, withRespectTo: x, unconnected: unconnected,
      origin: Origin(fileID: fileID, line: line))
  }

  func hessian(
    of y: Value, withRespectTo x: Value, unconnected: UnconnectedGradient, origin: Origin
  ) throws -> Value {
    let sizes = try knownSizes(x, "hessian", origin)
    let count = x.shape.elementCount!
    try checkSweeps(count, "hessian", origin)
    if count == 0 { return placed("hessian", origin) { noDerivatives(x, sizes + sizes) } }
    let slope = try gradients(
      of: [y], withRespectTo: [x], unconnected: unconnected, origin: origin)[0]
    let parts = try units(like: x, origin).map { direction in
      try gradients(
        of: [slope], withRespectTo: [x], upstream: [direction], unconnected: .zeros,
        origin: origin)[0]
    }
    return placed("hessian", origin) {
      reshape(matrix(of: parts, asRows: true, rows: count, columns: count), to: sizes + sizes)
    }
  }
}

extension Graph {
  private func knownSizes(_ value: Value, _ function: String, _ origin: Origin) throws -> [Int] {
    // What was wrong before is told first.
    _ = try frozen()
    guard value.isValid, value.graph === self else {
      throw GraphError("\(function): a value belongs to another graph", at: origin.location)
    }
    guard let sizes = value.shape.known, value.shape.elementCount != nil else {
      throw GraphError(
        "\(function): the sizes of '\(value.name)' must be known when the graph is built, but it"
          + " is \(value.type)", at: origin.location)
    }
    guard value.dataType.isFloatingPoint else {
      throw GraphError(
        "\(function): '\(value.name)' must hold floating-point numbers, but it is \(value.type)",
        at: origin.location)
    }
    return sizes
  }

  private func checkSweeps(_ count: Int, _ function: String, _ origin: Origin) throws {
    guard count <= Self.sweepLimit else {
      throw GraphError(
        "\(function): \(count) gradients would be needed; the limit is \(Self.sweepLimit)",
        at: origin.location, notes: ["products with a few directions may be enough"])
    }
  }

  private func noDerivatives(_ x: Value, _ sizes: [Int]) -> Value {
    broadcast(constant(Tensor(0.0).asLiteral(), as: x.dataType, origin: .unknown), to: sizes)
  }

  /// For each element of a value of known sizes, a constant that is 1 there and 0 elsewhere.
  private func units(like value: Value, _ origin: Origin) throws -> [Value] {
    let (sizes, count) = (value.shape.known!, value.shape.elementCount!)
    let dataType = value.dataType
    return try placed("units", origin) {
      try (0..<count).map { position in
        var numbers = [Float](repeating: 0, count: count)
        numbers[position] = 1
        let unit = try Tensor(numbers, dimensions: sizes).converted(to: dataType)
        return constant(unit, origin: origin)
      }
    }
  }

  /// A matrix of its rows, or of its columns.
  private func matrix(of parts: [Value], asRows: Bool, rows: Int, columns: Int) -> Value {
    if parts.count == 1 { return parts[0] }
    let vectors = parts.map { reshape($0, to: [asRows ? columns : rows]) }
    return stack(vectors, axis: asRows ? 0 : 1)
  }
}
