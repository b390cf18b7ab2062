import GraphIR
import Tensors

/// An Einstein sum of two tensors that is one product of two matrices, wherever neither factor nor
/// result need be moved: axes that stand side by side are taken as one.
public struct EinsumMatrices: Hashable, Sendable {
  /// The inputs of the sum that are the left and the right factor.
  public var left: Int
  public var right: Int
  /// The sizes of the two matrices as they lie in memory.
  public var leftSizes: [Int]
  public var rightSizes: [Int]
  /// Whether a factor is transposed first.
  public var transposesLeft: Bool
  public var transposesRight: Bool
}

extension Einsum {
  /// The product of matrices that the sum is; `nil` where it is none, or sizes are unknown.
  ///
  /// - Parameter inputs: The types of the inputs.
  public func matrices(_ inputs: [TensorType]) -> EinsumMatrices? {
    guard let equation = try? EinsumEquation(equation), equation.inputs.count == 2,
      inputs.count == 2, ([equation.output] + equation.inputs).allSatisfy(\.isPlain)
    else { return nil }
    let (terms, output) = (equation.inputs.map(\.labels), equation.output.labels)
    let sizes = inputs.map(\.shape.known)
    guard let first = sizes[0], let second = sizes[1], first.count == terms[0].count,
      second.count == terms[1].count
    else { return nil }
    for (left, right) in [(0, 1), (1, 0)] {
      let inner = terms[left].filter { terms[right].contains($0) }
      let rows = terms[left].filter { !inner.contains($0) }
      let columns = terms[right].filter { !inner.contains($0) }
      guard !inner.isEmpty, rows + columns == output,
        let transposesLeft = Self.isTurned(terms[left], rows, inner),
        let transposesRight = Self.isTurned(terms[right], inner, columns)
      else { continue }
      func count(_ labels: [Character]) -> Int? {
        Shape.elementCount(
          of: labels.map { label in
            terms[left].firstIndex(of: label).map { sizes[left]![$0] }
              ?? sizes[right]![terms[right].firstIndex(of: label)!]
          })
      }
      guard let height = count(rows), let width = count(columns), let depth = count(inner) else {
        return nil
      }
      return EinsumMatrices(
        left: left, right: right, leftSizes: transposesLeft ? [depth, height] : [height, depth],
        rightSizes: transposesRight ? [width, depth] : [depth, width],
        transposesLeft: transposesLeft, transposesRight: transposesRight)
    }
    return nil
  }

  /// Whether the labels are those behind each other, turned about; `nil` where they are neither.
  private static func isTurned(
    _ labels: [Character], _ first: [Character], _ second: [Character]
  ) -> Bool? {
    if labels == first + second { return false }
    return labels == second + first ? true : nil
  }
}

extension EinsumTerm {
  /// Whether each axis has a letter of its own.
  fileprivate var isPlain: Bool { !hasEllipsis && Set(labels).count == labels.count }
}
