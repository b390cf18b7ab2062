import GraphIR
import Tensors

/// What a subscript of a value takes along an axis: an element, a range, or all.
public enum AxisSelection: Sendable {
  /// One element, whose axis is left out of the result.
  case element(Int)
  /// Elements from a position on, up to another one; from the first or to the last without it.
  case range(from: Int?, to: Int?)

  /// All elements of an axis.
  public static let all = AxisSelection.range(from: nil, to: nil)
}

/// What can stand in a subscript of a value, for one axis.
public protocol AxisSelectable {
  /// What it takes along the axis.
  var axisSelection: AxisSelection { get }
}

extension AxisSelection: AxisSelectable {
  public var axisSelection: AxisSelection { self }
}

extension Int: AxisSelectable {
  /// One element; a negative position counts from the end.
  public var axisSelection: AxisSelection { .element(self) }
}

extension Range<Int>: AxisSelectable {
  /// The elements of the range.
  public var axisSelection: AxisSelection { .range(from: lowerBound, to: upperBound) }
}

extension PartialRangeFrom<Int>: AxisSelectable {
  /// The elements from a position on; a negative one counts from the end.
  public var axisSelection: AxisSelection { .range(from: lowerBound, to: nil) }
}

extension PartialRangeUpTo<Int>: AxisSelectable {
  /// The elements up to a position; a negative one counts from the end.
  public var axisSelection: AxisSelection { .range(from: nil, to: upperBound) }
}

extension Value {
  /// Elements and ranges of the first axes, and all of the others.
  ///
  /// ```swift
  /// let corner = image[0, 0..<8, (-8)...]   // channels of the first image's upper right corner
  /// ```
  /// - Parameter selections: For each of the first axes an element, whose axis is left out of the
  ///   result, a range, or `AxisSelection.all`. Negative positions count from the end.
  public subscript(_ selections: any AxisSelectable...) -> Value {
    let origin = Origin.caller()
    var masks = StridedSliceMasks()
    var (begin, end) = ([Int](), [Int]())
    for (position, selection) in selections.prefix(StridedBox.positionLimit + 1).enumerated() {
      let bit = 1 << position
      switch selection.axisSelection {
      case .element(let element):
        masks.shrinkAxis |= bit
        begin.append(element)
        end.append(element == .max ? element : element + 1)
      case .range(let from, let to):
        if from == nil { masks.begin |= bit }
        if to == nil { masks.end |= bit }
        begin.append(from ?? 0)
        end.append(to ?? 0)
      }
    }
    let fits = (begin + end).allSatisfy { Int32(exactly: $0) != nil }
    let places = [begin, end, begin.map { _ in 1 }].map { graph.vector($0, fits ? .int32 : .int64) }
    return graph.append(StridedSlice(masks), [self] + places, origin: origin).output
  }
}
