import GraphIR
import Tensors

/// A tensor whose slices are replaced where tuples of indices point.
public struct TensorScatterUpdate: TensorScatter {
  public static let name = "TensorScatterUpdate"
  public static let summary = "A tensor whose slices are replaced where tuples of indices point."
  public static let signature = tensorScatterSignature(.any, [.int16, .int32, .int64, .uint16])

  /// What becomes of indices that lie outside.
  public var badIndicesPolicy = BadIndicesPolicy.unspecified

  public init() {}

  // Nothing flows back into what was replaced.
  public static let gradient = GradientRule.rule { g in
    var none = TensorScatterUpdate()
    none.badIndicesPolicy = g.operation(as: TensorScatterUpdate.self).badIndicesPolicy
    let kept: () -> Value = {
      g.graph.append(
        none, [g.outputGradient, g.y, zeros(like: g.inputs[2])], origin: .unknown
      ).output
    }
    return [
      g.isNeeded[0] ? kept() : nil, nil, g.isNeeded[2] ? updatesGradient(g) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel { try kernel(request, nil) }

  public static let samples = tensorScatterSamples(TensorScatterUpdate(), combines: false)
}

/// A tensor whose slices are replaced where tuples of indices point.
///
/// - Parameters:
///   - tensor: Any tensor, which stays as it is.
///   - indices: Integers whose last axis holds tuples: indices along the first axes of `tensor`,
///     each from 0 up. A run fails where one lies outside.
///   - updates: One slice for each tuple; of several for the same tuple, the last one stays.
/// - Returns: A value of the type and shape of `tensor`.
public func tensorScatterUpdate(
  _ tensor: Value, _ indices: Value, _ updates: Value, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  TensorScatterUpdate.applied(
    tensor, indices, updates, name: name, origin: Origin(fileID: fileID, line: line))
}
