import CKernels
import GraphIR
import Tensors

/// Running sums along an axis.
public struct Cumsum: Scan {
  public static let name = "Cumsum"
  public static let summary = "Running sums along an axis."
  public static let signature = scanSignature

  /// Whether an element's own part is left out.
  public var exclusive = false
  /// Whether it runs from the end of the axis.
  public var reverse = false

  public init() {}

  // Each element is part of the sums from its own on: what flows back is summed the other way.
  public static let gradient = GradientRule.rule { g in
    let scan = g.operation(as: Cumsum.self)
    return [
      cumsum(g.outputGradient, axis: g.y, exclusive: scan.exclusive, reverse: !scan.reverse), nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try scanKernel(request, Self.loops)
  }

  static let loops: ScanLoops = [
    .float32: staticgraph_cumsum_float32, .float64: staticgraph_cumsum_float64,
    .int32: staticgraph_cumsum_int32, .int64: staticgraph_cumsum_int64,
    .uint8: staticgraph_cumsum_uint8,
  ]

  public static let samples = scanSamples(Cumsum.self, in: 0.5...2)
}

/// Running sums along an axis.
///
/// `[a, b, c]` gives `[a, a + b, a + b + c]`. Sums of integers wrap.
///
/// - Parameters:
///   - x: Numbers of rank 1 or more.
///   - axis: The axis, negative ones counted from the end.
///   - exclusive: Whether an element's own part is left out, so that the first result is 0.
///   - reverse: Whether it runs from the end of the axis.
/// - Returns: A value of the type and shape of `x`.
public func cumsum(
  _ x: Value, axis: Int, exclusive: Bool = false, reverse: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Cumsum(exclusive: exclusive, reverse: reverse).applied(
    to: x, axis: axis, name: name, origin: Origin(fileID: fileID, line: line))
}

/// Running sums along an axis that the graph computes.
///
/// - Parameters:
///   - x: Numbers of rank 1 or more.
///   - axis: A scalar, `Int32` or `Int64`.
///   - exclusive: Whether an element's own part is left out, so that the first result is 0.
///   - reverse: Whether it runs from the end of the axis.
public func cumsum(
  _ x: Value, axis: Value, exclusive: Bool = false, reverse: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(
    Cumsum(exclusive: exclusive, reverse: reverse), [x, axis], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
