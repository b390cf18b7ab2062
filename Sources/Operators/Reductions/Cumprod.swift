import CKernels
import GraphIR
import Tensors

/// Running products along an axis.
public struct Cumprod: Scan {
  public static let name = "Cumprod"
  public static let summary = "Running products along an axis."
  public static let signature = scanSignature

  /// Whether an element's own part is left out.
  public var exclusive = false
  /// Whether it runs from the end of the axis.
  public var reverse = false

  public init() {}

  // With p the product of the elements before x[k], and s[k] = g[k] + x[k + 1] · s[k + 1],
  // ∂/∂x[k] of Σ g · y is p[k] · s[k]; exclusive ones begin with the next g. In reverse, the lines
  // begin at the end.
  public static let gradient = GradientRule.rule { g in
    let scan = g.operation(as: Cumprod.self)
    let lines = AxisLines(of: g.x, axis: g.y, fromEnd: scan.reverse)
    let (x, flow) = (lines.of(g.x), lines.of(g.outputGradient))
    let next = lines.further(by: 1)
    let sums = lines.recurrence(scan.exclusive ? next(flow) : flow, next(x))
    return [lines.joined(cumprod(x, axis: 1, exclusive: true) * sums), nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try scanKernel(request, Self.loops)
  }

  static let loops: ScanLoops = [
    .float32: staticgraph_cumprod_float32, .float64: staticgraph_cumprod_float64,
    .int32: staticgraph_cumprod_int32, .int64: staticgraph_cumprod_int64,
    .uint8: staticgraph_cumprod_uint8,
  ]

  public static let samples = scanSamples(Cumprod.self, in: 0.5...2)
}

/// Running products along an axis.
///
/// `[a, b, c]` gives `[a, a · b, a · b · c]`. Products of integers wrap.
///
/// - Parameters:
///   - x: Numbers of rank 1 or more.
///   - axis: The axis, negative ones counted from the end.
///   - exclusive: Whether an element's own part is left out, so that the first result is 1.
///   - reverse: Whether it runs from the end of the axis.
/// - Returns: A value of the type and shape of `x`.
public func cumprod(
  _ x: Value, axis: Int, exclusive: Bool = false, reverse: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Cumprod(exclusive: exclusive, reverse: reverse).applied(
    to: x, axis: axis, name: name, origin: Origin(fileID: fileID, line: line))
}

/// Running products along an axis that the graph computes.
///
/// - Parameters:
///   - x: Numbers of rank 1 or more.
///   - axis: A scalar, `Int32` or `Int64`.
///   - exclusive: Whether an element's own part is left out, so that the first result is 1.
///   - reverse: Whether it runs from the end of the axis.
public func cumprod(
  _ x: Value, axis: Value, exclusive: Bool = false, reverse: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(
    Cumprod(exclusive: exclusive, reverse: reverse), [x, axis], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
