import StaticGraph
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Finding and reading the graph that a command is to work on.
enum GraphSource {
  /// Reads a graph: a `.graph` file is compiled, everything else is a GraphDef.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - definitions: Values for the parameters of a `.graph` file.
  /// - Throws: `GraphError` when it cannot be read, or what it holds is wrong.
  static func read(_ path: String, definitions: [String: String] = [:]) throws -> FrozenGraph {
    if path.hasSuffix(".graph") {
      return try GraphCompiler().compile(SourceFile(path: path), definitions: definitions).frozen()
    }
    guard definitions.isEmpty else {
      throw GraphError(
        "--define sets parameters of a .graph file; '\(path)' is compiled already",
        notes: ["compile the .graph file again with --define"])
    }
    return try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: path)
  }

  /// Reads a graph and, beside that, what a checkpoint has for its variables.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - definitions: Values for the parameters of a `.graph` file.
  ///   - checkpoint: What `Checkpoint.open` takes; `nil` for none.
  ///   - workers: The threads for it.
  /// - Returns: The graph, and the checkpoint or why it cannot be read.
  /// - Throws: `GraphError` when the graph cannot be read, or what it holds is wrong.
  static func read(
    _ path: String, definitions: [String: String], restoring checkpoint: String?, _ workers: Workers
  ) throws -> (graph: FrozenGraph, checkpoint: Result<CheckpointAhead, any Error>?) {
    guard let checkpoint else { return (try read(path, definitions: definitions), nil) }
    if path.hasSuffix(".graph") || !definitions.isEmpty {
      let graph = try read(path, definitions: definitions)
      return (graph, Result { try CheckpointAhead(checkpoint) })
    }
    let opened = workers.concurrently {
      try GraphFile.read(path: path)
    } _: {
      try CheckpointAhead(checkpoint)
    }
    let file = try opened.first.get()
    let variables = file.nodes.lazy.filter { node in
      OperatorRegistry.standard.operator(named: node.op)?.traits.contains(.variable) == true
    }
    let read = workers.concurrently {
      try FrozenGraph(file, registry: .standard, name: path)
    } _: {
      try opened.second.get().reading(Set(variables.map(\.name)))
    }
    return (try read.first.get(), read.second)
  }

  /// The one compiled graph of the working directory.
  ///
  /// - Throws: `GraphError` when there is none, or several.
  static func theOneInWorkingDirectory() throws -> String {
    let files = filesInWorkingDirectory().filter { $0.hasSuffix(".pb") }.sorted()
    if files.count == 1 { return files[0] }
    guard files.isEmpty else {
      let shown = files.prefix(5).joined(separator: ", ") + (files.count > 5 ? ", …" : "")
      throw GraphError(
        "there are \(files.count) compiled graphs here: \(shown)", notes: ["name the one to run"])
    }
    let sources = filesInWorkingDirectory().filter { $0.hasSuffix(".graph") }.sorted()
    throw GraphError(
      "there is no compiled graph (.pb) in the working directory",
      notes: [
        sources.first.map { "compile one: graphc build \($0)" }
          ?? "name a file: graphrun model.pb"
      ])
  }

  private static func filesInWorkingDirectory() -> [String] {
    guard let folder = opendir(".") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }
}

extension FrozenGraph {
  /// The values that are fetched when nobody says which: the declared outputs, else those that
  /// nothing reads, of nodes without an effect.
  var defaultFetches: [(name: String, endpoint: Endpoint)] {
    if !interface.outputs.isEmpty { return interface.outputs.map { ($0.name, $0.endpoint) } }
    var isRead: Set<Endpoint> = []
    for node in nodes { isRead.formUnion(node.inputs) }
    return nodes.enumerated().flatMap { position, node -> [(name: String, endpoint: Endpoint)] in
      guard !node.hasEffect, node.operation.constantValue == nil else { return [] }
      return node.outputs.indices.map { Endpoint(node: position, output: $0) }
        .filter { !isRead.contains($0) }.map { (name(of: $0), $0) }
    }
  }

  /// The name of the target that a training runs when nobody says which: `train`, or the only one
  /// that is declared.
  var usualTarget: String {
    let names = interface.targets.map(\.name)
    return names.count == 1 ? names[0] : "train"
  }

  /// The value that a name means: a declared output, a node, or `node:1` for a further output.
  func endpoint(named text: String) throws -> Endpoint {
    if let declared = interface.outputs.first(where: { $0.name == text }) {
      return declared.endpoint
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let number = parts.count == 2 ? Int(parts[1]) : parts.count == 1 ? 0 : nil
    guard let number, let position = nodes.firstIndex(where: { $0.name == parts[0] }) else {
      let names = nodes.lazy.filter { !$0.outputs.isEmpty }.map(\.name)
      let near = nearestName(to: String(parts.first ?? ""), among: names)
      throw GraphError(
        "the graph has no value named '\(text)'",
        notes: near.map { ["did you mean '\($0)'?"] } ?? [])
    }
    guard nodes[position].outputs.indices.contains(number) else {
      throw GraphError(
        "'\(parts[0])' has \(nodes[position].outputs.count) outputs, so that there is no '\(text)'")
    }
    return Endpoint(node: position, output: number)
  }
}

extension Node {
  /// Whether the node is a placeholder.
  var isFed: Bool { type(of: operation).traits.contains(.fed) }

  /// Whether running the node does more than give a result.
  var hasEffect: Bool { type(of: operation).traits.contains(.hasEffect) }
}

/// Whether two paths name one file that there is.
func isSameFile(_ first: String, _ second: String) -> Bool {
  var (one, other) = (stat(), stat())
  return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
    && one.st_ino == other.st_ino
}
