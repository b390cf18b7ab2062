import GraphIR
import Tensors

/// The slices of several tensors put together into one, each where an index says.
public struct DynamicStitch: Stitching {
  public static let name = "DynamicStitch"
  public static let summary =
    "The slices of several tensors put together into one, each where an index says."
  public static let signature = stitchSignature
  public static let function: GraphFunction? = GraphFunction(
    "dynamicStitch", [.labelled("indices"), .labelled("data")]
  ) { call in
    [stitched(try call.values("indices"), try call.values("data"), origin: call.origin)]
  }

  public init() {}

  public static let gradient = GradientRule.rule { g in stitchGradient(g) }

  public static let samples = stitchSamples(DynamicStitch())

  static func stitched(
    _ indices: [Value], _ data: [Value], name: String? = nil, origin: Origin
  ) -> Value {
    // Without inputs there is no graph to tell, and the result is invalid.
    let graph = (indices + data).first?.graph ?? Graph()
    guard indices.count == data.count else {
      graph.record(
        "dynamicStitch: indices has \(indices.count) members, but data has \(data.count); both"
          + " must have the same number", origin)
      return graph.node(at: -1).output
    }
    return graph.append(DynamicStitch(), indices + data, name: name, origin: origin).output
  }
}

/// The slices of several tensors put together into one, each where an index says.
///
/// ```swift
/// let parts = dynamicPartition(x, partitions, count: 2)
/// let places = dynamicPartition(positions, partitions, count: 2)
/// let same = dynamicStitch(indices: places, data: [parts[0] * 2, parts[1]])
/// ```
/// - Parameters:
///   - indices: For each tensor of `data` the `Int32` places of its slices, from 0 up: its sizes
///     are the first sizes of that tensor.
///   - data: As many tensors of one type, whose slices behind these axes have one shape.
/// - Returns: The slices one below the other, as many as the largest index asks for, which is
///   known only when the graph runs. Where no index points there are zeros; where several point,
///   the last slice stays.
public func dynamicStitch(
  indices: [Value], data: [Value], name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  DynamicStitch.stitched(
    indices, data, name: name, origin: Origin(fileID: fileID, line: line))
}
