import GraphIR
import Tensors

/// Sums of products over some axes of two tensors.
///
/// ```swift
/// let scores = tensordot(images, weights, axes: 2)
/// ```
/// - Parameters:
///   - a: Numbers of known rank.
///   - b: Numbers of the same type, of known rank.
///   - axes: How many axes to sum over: the last ones of a with the first ones of b.
/// - Returns: A value with the other axes of a, then those of b.
public func tensordot(
  _ a: Value, _ b: Value, axes: Int, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  Tensordot(a: a, b: b, name: name, origin: Origin(fileID: fileID, line: line)).appended(axes)
}

/// Sums of products over some axes of two tensors.
///
/// - Parameters:
///   - a: Numbers of known rank.
///   - b: Numbers of the same type, of known rank.
///   - axes: The axes of a, and for each of them that of b which is summed over with it; negative
///     ones are counted from the end.
/// - Returns: A value with the other axes of a, then those of b.
public func tensordot(
  _ a: Value, _ b: Value, axes: (a: [Int], b: [Int]), name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Tensordot(a: a, b: b, name: name, origin: Origin(fileID: fileID, line: line))
    .appended(axes.a, axes.b)
}

/// `tensordot` in a `.graph` file, whose axes are a number, or a list of those of a and those of b.
let tensordotFunction = GraphFunction(
  "tensordot", [.positional("a"), .positional("b"), .labelled("axes")]
) { call in
  let dot = Tensordot(
    a: try call.value("a"), b: try call.value("b"), name: nil, origin: call.origin)
  switch call["axes"] {
  case .integer(let count): return [dot.appended(count)]
  case .list(let lists) where lists.count == 2:
    let axes = try lists.map { list -> [Int] in
      guard case .list(let members) = list else { throw Tensordot.wrongAxes }
      return try members.map {
        guard case .integer(let axis) = $0 else { throw Tensordot.wrongAxes }
        return axis
      }
    }
    return [dot.appended(axes[0], axes[1])]
  default: throw Tensordot.wrongAxes
  }
}

/// Two tensors to be multiplied, by an Einstein sum.
private struct Tensordot {
  var a: Value
  var b: Value
  var name: String?
  var origin: Origin

  static let wrongAxes = ShapeError(
    "axes must be a number, as 2, or a list of the axes of a and of those of b, as [[1], [0]]")

  /// The sum over the last axes of a and the first of b.
  func appended(_ count: Int) -> Value {
    guard a.isValid, b.isValid else { return a.isValid ? b : a }
    let ranks = [a, b].compactMap(\.shape.rank)
    guard ranks.count == 2, (0...(ranks.min() ?? 0)).contains(count) else {
      return ranks.count == 2
        ? wrong("axes is \(count), but a is \(a.type) and b is \(b.type)") : unknownRank
    }
    return appended(Array(ranks[0] - count..<ranks[0]), Array(0..<count))
  }

  /// The sum over axes of a and those of b at the same place of the list.
  func appended(_ axesOfA: [Int], _ axesOfB: [Int]) -> Value {
    guard a.isValid, b.isValid else { return a.isValid ? b : a }
    guard let rankA = a.shape.rank, let rankB = b.shape.rank else { return unknownRank }
    guard axesOfA.count == axesOfB.count else {
      return wrong("axes has \(axesOfA.count) of a, but \(axesOfB.count) of b")
    }
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".map { $0 }
    guard rankA + rankB - axesOfA.count <= letters.count else {
      return wrong("a is \(a.type) and b is \(b.type), which have too many axes")
    }
    do {
      let left = try normalizedAxes(axesOfA, rank: rankA, of: a.type, named: "a")
      let right = try normalizedAxes(axesOfB, rank: rankB, of: b.type, named: "b")
      let labelsA = Array(letters[..<rankA])
      var free = letters[rankA...]
      let labelsB = (0..<rankB).map { axis in
        right.firstIndex(of: axis).map { labelsA[left[$0]] } ?? free.removeFirst()
      }
      let result =
        labelsA.indices.filter { !left.contains($0) }.map { labelsA[$0] }
        + labelsB.indices.filter { !right.contains($0) }.map { labelsB[$0] }
      let equation = EinsumEquation([EinsumTerm(labelsA), EinsumTerm(labelsB)], EinsumTerm(result))
      return a.graph.append(Einsum(equation.text), [a, b], name: name, origin: origin).output
    } catch {
      return wrong("\(error)")
    }
  }

  private var unknownRank: Value {
    wrong("a is \(a.type) and b is \(b.type), but both must have a known rank")
  }

  private func wrong(_ message: String) -> Value {
    a.graph.record("tensordot: \(message)", origin)
    return a.graph.node(at: -1).output
  }
}
