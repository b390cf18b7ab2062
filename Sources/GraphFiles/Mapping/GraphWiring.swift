import GraphIR
import Tensors

/// Which node each input of a file's nodes begins at.
struct GraphWiring {
  /// An input: the node by its position in the file, and its output.
  struct Reference {
    /// What stands for the output of a control input.
    static let control: Int32 = -1

    var node: Int32
    var output: Int32

    var isControl: Bool { output == Self.control }
  }

  /// The position of each name's node in the file.
  let positions: [String: Int]
  /// The inputs of all nodes, one node after the other.
  private(set) var references: [Reference] = []
  /// Where the inputs of each node begin in `references`, and where the last ones end.
  private var starts: [Int] = [0]

  /// Resolves the inputs of all nodes.
  ///
  /// - Throws: `GraphError` that tells of names that are none or stand twice, and of inputs that
  ///   name no node.
  init(_ file: GraphFile, name: String) throws {
    var faults = FaultList(file: name)
    positions = Self.positions(of: file, &faults)
    starts.reserveCapacity(file.nodes.count + 1)
    for node in file.nodes {
      if faults.isFull { break }
      resolveInputs(of: node, in: file, &faults)
      starts.append(references.count)
    }
    try faults.throwIfAny()
  }

  /// The inputs of a node, control inputs last.
  func inputs(of node: Int) -> ArraySlice<Reference> {
    references[starts[node]..<starts[node + 1]]
  }

  /// Where the inputs of a node stand in `references`.
  func range(of node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }

  private static func positions(
    of file: GraphFile, _ faults: inout FaultList
  ) -> [String: Int] {
    var result: [String: Int] = [:]
    result.reserveCapacity(file.nodes.count)
    for (position, node) in file.nodes.enumerated() {
      // TensorFlow keeps names that begin with an underscore for graphs that it has rewritten.
      if !isNodeName(String(node.name.drop { $0 == "_" })) {
        faults.add(
          "the name cannot be one", node: node,
          note: "a name begins with a letter, a digit or '.', and goes on with these, '_', '/', "
            + "'>' or '-'")
      }
      if let earlier = result.updateValue(position, forKey: node.name) {
        faults.add("the name is taken by an earlier node (\(file.nodes[earlier].op))", node: node)
      }
    }
    return result
  }

  private mutating func resolveInputs(
    of node: NodeRecord, in file: GraphFile, _ faults: inout FaultList
  ) {
    var control: String?
    for (number, text) in node.inputs.enumerated() {
      guard let (target, output) = Self.parse(text) else {
        faults.add(
          "input \(number) is '\(text)'; an input is a name, name:output or ^name", node: node)
        continue
      }
      if output == Reference.control {
        control = text
      } else if let control {
        faults.add(
          "input \(number) is '\(text)', but it follows the control input '\(control)'",
          node: node, note: "control inputs stand last")
      }
      guard let position = positions[target] else {
        let near = Self.nearest(to: target, in: file)
        faults.add(
          "input \(number) is '\(text)', but there is no node '\(target)'", node: node,
          note: near.map { "did you mean '\($0)'?" })
        continue
      }
      references.append(Reference(node: Int32(position), output: output))
    }
  }

  /// The name and the output of an input; `nil` when it is neither `name`, `name:k` nor `^name`.
  static func parse(_ text: String) -> (name: String, output: Int32)? {
    if text.utf8.first == UInt8(ascii: "^") {
      let name = text.utf8.dropFirst()
      guard !name.isEmpty, !name.contains(UInt8(ascii: ":")) else { return nil }
      return (String(Substring(name)), Reference.control)
    }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      return text.isEmpty ? nil : (text, 0)
    }
    let digits = text.utf8[text.utf8.index(after: colon)...]
    guard colon > text.startIndex, !digits.isEmpty,
      digits.allSatisfy({ (48...57).contains($0) }), let output = Int32(String(Substring(digits)))
    else { return nil }
    return (String(text[..<colon]), output)
  }

  /// The name that a misspelt one most likely means.
  ///
  /// In a large graph only names that are alike at one end are looked at, and not all of those.
  static func nearest(to name: String, in file: GraphFile) -> String? {
    let names = file.nodes.lazy.map(\.name)
    guard file.nodes.count > 1_000 else { return nearestName(to: name, among: names) }
    let wanted = name.utf8
    let alike = names.filter { candidate in
      let letters = candidate.utf8
      return abs(letters.count - wanted.count) <= 2
        && (letters.first == wanted.first || letters.last == wanted.last)
    }
    return nearestName(to: name, among: alike.prefix(1_000))
  }
}
