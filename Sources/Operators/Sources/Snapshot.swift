import GraphIR
import Tensors

/// Its input as it is when the node runs.
public struct Snapshot: PassThrough {
  public static let name = "Snapshot"
  public static let summary = "Its input as it is when the node runs."
  public static let signature = passThroughSignature

  public init() {}

  public static let gradient = GradientRule.rule { g in [g.outputGradient] }

  public static let samples = passThroughSamples(Snapshot())
}

/// Its input as it is when the node runs.
///
/// Nothing changes a tensor after it was computed, so that this is its input.
///
/// - Parameter input: Any tensor.
public func snapshot(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Snapshot(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
