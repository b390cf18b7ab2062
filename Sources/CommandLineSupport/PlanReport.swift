import StaticGraph

/// What a run of the declared outputs takes, for `graphc build --report`.
struct PlanReport {
  let text: String

  /// - Parameters:
  ///   - graph: The graph whose outputs are run.
  ///   - shapes: For placeholders that leave sizes open, `name=1x224x224x3`.
  /// - Throws: `GraphError` when a size stays open or nothing can be planned.
  init(_ graph: FrozenGraph, shapes: [String]) throws {
    let sizes = try assignments(shapes, option: "--shape")
    var request = PlanRequest()
    for (position, node) in graph.nodes.enumerated() where node.isFed {
      request.feeds.append(Endpoint(node: position))
      request.types.append(try Self.feedType(node, sizes[node.name]))
    }
    for name in sizes.keys.sorted()
    where !graph.nodes.contains(where: { $0.isFed && $0.name == name }) {
      throw GraphError("--shape: the graph has no placeholder '\(name)'")
    }
    let plan = try PlanSummary(
      graph, feeds: request.feeds, feedTypes: request.types,
      fetches: graph.defaultFetches.map(\.endpoint), targets: graph.interface.targets.map(\.node))
    var lines = ["step  operator         operations       bytes  node"]
    for (number, step) in plan.steps.enumerated() {
      lines.append(
        "\(padded(number, 4))  \(step.operatorName.padded(to: 14))\(padded(step.cost.operations, 13))"
          + "\(padded(step.cost.bytesMoved, 12))  \(step.name)")
    }
    lines.append(
      "\(plan.steps.count) steps, \(plan.arenaByteCount) bytes of arena,"
        + " \(plan.resultByteCount) of results, \(plan.constantByteCount) of constants")
    text = lines.joined(separator: "\n")
  }

  private struct PlanRequest {
    var feeds: [Endpoint] = []
    var types: [TensorType] = []
  }

  private static func feedType(_ node: Node, _ text: String?) throws -> TensorType {
    let stated = node.outputs[0]
    guard let text else {
      guard stated.shape.isKnown else {
        throw GraphError(
          "the report needs the sizes of '\(node.name)', which is \(stated)",
          notes: ["give them: --shape \(node.name)=2x3"])
      }
      return stated
    }
    guard let sizes = FeedArgument.parseSizes(text), Shape(sizes).isCompatible(with: stated.shape)
    else {
      throw GraphError("--shape \(node.name)=\(text) does not fit \(stated)")
    }
    return TensorType(stated.dataType, Shape(sizes))
  }
}

private func padded(_ number: some BinaryInteger, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: " ", count: max(0, width - text.count)) + text
}

private func padded(_ number: Double, _ width: Int) -> String {
  padded(Int64(number.rounded()), width)
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
