import GraphIR
import Tensors

/// Its input, of which no derivative may be asked.
public struct PreventGradient: PassThrough {
  public static let name = "PreventGradient"
  public static let summary = "Its input, of which no derivative may be asked."
  public static let signature = passThroughSignature
  public static let attributes: [Attribute<PreventGradient>] = [
    .init("message", \.message, "Why no derivative may be asked of it.")
  ]

  /// Why no derivative may be asked of it.
  public var message = ""

  public init() {}

  /// A barrier with that reason.
  public init(_ message: String) {
    self.message = message
  }

  public static let gradient = GradientRule.rule { g in
    let message = g.operation(as: PreventGradient.self).message
    let position = g.output.endpoint.nodeIndex
    throw GraphError(
      "gradient: '\(g.output.name)' may not be differentiated"
        + (message.isEmpty ? "" : ": \(message)"),
      at: g.graph.snapshot { $0.nodes[position].origin }.location,
      notes: ["stopGradient takes a value for a constant instead"])
  }

  public static let samples = passThroughSamples(
    PreventGradient("integers are looked up"), differentiable: false)
}

/// Its input, of which no derivative may be asked: a derivative that would go through it throws.
///
/// - Parameters:
///   - input: Any tensor.
///   - message: Why not, for the error.
public func preventGradient(
  _ input: Value, message: String = "", name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  input.graph.append(
    PreventGradient(message), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
