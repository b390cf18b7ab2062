import CKernels
import GraphIR
import Tensors

/// A tensor from whose slices others are subtracted where tuples of indices point.
public struct TensorScatterSub: TensorScatter {
  public static let name = "TensorScatterSub"
  public static let summary =
    "A tensor from whose slices others are subtracted where tuples of indices point."
  public static let signature = tensorScatterSignature(.numeric, .index)

  /// What becomes of indices that lie outside.
  public var badIndicesPolicy = BadIndicesPolicy.unspecified

  public init() {}

  public static let gradient = GradientRule.rule { g in
    [g.outputGradient, nil, g.isNeeded[2] ? -updatesGradient(g) : nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try kernel(request, Self.loops)
  }

  private static let loops: ScatterLoops = [
    .float32: staticgraph_scatter_sub_float32, .float64: staticgraph_scatter_sub_float64,
    .int32: staticgraph_scatter_sub_int32, .int64: staticgraph_scatter_sub_int64,
    .uint8: staticgraph_scatter_sub_uint8,
  ]

  public static let samples = tensorScatterSamples(TensorScatterSub(), combines: true)
}

/// A tensor from whose slices others are subtracted where tuples of indices point.
///
/// - Parameters:
///   - tensor: Numbers, which stay as they are.
///   - indices: Integers whose last axis holds tuples: indices along the first axes of `tensor`,
///     each from 0 up. A run fails where one lies outside.
///   - updates: One slice for each tuple; those for the same tuple are subtracted in order.
/// - Returns: A value of the type and shape of `tensor`.
public func tensorScatterSub(
  _ tensor: Value, _ indices: Value, _ updates: Value, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  TensorScatterSub.applied(
    tensor, indices, updates, name: name, origin: Origin(fileID: fileID, line: line))
}
