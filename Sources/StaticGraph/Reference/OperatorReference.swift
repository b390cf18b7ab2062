import GraphIR
import Operators

/// The page of one operator in the reference, made from its definition.
public struct OperatorReference: Sendable {
  let operatorType: any Operator.Type

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
    var sections = [heading, table("Inputs", inputs), table("Outputs", outputs), typeVariables]
    sections += [shapes, table("Attributes", attributes)]
    sections.append("## Gradient\n\n\(gradient)")
    sections.append(errors)
    if let example = try ReferenceExample(operatorType) { sections.append(example.section) }
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// What users call the operator: its function where it has one.
  public var title: String { operatorType.function?.name ?? operatorType.name }

  private var heading: String {
    var text = "# \(title)\n\n\(operatorType.summary)"
    let declarations = SwiftDeclarations.standard.declarations(of: operatorType.name)
    if !declarations.isEmpty {
      text += "\n\nIn Swift:\n\n" + block("swift", declarations)
    }
    text += "\n\nIn a `.graph` file:\n\n" + block("graph", [call])
    if operatorType.function == nil, declarations.isEmpty {
      text += "\n\nIt has no function of its own."
    }
    return text + "\n\nIn the file it is TensorFlow's `\(operatorType.name)`."
  }

  /// How a `.graph` file calls the operator.
  var call: String {
    if operatorType is Placeholder.Type { return "placeholder name: Type[sizes]" }
    return operatorType.function?.declaration ?? OperatorCall(operatorType).declaration
  }

  private func block(_ language: String, _ texts: [String]) -> String {
    "```\(language)\n\(texts.map(wrapped).joined(separator: "\n"))\n```"
  }

  private func table(_ title: String, _ rows: [[String]]) -> String {
    guard let first = rows.first, rows.count > 1 else { return "" }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rule = line(first.map { _ in "---" })
    return "## \(title)\n\n"
      + ([line(first), rule] + rows.dropFirst().map(line)).joined(
        separator: "\n")
  }

  private func type(_ parameter: Signature.Parameter) -> String {
    let text: String
    switch parameter.type {
    case .fixed(let type): text = type.name
    case .list: return "a list of any types"
    case .untold: text = "any type"
    case .variable(let variable): text = "`\(variable)`"
    }
    return parameter.isList ? "a list, each \(text)" : text
  }

  /// What the type variables may be.
  private var typeVariables: String {
    let parameters = operatorType.signature.inputs + operatorType.signature.outputs
    let used = operatorType.signature.types.filter { variable in
      parameters.contains { $0.type == .variable(variable.name) }
    }
    let lines = used.map { "- `\($0.name)`: \($0.allowed == .any ? "any type" : "\($0.allowed)")" }
    return lines.isEmpty ? "" : "## Types\n\n" + lines.joined(separator: "\n")
  }

  /// What the shape rule says of the right samples, each combination once.
  private var shapes: String {
    var lines: [String] = []
    var seen: Set<String> = []
    for sample in operatorType.samples where sample.isRight && lines.count < Self.shapeLimit {
      let graph = Graph()
      var values = sample.inputs.map { graph.constant($0, as: $0.dataType, origin: .unknown) }
      _ = SampleVariables(operatorType, &values) { sample.inputs[$0].shape }
      let outputs = graph.append(sample.operation, values).outputs.map(\.shape)
      if outputs.isEmpty { return "" }
      let text = "\(list(sample.inputs.map(\.shape)))→ \(list(outputs))".dropLast()
      if seen.insert(String(text)).inserted { lines.append("- `\(text)`: \(sample.label)") }
    }
    return lines.isEmpty ? "" : "## Shapes\n\n" + lines.joined(separator: "\n")
  }

  private static let shapeLimit = 6

  private func list(_ shapes: [Shape]) -> String {
    shapes.isEmpty ? "" : shapes.map(\.description).joined(separator: ", ") + " "
  }

  private var inputs: [[String]] {
    [["name", "type"]]
      + operatorType.signature.inputs.map { ["`\($0.displayName)`", type($0)] }
  }

  private var outputs: [[String]] {
    [["name", "type"]] + operatorType.signature.outputs.map { ["`\($0.name)`", type($0)] }
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

extension Sample {
  /// Whether it is a call that gives a result.
  var isRight: Bool {
    if case .result = expectation { return true }
    return false
  }
}

extension Graph {
  /// Appends the operator of a sample.
  func append(_ operation: any Operator, _ inputs: [Value]) -> GraphNode {
    func append(_ operation: some Operator) -> GraphNode {
      self.append(operation, inputs, origin: .unknown)
    }
    return append(operation)
  }
}
