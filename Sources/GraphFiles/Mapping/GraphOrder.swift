import GraphIR

extension GraphWiring {
  /// The nodes of a file, each after those that it depends on.
  ///
  /// The order of the file stays, except that what a node needs is moved before it, so that a file
  /// in order is left as it is. Takes time in proportion to nodes and inputs, and no recursion.
  ///
  /// - Returns: The positions in the file.
  /// - Throws: `GraphError` that names the nodes of a cycle.
  func order(_ file: GraphFile, name: String) throws -> [Int] {
    enum Progress { case untouched, open, done }
    var progress = [Progress](repeating: .untouched, count: file.nodes.count)
    var result: [Int] = []
    result.reserveCapacity(file.nodes.count)
    // The nodes on the way from one that is wanted to what it needs, each with its next input.
    var path: [(node: Int, next: Int)] = []
    for wanted in file.nodes.indices where progress[wanted] == .untouched {
      progress[wanted] = .open
      path.append((wanted, range(of: wanted).lowerBound))
      while let (node, next) = path.last {
        guard next < range(of: node).upperBound else {
          progress[node] = .done
          result.append(node)
          path.removeLast()
          continue
        }
        path[path.count - 1].next = next + 1
        let needed = Int(references[next].node)
        switch progress[needed] {
        case .untouched:
          progress[needed] = .open
          path.append((needed, range(of: needed).lowerBound))
        case .open:
          let start = path.lastIndex { $0.node == needed }!
          throw Self.cycle(path[start...].map(\.node), file, name)
        case .done:
          break
        }
      }
    }
    return result
  }

  /// The error for nodes of which each needs the next, and the last needs the first.
  private static func cycle(_ needs: [Int], _ file: GraphFile, _ name: String) -> GraphError {
    // Told in the direction of the data, from the node that stands first in the file.
    let flow = Array(needs.reversed())
    let first = flow.firstIndex(of: flow.min()!)!
    let nodes = (flow[first...] + flow[..<first]).map { file.nodes[$0] }
    var notes: [String] = []
    if nodes.contains(where: { $0.op.hasSuffix("NextIteration") }) {
      notes.append("it is a while loop of TensorFlow 1, which this engine does not read")
    }
    guard nodes.count > 1 else {
      return GraphError(
        "\(name): node '\(nodes[0].name)' (\(nodes[0].op)): the node depends on itself",
        notes: notes)
    }
    let shown = 10
    var names = nodes.map { "'\($0.name)'" }
    if names.count > shown {
      names.replaceSubrange(shown / 2..<names.count - shown / 2, with: ["…"])
    }
    return GraphError(
      "\(name): \(nodes.count) nodes depend on one another: "
        + (names + [names[0]]).joined(separator: " → "), notes: notes)
  }
}
