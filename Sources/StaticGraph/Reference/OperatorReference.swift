import Execution
import GraphIR
import Operators
import Tensors

/// The page of one operator in the reference, made from its definition.
public struct OperatorReference: Sendable {
  private let operatorType: any Operator.Type

  /// The page of that operator.
  public init(_ operatorType: any Operator.Type) {
    self.operatorType = operatorType
  }

  /// The page as Markdown.
  ///
  /// The example is run, so that what the page shows is what a user gets.
  ///
  /// - Throws: `GraphError` when the example cannot be run.
  public func markdown() throws -> String {
    var sections = [heading, table("Inputs", inputs), table("Outputs", outputs)]
    sections.append(table("Attributes", attributes))
    sections.append("## Gradient\n\n\(gradient)")
    sections.append(errors)
    sections.append(try example())
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// What users call the operator: its function where it has one.
  public var title: String { operatorType.function?.name ?? operatorType.name }

  private var heading: String {
    var text = "# \(title)\n\n\(operatorType.summary)"
    if let function = operatorType.function {
      text += "\n\n```swift\n\(function.declaration)\n```\n\n"
      text += "The same call in Swift and in a `.graph` file. "
    } else {
      let call = OperatorCall(operatorType).declaration
      text += "\n\n```swift\n\(call)\n```\n\n"
      text += "It has no function of its own; a `.graph` file calls it so. "
    }
    return text + "In the file it is TensorFlow's `\(operatorType.name)`."
  }

  private func table(_ title: String, _ rows: [[String]]) -> String {
    guard let first = rows.first, rows.count > 1 else { return "" }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rule = line(first.map { _ in "---" })
    return "## \(title)\n\n"
      + ([line(first), rule] + rows.dropFirst().map(line)).joined(
        separator: "\n")
  }

  private func types(_ parameter: Signature.Parameter) -> String {
    let text: String
    switch parameter.type {
    case .fixed(let type): text = type.name
    case .list: text = "any types"
    case .untold: text = "any type"
    case .variable(let variable):
      let declared = operatorType.signature.types.first { $0.name == variable }?.allowed
      let allowed = declared.map { $0 == .any ? "any type" : "\($0)" } ?? "any type"
      text = "`\(variable)`: \(allowed)"
    }
    return parameter.isList ? "a list, each \(text)" : text
  }

  private var inputs: [[String]] {
    [["name", "type"]]
      + operatorType.signature.inputs.map { ["`\($0.displayName)`", types($0)] }
  }

  private var outputs: [[String]] {
    [["name", "type"]] + operatorType.signature.outputs.map { ["`\($0.name)`", types($0)] }
  }

  private var attributes: [[String]] {
    [["label", "in the file", "default", "meaning"]] + attributeRows(operatorType)
  }

  private func attributeRows<Op: Operator>(_ type: Op.Type) -> [[String]] {
    let operation = Op()
    return Op.attributes.map { attribute in
      let text = attribute.literalText(attribute.get(operation)).map { "`\($0)`" }
      return [
        attribute.label.map { "`\($0)`" } ?? "", "`\(attribute.name)`",
        attribute.isRequired ? "" : text ?? "", attribute.summary,
      ]
    }
  }

  private var gradient: String {
    switch operatorType.gradient {
    case .none(let reason): "None: \(reason)."
    case .rule: "Built from operators of this reference, so that it can be differentiated again."
    }
  }

  private var errors: String {
    let messages = operatorType.samples.compactMap { sample -> String? in
      guard case .failure(let message) = sample.expectation else { return nil }
      return "- \(sample.label): `\(title): \(message)`"
    }
    return messages.isEmpty ? "" : "## Errors\n\n" + messages.joined(separator: "\n")
  }
}

extension OperatorReference {
  /// The smallest right sample with something in it, and what it gives.
  private func example() throws -> String {
    let right = operatorType.samples.filter { sample in
      if case .failure = sample.expectation { return false }
      return sample.inputs.allSatisfy { $0.elementCount > 0 }
    }
    guard
      let sample = right.min(by: {
        abs($0.inputs.reduce(0) { $0 + $1.elementCount } - 6)
          < abs($1.inputs.reduce(0) { $0 + $1.elementCount } - 6)
      }), sample.inputs.allSatisfy({ $0.elementCount <= 64 })
    else { return "" }
    let graph = Graph()
    var values = sample.inputs.map { graph.constant($0, as: $0.dataType, origin: .unknown) }
    let variables = SampleVariables(operatorType, &values) { sample.inputs[$0].shape }
    let node = graph.controlDependencies(on: variables.assignments) {
      append(sample.operation, values, to: graph)
    }
    let isVariable = operatorType.traits.contains(.variable)
    guard !(sample.operation is Placeholder), !isVariable else { return "" }
    let after = variables.reads(after: node)
    guard !node.outputs.isEmpty || !after.isEmpty else { return "" }
    let all = try Session(graph).run(node.outputs + after)
    let results = all.prefix(node.outputs.count)
    var lines: [String] = []
    for (number, input) in sample.inputs.enumerated() {
      let parameter = operatorType.signature.input(number, of: sample.inputs.count)
      lines.append(named(parameter?.displayName ?? "input", input))
    }
    for (number, result) in results.enumerated() {
      let parameter = operatorType.signature.output(number, of: results.count)
      lines.append(named(parameter?.name ?? "output", result))
    }
    if !operatorType.updatedInputs.isEmpty {
      for (number, result) in all.dropFirst(results.count).enumerated() {
        lines.append(
          named("\(operatorType.signature.inputs[number].displayName) afterwards", result))
      }
    }
    return "## Example\n\n\(sample.label.prefix(1).uppercased())\(sample.label.dropFirst()):\n\n"
      + "```\n\(lines.joined(separator: "\n"))\n```"
  }

  private func append(
    _ operation: some Operator, _ inputs: [Value], to graph: Graph
  ) -> GraphNode {
    graph.append(operation, inputs, origin: .unknown)
  }

  private func named(_ name: String, _ tensor: Tensor) -> String {
    let head = "\(name) = "
    let margin = "\n" + String(repeating: " ", count: head.count)
    return head
      + tensor.description.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: margin)
  }
}
