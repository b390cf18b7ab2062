import StaticGraph

/// What a run of the declared outputs and targets takes, for `graphc build --report`.
struct PlanReport {
  let text: String

  /// - Parameters:
  ///   - graph: The graph whose outputs are computed and whose targets are run.
  ///   - shapes: `name=1x224x224x3` for placeholders that leave sizes open, those that are to be
  ///     fed though they have a default, and variables that leave sizes open.
  ///   - maxMemory: The most bytes that the run may need.
  /// - Throws: `GraphError` when a size stays open, nothing can be planned, or the run needs more.
  init(_ graph: FrozenGraph, shapes: [String], maxMemory: Int? = nil) throws {
    let sizes = try assignments(shapes, option: "--shape")
    try Self.checkNames(sizes, graph)
    var feeds: [Endpoint] = []
    var types: [TensorType] = []
    var variableTypes: [Int: TensorType] = [:]
    for (position, node) in graph.nodes.enumerated()
    where node.isFed || Self.takesSizes(node) && sizes[node.name] != nil {
      let type = try Self.type(node, sizes[node.name])
      if node.isVariable {
        variableTypes[position] = type
      } else {
        feeds.append(Endpoint(node: position))
        types.append(type)
      }
    }
    let plan = try PlanSummary(
      graph, feeds: feeds, feedTypes: types, fetches: graph.defaultFetches.map(\.endpoint),
      targets: graph.interface.targets.map(\.node), variableTypes: variableTypes,
      maxMemory: maxMemory)
    text = (Self.table(plan) + Self.summary(plan)).joined(separator: "\n")
  }

  // MARK: Sizes of placeholders

  private static func takesSizes(_ node: Node) -> Bool {
    node.isFed || node.operation is PlaceholderWithDefault
      || node.isVariable && !node.outputs[0].shape.isKnown
  }

  private static func checkNames(_ sizes: [String: String], _ graph: FrozenGraph) throws {
    for name in sizes.keys.sorted()
    where !graph.nodes.contains(where: { takesSizes($0) && $0.name == name }) {
      let near = nearestName(
        to: name, among: graph.nodes.lazy.filter(takesSizes).map(\.name))
      throw GraphError(
        "--shape: the graph has no placeholder '\(name)'",
        notes: near.map { ["did you mean '\($0)'?"] } ?? [])
    }
  }

  private static func type(_ node: Node, _ text: String?) throws -> TensorType {
    let stated = node.outputs[0]
    guard let text else {
      guard stated.shape.isKnown else {
        throw GraphError(
          "the report needs the sizes of '\(node.name)', which is \(stated)",
          notes: ["give them: --shape \(node.name)=\(example(stated.shape))"])
      }
      return stated
    }
    guard let sizes = FeedArgument.parseSizes(text), Shape(sizes).isCompatible(with: stated.shape)
    else {
      throw GraphError(
        "--shape \(node.name)=\(text) does not fit \(stated)",
        notes: ["sizes are given as \(node.name)=\(example(stated.shape))"])
    }
    return TensorType(stated.dataType, Shape(sizes))
  }

  /// Sizes that fit a shape: 1 where the first is open, 224 where others are.
  private static func example(_ shape: Shape) -> String {
    guard let dimensions = shape.dimensions else { return "2x3" }
    return dimensions.enumerated().map { axis, size in
      "\(size ?? (axis == 0 ? 1 : 224))"
    }.joined(separator: "x")
  }

  // MARK: Text

  private static func table(_ plan: PlanSummary) -> [String] {
    var columns = [
      Column("step"), Column("operator", isText: true), Column("output", isText: true),
      Column("FLOPs"), Column("bytes moved"), Column("live bytes"), Column("name", isText: true),
    ]
    for (number, step) in plan.steps.enumerated() {
      let outputs = step.outputTypes.map(\.description).joined(separator: ", ")
      let cells = [
        "\(number)\(number < plan.invariantStepCount ? " once" : "")", step.operatorName,
        outputs, whole(step.cost.operations), whole(step.cost.bytesMoved),
        "\(step.liveByteCount)", step.name,
      ]
      for (column, cell) in cells.enumerated() { columns[column].cells.append(cell) }
    }
    let total = plan.steps.reduce(into: Cost(operations: 0, bytesMoved: 0)) { total, step in
      total.operations += step.cost.operations
      total.bytesMoved += step.cost.bytesMoved
    }
    let cells = ["all", "", "", whole(total.operations), whole(total.bytesMoved), "", ""]
    for (column, cell) in cells.enumerated() { columns[column].cells.append(cell) }
    let widths = columns.map(\.width)
    return (0...plan.steps.count + 1).map { row in
      zip(columns, widths).map { $0.padded(row, to: $1) }.joined(separator: "  ").trimmedAtEnd
    }
  }

  private static func summary(_ plan: PlanSummary) -> [String] {
    let peak = plan.steps.firstIndex { $0.liveByteCount == plan.lowerBound }
    let at = plan.lowerBound > 0 ? peak.map { ", in step \($0)" } ?? "" : ""
    var parts = [
      "\(plan.arenaByteCount) to work in", "\(plan.resultByteCount) of results",
      "\(plan.variableByteCount) of variables", "\(plan.constantByteCount) of constants",
    ]
    if plan.invariantByteCount > 0 {
      parts.append("\(plan.invariantByteCount) of what is computed once and kept")
    }
    return [
      "",
      "peak bytes   \(plan.arenaByteCount)",
      "lower bound  \(plan.lowerBound), the largest sum of live tensors\(at)",
      "all memory   \(plan.totalByteCount): \(parts.joined(separator: ", "))",
    ]
  }

  private static func whole(_ number: Double) -> String {
    number.magnitude < 1e18 ? "\(Int64(number.rounded()))" : "\(number)"
  }
}

/// A column of a table: texts begin at its left edge, numbers end at its right one.
private struct Column {
  var cells: [String]
  private let isText: Bool
  private static let longest = 48

  init(_ title: String, isText: Bool = false) {
    cells = [title]
    self.isText = isText
  }

  /// The characters of the longest cell that is not too long.
  var width: Int { cells.reduce(0) { max($0, min(Self.longest, $1.count)) } }

  func padded(_ row: Int, to width: Int) -> String {
    let space = String(repeating: " ", count: max(0, width - cells[row].count))
    return isText ? cells[row] + space : space + cells[row]
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
