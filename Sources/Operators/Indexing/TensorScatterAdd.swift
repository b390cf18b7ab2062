import GraphIR
import Tensors

/// A tensor to whose slices others are added where tuples of indices point.
public struct TensorScatterAdd: TensorScatter {
  public static let name = "TensorScatterAdd"
  public static let summary =
    "A tensor to whose slices others are added where tuples of indices point."
  public static let signature = tensorScatterSignature(.numeric, .index)

  /// What becomes of indices that lie outside.
  public var badIndicesPolicy = BadIndicesPolicy.unspecified

  public init() {}

  public static let gradient = GradientRule.rule { g in
    [g.outputGradient, nil, g.isNeeded[2] ? updatesGradient(g) : nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try kernel(request, scatterAddLoops)
  }

  public static let samples = tensorScatterSamples(TensorScatterAdd(), combines: true)
}

/// A tensor to whose slices others are added where tuples of indices point.
///
/// - Parameters:
///   - tensor: Numbers, which stay as they are.
///   - indices: Integers whose last axis holds tuples: indices along the first axes of `tensor`,
///     each from 0 up. A run fails where one lies outside.
///   - updates: One slice for each tuple; those for the same tuple are added in order.
/// - Returns: A value of the type and shape of `tensor`.
public func tensorScatterAdd(
  _ tensor: Value, _ indices: Value, _ updates: Value, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  TensorScatterAdd.applied(
    tensor, indices, updates, name: name, origin: Origin(fileID: fileID, line: line))
}
