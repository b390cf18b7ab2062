import GraphIR
import Tensors

/// What private attributes of nodes declare: the interface of a graph whose signature is lost.
///
/// TensorFlow drops the signature, a field that it does not know, when it writes a graph again,
/// but keeps attributes whose names begin with an underscore. So the interface stands a second
/// time, in lists of texts on the nodes that it speaks of:
///
/// - `_staticgraph_outputs`: `position:output:name` for each declared output that is an output of
///   this node; `0:0:y` is the first of the graph's declared outputs, named `y`, this node's
///   first output.
/// - `_staticgraph_targets`: `position:name` for each declared target that is this node.
/// - `_staticgraph_parameters`: `name=value` for each parameter, in order, on the node of the
///   first output or target.
///
/// They count only where the file has no signature. What is not of this form is passed over.
struct PrivateDeclarations {
  static let outputsName = "_staticgraph_outputs"
  static let targetsName = "_staticgraph_targets"
  static let parametersName = "_staticgraph_parameters"

  struct Output {
    var position: Int
    var name: String
    var node: Int
    var output: Int32
  }
  struct Target {
    var position: Int
    var name: String
    var node: Int
  }

  private(set) var outputs: [Output] = []
  private(set) var targets: [Target] = []
  private(set) var parameters: [GraphInterface.Parameter] = []

  /// Takes an attribute of a node if it is one of these.
  mutating func take(_ name: String, _ value: AttributeValue, at node: Int) -> Bool {
    guard name.hasPrefix("_staticgraph_") else { return false }
    guard [Self.outputsName, Self.targetsName, Self.parametersName].contains(name) else {
      return false
    }
    guard case .byteStrings(let strings) = value else { return true }
    for text in strings.map({ String(decoding: $0, as: UTF8.self) }) {
      switch name {
      case Self.outputsName: takeOutput(text, node)
      case Self.targetsName: takeTarget(text, node)
      default: takeParameter(text)
      }
    }
    return true
  }

  private mutating func takeOutput(_ text: String, _ node: Int) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let position = Int(parts[0]), let output = Int32(parts[1]), output >= 0
    else { return }
    outputs.append(Output(position: position, name: String(parts[2]), node: node, output: output))
  }

  private mutating func takeTarget(_ text: String, _ node: Int) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let position = Int(parts[0]) else { return }
    targets.append(Target(position: position, name: String(parts[1]), node: node))
  }

  private mutating func takeParameter(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return }
    parameters.append(.init(name: String(parts[0]), value: String(parts[1])))
  }
}

extension GraphMapper {
  /// The outputs that the file declares, by node of the file, where they exist.
  var declaredOutputs: [(node: Int32, output: Int32, type: DataType?)] {
    guard let signature = file.signature else {
      return declarations.outputs.map { (Int32($0.node), $0.output, nil) }
    }
    return signature.outputs.compactMap { output in
      guard let position = wiring.positions[output.node] else { return nil }
      guard let number = Int32(exactly: output.output) else { return nil }
      return number < 0 ? nil : (Int32(position), number, output.type.dataType)
    }
  }

  /// Sets what the graph offers to those who run it.
  mutating func mapInterface() {
    if let signature = file.signature {
      mapSignature(signature)
    } else {
      mapDeclarations()
    }
  }

  private mutating func mapSignature(_ signature: SignatureRecord) {
    for output in signature.outputs {
      guard let place = place("output", output.name, output.node) else { continue }
      guard graph.nodes[place].outputs.indices.contains(output.output) else {
        faults.add(
          "the declared output '\(output.name)' is '\(output.node):\(output.output)', but "
            + "'\(output.node)' (\(graph.nodes[place].operatorName)) has "
            + counted(graph.nodes[place].outputs.count, "output"))
        continue
      }
      graph.interface.outputs.append(
        .init(name: output.name, endpoint: Endpoint(node: place, output: output.output)))
    }
    for target in signature.targets {
      guard let place = place("target", target.name, target.node) else { continue }
      graph.interface.targets.append(.init(name: target.name, node: place))
    }
    graph.interface.parameters = signature.parameters.map {
      .init(name: $0.name, value: $0.value)
    }
  }

  /// The position in the graph of a node that the signature names.
  ///
  /// A program that does not know the signature may have taken the node away; that is no fault.
  private mutating func place(_ what: String, _ name: String, _ node: String) -> Int? {
    if let position = wiring.positions[node] {
      return places[position] < 0 ? nil : Int(places[position])
    }
    if !file.nodesChangedSinceWritten {
      let near = GraphWiring.nearest(to: node, in: file)
      faults.add(
        "the declared \(what) '\(name)' is node '\(node)', but there is no such node",
        note: near.map { "did you mean '\($0)'?" })
    }
    return nil
  }

  private mutating func mapDeclarations() {
    var names: Set<String> = []
    for output in declarations.outputs.sorted(by: { $0.position < $1.position }) {
      let place = Int(places[output.node])
      guard place >= 0, Int(output.output) < graph.nodes[place].outputs.count,
        names.insert(output.name).inserted
      else { continue }
      graph.interface.outputs.append(
        .init(name: output.name, endpoint: Endpoint(node: place, output: Int(output.output))))
    }
    names = []
    for target in declarations.targets.sorted(by: { $0.position < $1.position }) {
      let place = Int(places[target.node])
      guard place >= 0, names.insert(target.name).inserted else { continue }
      graph.interface.targets.append(.init(name: target.name, node: place))
    }
    names = []
    graph.interface.parameters = declarations.parameters.filter {
      names.insert($0.name).inserted
    }
  }
}
