import Execution
import Operators
import StaticGraph

extension FrozenGraph {
  /// The variables that a run reads and does not change, and whose initial values are random: what
  /// the run gives is as random as they are.
  ///
  /// - Parameters:
  ///   - roots: The positions of the nodes that are run.
  ///   - fed: The positions of nodes in whose place something is fed.
  func untrainedVariables(_ roots: [Int], fed: [Int]) -> [String] {
    let positions = variablePositions()
    var (read, changed): (Set<Int>, Set<Int>) = ([], [])
    let ends = Set(fed)
    for position in dependencies(of: roots, upTo: ends.contains).subtracting(ends) {
      if positions[position] >= 0 { read.insert(Int(positions[position])) }
      let node = nodes[position]
      for input in Swift.type(of: node.operation).updatedInputs where input < node.inputs.count {
        changed.insert(Int(positions[node.inputs[input].nodeIndex]))
      }
    }
    return VariableInitializers(self).variables.filter { variable in
      guard read.contains(variable.position), !changed.contains(variable.position),
        let assignment = variable.assignment
      else { return false }
      let initial = nodes[assignment].inputs[1].nodeIndex
      return dependencies(of: [initial], upTo: { _ in false }).contains {
        nodes[$0].operation is any SeededOperator
      }
    }.map(\.name)
  }

  /// Says on standard error that a run without a checkpoint takes weights as chance has them.
  func noteUntrainedVariables(_ roots: [Int], feeds: [Value: Tensor]) {
    let count = untrainedVariables(roots, fed: feeds.keys.map(\.endpoint.nodeIndex)).count
    guard count > 0 else { return }
    let (what, verb) = count == 1 ? ("1 variable", "has") : ("\(count) variables", "have")
    writeError(
      "note: \(what) that this run reads and does not change \(verb) random initial values;"
        + " --restore takes them from a checkpoint")
  }
}
