import GraphIR
import Tensors

extension Model {
  /// The table of the layers with the shapes of their outputs and the numbers of their weights, as
  /// Keras' users know it.
  ///
  /// ```swift
  /// print(try model.summary())
  /// ```
  /// - Throws: `GraphError` when the model is not built and the shape of its input is not known.
  public func summary() throws -> String {
    try withAssembly { assembly in
      var isChain = false
      if case .chain = definition { isChain = true }
      let table = SummaryTable(columns: isChain ? SummaryTable.chain : SummaryTable.functional)
      var rows: [[String]] = []
      if !isChain {
        for (entry, value) in zip(assembly.network.entries, assembly.inputs) {
          rows.append([
            SummaryTable.title(entry.name, Input.typeName), SummaryTable.text(of: value.shape),
            "0", "-",
          ])
        }
      }
      for (position, part) in assembly.network.parts.enumerated() {
        rows.append(assembly.summaryRow(position, part, hasConnections: !isChain))
      }
      return (["Model: \"\(name)\""] + table.lines(rows) + Self.totals(assembly))
        .joined(separator: "\n")
    }
  }

  private static func totals(_ assembly: Assembly) -> [String] {
    let trainable = assembly.trainableWeights
    let others = assembly.weights.filter { !assembly.isTrained($0) }
    return [("Total", assembly.weights), ("Trainable", trainable), ("Non-trainable", others)].map {
      let count = $1.reduce(0) { $0 + $1.elementCount }
      let bytes = $1.reduce(0) { $0 + $1.elementCount * $1.value.dataType.byteCount }
      return " \($0) params: \(SummaryTable.grouped(count)) (\(SummaryTable.memory(bytes)))"
    }
  }
}

extension Assembly.Weight {
  fileprivate var elementCount: Int { Shape.elementCount(of: sizes) ?? 0 }
}

extension Assembly {
  /// The row of a layer: its title, shape, number of weights, and what it is applied to.
  fileprivate func summaryRow(
    _ position: Int, _ part: Network.Part, hasConnections: Bool
  ) -> [String] {
    let steps = network.steps.indices.filter { network.steps[$0].part == position }
    let value = prediction.values[network.entries.count + (steps.first ?? 0)]
    let count = weights.filter { $0.part == position }.reduce(0) { $0 + $1.elementCount }
    let row = [
      SummaryTable.title(part.name, type(of: part.layer).typeName),
      SummaryTable.text(of: value.shape), SummaryTable.grouped(count),
    ]
    guard hasConnections else { return row }
    let sources = steps.flatMap { network.steps[$0].inputs }.map { place in
      guard place >= network.entries.count else { return "\(network.entries[place].name)[0][0]" }
      let step = place - network.entries.count
      let source = network.steps[step].part
      let call = network.steps[..<step].count { $0.part == source }
      return "\(network.parts[source].name)[\(call)][0]"
    }
    return row + [sources.joined(separator: ",\n")]
  }
}
