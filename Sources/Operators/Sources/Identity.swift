import GraphIR
import Tensors

/// Its input, under another name.
public struct Identity: PassThrough {
  public static let name = "Identity"
  public static let summary = "Its input, under another name."
  public static let signature = passThroughSignature

  public init() {}

  public static let gradient = GradientRule.rule { g in [g.outputGradient] }

  public static let samples = passThroughSamples(Identity())
}

/// Its input, under another name.
///
/// - Parameter input: Any tensor.
public func identity(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Identity(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
