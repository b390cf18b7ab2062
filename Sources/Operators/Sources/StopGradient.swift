import GraphIR
import Tensors

/// Its input, which a derivative takes for a constant.
public struct StopGradient: PassThrough {
  public static let name = "StopGradient"
  public static let summary = "Its input, which a derivative takes for a constant."
  public static let signature = passThroughSignature

  public init() {}

  public static let gradient = GradientRule.none(
    because: "it is there so that a derivative takes its input for a constant")

  public static let samples = passThroughSamples(StopGradient())
}

/// Its input, which a derivative takes for a constant.
///
/// - Parameter input: Any tensor.
/// - Returns: The same tensor, through which no derivative is taken.
public func stopGradient(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    StopGradient(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
