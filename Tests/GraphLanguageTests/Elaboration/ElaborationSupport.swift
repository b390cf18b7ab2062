import GraphIR
import GraphLanguage
import Tensors

/// A file that cannot be imported.
private struct MissingFile: Error, CustomStringConvertible {
  var description: String
}

/// The graph of a text, which may import the given files.
func compiled(
  _ text: String, files: [String: String] = [:], definitions: [String: String] = [:],
  limits: GraphLimits = GraphLimits(nodeCount: 100_000)
) throws -> FrozenGraph {
  let source = SourceFile(name: "model.graph", text: text)
  let graph = try GraphCompiler(limits: limits).compile(source, definitions: definitions) {
    path, _ in
    if path == source.name { return source }
    guard let text = files[path] else {
      throw MissingFile(description: "cannot read '\(path)': No such file or directory")
    }
    return SourceFile(name: path, text: text)
  }
  let frozen = try graph.frozen()
  try frozen.verify()
  return frozen
}

extension FrozenGraph {
  /// A line for each node, as `y = Mul(x, Const)`, and one for what is declared.
  var listing: String {
    var lines = nodes.map { node in
      if let constant = node.operation.constantValue {
        return "\(node.name) = \(constant.dataType) \(constant)"
      }
      let inputs =
        node.inputs.map { name(of: $0) }
        + node.controlInputs.map { "^\(nodes[Int($0)].name)" }
      let arguments =
        inputs.isEmpty ? node.outputs.first?.description ?? "" : inputs.joined(separator: ", ")
      return "\(node.name) = \(node.operatorName)(\(arguments))"
    }
    if !interface.outputs.isEmpty {
      let outputs = interface.outputs.map { output in
        let name = name(of: output.endpoint)
        return output.name == name ? name : "\(output.name): \(name)"
      }
      lines.append("output \(outputs.joined(separator: ", "))")
    }
    if !interface.targets.isEmpty {
      let targets = interface.targets.map { target in
        let name = nodes[target.node].name
        return target.name == name ? name : "\(target.name): \(name)"
      }
      lines.append("target \(targets.joined(separator: ", "))")
    }
    for parameter in interface.parameters {
      lines.append("parameter \(parameter.name) = \(parameter.value)")
    }
    return lines.joined(separator: "\n")
  }
}

/// The listing of a text's graph, or what is wrong with it.
func listing(
  _ text: String, files: [String: String] = [:], definitions: [String: String] = [:]
) -> String {
  do {
    return try compiled(text, files: files, definitions: definitions).listing
  } catch {
    return "\(error)"
  }
}
