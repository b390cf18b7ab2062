import GraphIR
import Tensors

/// The labels of one tensor's axes in an Einstein sum, as `...ij`.
struct EinsumTerm: Hashable, Sendable {
  /// What stands for any number of axes.
  static let ellipsis: Character = "…"

  /// A letter for each axis, and the ellipsis where there is one.
  var labels: [Character]

  /// A term of those labels.
  init(_ labels: [Character]) { self.labels = labels }

  /// The letters in order, with repetitions.
  var letters: [Character] { labels.filter { $0 != Self.ellipsis } }
  /// The letters in order, each once.
  var distinctLetters: [Character] {
    letters.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
  /// Whether some axes have no letters.
  var hasEllipsis: Bool { labels.contains(Self.ellipsis) }
  /// As an equation has it.
  var text: String { labels.map { $0 == Self.ellipsis ? "..." : String($0) }.joined() }

  /// Reads a term.
  ///
  /// - Throws: `ShapeError` for anything but letters and one ellipsis.
  init(_ text: Substring, of equation: String) throws {
    labels = []
    var rest = text
    while let first = rest.first {
      if rest.hasPrefix("..."), !hasEllipsis {
        labels.append(Self.ellipsis)
        rest = rest.dropFirst(3)
        continue
      }
      guard first.isASCII, first.isLetter else {
        throw ShapeError(
          "the equation \"\(equation)\" may hold letters, one ... a tensor, commas and one ->,"
            + " but \"\(text)\" holds \"\(first)\"")
      }
      labels.append(first)
      rest = rest.dropFirst()
    }
  }
}

/// The equation of an Einstein sum, as `ij,jk->ik`.
struct EinsumEquation: Hashable, Sendable {
  /// The labels of each input.
  var inputs: [EinsumTerm]
  /// The labels of the result.
  var output: EinsumTerm

  /// An equation of those terms.
  init(_ inputs: [EinsumTerm], _ output: EinsumTerm) {
    self.inputs = inputs
    self.output = output
  }

  /// As a file has it.
  var text: String { inputs.map(\.text).joined(separator: ",") + "->" + output.text }

  /// The bytes of the longest equation; no tensor has nearly as many axes.
  private static let longest = 1024

  /// Reads an equation.
  ///
  /// - Throws: `ShapeError` for what is no equation.
  init(_ text: String) throws {
    guard text.utf8.count <= Self.longest else {
      throw ShapeError(
        "the equation has \(text.utf8.count) bytes, but no more than \(Self.longest) are read")
    }
    guard let arrow = text.firstIndex(of: "-"), text[arrow...].hasPrefix("->") else {
      throw ShapeError("the equation \"\(text)\" has no ->, as in \"ij,jk->ik\"")
    }
    inputs = try text[..<arrow].split(separator: ",", omittingEmptySubsequences: false)
      .map { try EinsumTerm($0, of: text) }
    output = try EinsumTerm(text[arrow...].dropFirst(2), of: text)
    if let label = output.letters.first(where: { label in
      !inputs.contains { $0.labels.contains(label) }
    }) {
      throw ShapeError("the equation \"\(text)\" gives \(label), which no input has")
    }
  }

  /// The shape of the result for inputs of those types.
  ///
  /// - Throws: `ShapeError` when the equation does not fit them.
  func outputShape(_ types: [TensorType]) throws -> Shape {
    guard types.count == inputs.count else {
      throw ShapeError(
        "the equation \"\(text)\" is about \(inputs.count) inputs, but \(types.count) were given")
    }
    var sizes: [Character: (size: Int, input: Int)] = [:]
    var rest = Shape.scalar
    for (number, term) in inputs.enumerated() {
      guard let dimensions = types[number].shape.dimensions else {
        if term.hasEllipsis { rest = .unknown }
        continue
      }
      let extra = try extraRank(number, types[number])
      var axis = 0
      for label in term.labels {
        if label == EinsumTerm.ellipsis {
          let own = Shape(dimensions: Array(dimensions[axis..<axis + extra]))
          guard let together = rest.broadcast(with: own) else {
            throw ShapeError(
              "the axes at the ... do not broadcast: they are \(rest) so far, but inputs[\(number)]"
                + " is \(types[number])")
          }
          rest = together
          axis += extra
          continue
        }
        if let size = dimensions[axis] {
          if let earlier = sizes[label], earlier.size != size {
            throw ShapeError(
              "\(label) has size \(earlier.size) in inputs[\(earlier.input)],"
                + " \(types[earlier.input]), but \(size) in inputs[\(number)], \(types[number])")
          }
          sizes[label] = (size, number)
        }
        axis += 1
      }
    }
    return try outputShape(sizes.mapValues(\.size), rest)
  }

  private func outputShape(_ sizes: [Character: Int], _ rest: Shape) throws -> Shape {
    if !output.hasEllipsis, let rank = rest.rank, rank > 0 {
      throw ShapeError(
        "the inputs have \(rank) axes at the ..., but the result of \"\(text)\" has no ...")
    }
    if output.hasEllipsis, rest.rank == nil { return .unknown }
    return Shape(
      dimensions: output.labels.flatMap {
        $0 == EinsumTerm.ellipsis ? rest.dimensions ?? [] : [sizes[$0]]
      })
  }

  /// The number of axes at the ellipsis of an input.
  private func extraRank(_ number: Int, _ type: TensorType) throws -> Int {
    let term = inputs[number]
    let extra = type.shape.rank! - term.letters.count
    guard term.hasEllipsis ? extra >= 0 : extra == 0 else {
      throw ShapeError(
        "inputs[\(number)] is \(type), but \"\(term.text)\" asks for"
          + " \(term.hasEllipsis ? "at least " : "")rank \(term.letters.count)")
    }
    return extra
  }
}
