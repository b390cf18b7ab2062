import Execution
import GraphIR
import GraphLanguage
import Operators
import Tensors

/// A sample of an operator as a `.graph` file, and what running it prints.
struct ReferenceExample {
  /// What the sample shows.
  private let label: String
  /// The `.graph` file.
  private let text: String
  /// The results, `name = value` a line each; empty where there is none.
  private let results: String

  /// The most elements of the inputs together, and of a result: few if that gives an example.
  private static let elementLimits = [32, 64, 128, 256]

  /// The first right sample of the operator with little in it that the language can express.
  ///
  /// - Returns: `nil` where there is none, as for what is fed.
  /// - Throws: `GraphError` when a sample cannot be run.
  init?(_ operatorType: any Operator.Type) throws {
    guard !operatorType.traits.contains(.fed) else { return nil }
    for limit in Self.elementLimits {
      for sample in operatorType.samples where sample.isRight {
        let counts = sample.inputs.map(\.elementCount)
        guard !counts.contains(0), counts.reduce(0, +) <= limit else { continue }
        let graph = try Self.graph(sample, operatorType).frozen()
        guard let text = Self.text(graph) else { continue }
        let results = try Self.results(graph)
        let sizes = results.map(\.tensor.elementCount)
        guard sizes.allSatisfy({ $0 <= limit }), sizes.first != 0 else { continue }
        self.label = sample.label
        self.text = text
        self.results = withoutTrailingSpaces(alignedText(results))
        return
      }
    }
    return nil
  }

  /// The example as a section of a page.
  var section: String {
    let isPhrase = label.prefix { $0 != " " }.allSatisfy(\.isLetter)
    let start = isPhrase ? label.prefix(1).uppercased() + label.dropFirst() : label
    let heading = "## Example\n\n\(start):"
    let program = "```graph\n\(text)```"
    return ([heading, program] + (results.isEmpty ? [] : ["```\n\(results)\n```"]))
      .joined(separator: "\n\n")
  }

  // MARK: - The graph

  private static func graph(_ sample: Sample, _ operatorType: any Operator.Type) throws -> Graph {
    let graph = Graph()
    let signature = operatorType.signature
    var values: [Value] = []
    for (number, input) in sample.inputs.enumerated() {
      let parameter = signature.input(number, of: sample.inputs.count)
      values.append(
        graph.constant(
          try shortened(input), name: parameter?.displayName, origin: .unknown))
    }
    let variables = SampleVariables(operatorType, &values) { sample.inputs[$0].shape }
    let node = graph.controlDependencies(on: variables.assignments) {
      graph.append(sample.operation, values)
    }
    var results: [(name: String, value: Value)] = []
    if operatorType.traits.contains(.variable) {
      results.append(("value", SampleVariables.read(ofSample: node)))
    } else {
      for (number, output) in node.outputs.enumerated() {
        let stated = signature.output(number, of: node.outputs.count)?.name ?? "output"
        let name = stated == "output" ? "result" : stated
        let isList = node.outputs.count != signature.outputs.count
        results.append((isList ? "\(name)\(number)" : name, output))
      }
    }
    // What the operator hands on are the variables, and these are read after it.
    let after = variables.reads(after: node)
    if !operatorType.updatedInputs.isEmpty {
      results = after.enumerated().map { number, value in
        let name = signature.inputs[number].displayName
        return (after.count == 1 ? "afterwards" : "\(name) afterwards", value)
      }
    } else if results.count > 1 {
      _ = graph.rename(node, to: "results")
    }
    for (name, value) in results {
      graph.declareOutput(value, named: name)
      if results.count == 1 {
        _ = graph.rename(graph.node(at: value.endpoint.nodeIndex), to: name)
      }
    }
    if results.isEmpty, graph.rename(node, to: "done") {
      graph.declareTarget(node, named: "done")
    }
    return graph
  }

  /// The tensor with numbers of few digits, as one would write them.
  private static func shortened(_ tensor: Tensor) throws -> Tensor {
    guard tensor.dataType == .float64 else { return tensor }
    let numbers = try tensor.elements(as: Double.self).map { number in
      if "\(number)".utf8.count <= 6 { return number }
      let scale: Double = abs(number) < 0.1 ? 10_000 : 100
      return (number * scale).rounded() / scale
    }
    return try Tensor(numbers, dimensions: tensor.dimensions)
  }

  // MARK: - The text

  /// The graph in the language, without what is said of it at the top; `nil` where the language
  /// cannot express a node.
  private static func text(_ graph: FrozenGraph) -> String? {
    var lines = graph.languageText().split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    lines.removeFirst(lines.firstIndex(of: "").map { $0 + 1 } ?? 0)
    if lines.contains(where: { $0.hasPrefix("//") }) { return nil }
    // The only output is declared where it is computed.
    let outputs = graph.interface.outputs
    if outputs.count == 1, let last = lines.lastIndex(of: "output \(outputs[0].name)"),
      let start = lines.lastIndex(where: { $0.hasPrefix("let \(outputs[0].name) = ") })
    {
      lines.removeSubrange(last - 1...last)
      lines[start] = "output" + lines[start].dropFirst("let".count)
    }
    return lines.joined(separator: "\n")
  }

  // MARK: - The results

  private static func results(_ graph: FrozenGraph) throws -> [(name: String, tensor: Tensor)] {
    let builder = Graph(graph)
    let session = try Session(builder, options: SessionOptions(threads: 1))
    let outputs = graph.interface.outputs
    let tensors = try session.run(
      outputs.map { builder.value(at: $0.endpoint) },
      targets: graph.interface.targets.map { builder.node(at: $0.node) })
    return zip(outputs, tensors).map { ($0.name, $1) }
  }
}

/// The text without spaces at the ends of its lines.
private func withoutTrailingSpaces(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
  }.joined(separator: "\n")
}
