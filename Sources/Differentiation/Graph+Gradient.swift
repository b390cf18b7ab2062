import GraphIR
import Tensors

/// What a gradient is where no path leads from the value to what it is asked for.
public enum UnconnectedGradient: Hashable, Sendable {
  /// An error that names the operator where the path breaks, and why.
  case error
  /// Zeros.
  case zeros
}

extension Graph {
  /// Appends the derivative of a value with respect to another.
  ///
  /// ```swift
  /// let y = 2 * x * sin(.pi * x)
  /// let dydx = try graph.gradient(of: y, withRespectTo: x)
  /// ```
  /// - Parameters:
  ///   - y: A value of floating-point numbers. Where it is no scalar, the derivative is that of
  ///     the sum of its elements.
  ///   - x: The value to differentiate by.
  ///   - unconnected: What to do when no path leads from `y` to `x`.
  /// - Returns: A value of the type and shape of `x`; it can be differentiated again.
  /// - Throws: `GraphError` when there is no path, and when a call before this was wrong.
  public func gradient(
    of y: Value, withRespectTo x: Value, unconnected: UnconnectedGradient = .error,
    fileID: String = #fileID, line: Int = #line
  ) throws -> Value {
    try gradients(
      of: [y], withRespectTo: [x], unconnected: unconnected, fileID: fileID, line: line)[0]
  }

  /// Appends the derivatives of a value with respect to several others, in one sweep.
  public func gradient(
    of y: Value, withRespectTo xs: [Value], unconnected: UnconnectedGradient = .error,
    fileID: String = #fileID, line: Int = #line
  ) throws -> [Value] {
    try gradients(of: [y], withRespectTo: xs, unconnected: unconnected, fileID: fileID, line: line)
  }

  /// Appends the derivatives of a weighted sum of values: the general form.
  ///
  /// - Parameters:
  ///   - ys: Values of floating-point numbers.
  ///   - xs: The values to differentiate by.
  ///   - upstream: For each of `ys` its weights, of the same type and shape; ones where `nil`,
  ///     and for all when the list is left out.
  ///   - stops: Values that count as constants: nothing flows back through them.
  ///   - unconnected: What to do for those of `xs` to which no path leads.
  /// - Returns: For each of `xs` the derivative of Σ upstream · y, of its type and shape.
  /// - Throws: `GraphError` when there is no path, and when a call before this was wrong.
  public func gradients(
    of ys: [Value], withRespectTo xs: [Value], upstream: [Value?] = [],
    stoppingAt stops: [Value] = [], unconnected: UnconnectedGradient = .error,
    fileID: String = #fileID, line: Int = #line
  ) throws -> [Value] {
    let origin = Origin(fileID: fileID, line: line)
    return try gradients(
      of: ys, withRespectTo: xs, upstream: upstream, stoppingAt: stops, unconnected: unconnected,
      origin: origin)
  }

  /// The same, with `nil` for those of `xs` to which no path leads.
  package func gradientsWherePathsLead(
    of ys: [Value], withRespectTo xs: [Value], origin: Origin
  ) throws -> [Value?] {
    var sweep = ReverseSweep(
      graph: self, frozen: try frozen(), targets: ys, sources: xs, stops: [], origin: origin)
    return try deriving {
      try scope("gradients") {
        try sweep.run(upstream: [])
        return xs.map { sweep.total($0.endpoint) }
      }
    }
  }

  func gradients(
    of ys: [Value], withRespectTo xs: [Value], upstream: [Value?] = [],
    stoppingAt stops: [Value] = [], unconnected: UnconnectedGradient, origin: Origin
  ) throws -> [Value] {
    let frozen = try frozen()
    for value in ys + xs + upstream.compactMap(\.self) + stops
    where value.graph !== self || !value.isValid {
      throw GraphError("gradient: a value belongs to another graph", at: origin.location)
    }
    if !upstream.isEmpty, upstream.count != ys.count {
      throw GraphError(
        "gradient: \(upstream.count) upstream gradients were given for \(ys.count) values",
        at: origin.location)
    }
    for (value, role) in ys.map({ ($0, "of") }) + xs.map({ ($0, "withRespectTo") })
    where !value.dataType.isFloatingPoint {
      throw GraphError(
        "gradient: \(role) must hold floating-point numbers, but '\(value.name)' is \(value.type)",
        at: origin.location)
    }
    var sweep = ReverseSweep(
      graph: self, frozen: frozen, targets: ys, sources: xs, stops: stops, origin: origin)
    return try deriving {
      try scope("gradients") {
        try sweep.run(upstream: upstream)
        return try xs.map { try sweep.gradient(of: $0, unconnected) }
      }
    }
  }
}

/// `gradient(of:withRespectTo:)` in a `.graph` file.
public let gradientFunction = GraphFunction(
  "gradient",
  [
    .labelled("of"), .labelled("withRespectTo"), .labelled("unconnected", default: ".error"),
  ]
) { call in
  try call.graph.gradients(
    of: call.values("of"), withRespectTo: call.values("withRespectTo"),
    unconnected: unconnected(call), origin: call.origin)
}
