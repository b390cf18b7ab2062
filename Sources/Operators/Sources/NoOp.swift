import GraphIR
import Tensors

/// Nothing: what is run so that the nodes it waits for are.
public struct NoOp: Operator {
  public static let name = "NoOp"
  public static let summary = "Nothing: what is run so that the nodes it waits for are."
  public static let signature = Signature(outputs: [])
  public static let traits: OperatorTraits = .hasEffect
  public static let function: GraphFunction? = nil
  public static let gradient = GradientRule.none(because: "it has no outputs")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { [] }

  public func kernel(_ request: KernelRequest) throws -> Kernel { Kernel { _ in } }

  @_optimize(none)
  public static var samples: [Sample] {
    [Sample("nothing", NoOp(), [])]
  }
}

extension Graph {
  /// A node that runs others for their effect.
  ///
  /// - Parameter nodes: The nodes of this graph to run, in any order.
  /// - Returns: A node without outputs that waits for all of them; invalid when one of them is
  ///   invalid or belongs to another graph.
  public func group(
    _ nodes: [GraphNode], name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) -> GraphNode {
    let origin = Origin(fileID: fileID, line: line)
    guard nodes.allSatisfy({ $0.graph === self }) else {
      record("group: a node belongs to another graph", origin)
      return node(at: -1)
    }
    guard nodes.allSatisfy(\.isValid) else { return node(at: -1) }
    return controlDependencies(on: nodes) { append(NoOp(), name: name, origin: origin) }
  }
}
