import GraphIR
import Tensors

/// The gradients of folds of segments, sorted or not.
struct SegmentGradients {
  let context: GradientContext
  /// The number of segments where these are not sorted.
  private let count: Value?

  init(_ context: GradientContext) {
    self.context = context
    count = context.inputs.count > 2 ? context.inputs[2] : nil
  }

  private var data: Value { context.x }
  private var ids: Value { context.y }

  /// The sums of the rows of each segment.
  private func sums(_ rows: Value) -> Value {
    count.map { unsortedSegmentSum(rows, ids: ids, count: $0) } ?? segmentSum(rows, ids: ids)
  }

  /// For each row of the data, the row of its segment; zeros where it is in none.
  private func rows(of segments: Value) -> Value {
    count == nil ? gather(segments, ids) : gatherOrZero(segments, ids)
  }

  /// A sum: what flows back goes to each row.
  var ofSum: Value { rows(of: context.outputGradient) }

  /// A mean: each row has an equal part.
  var ofMean: Value {
    let type = data.dataType
    let counts = sums(cast(ids, to: type) * 0.0 + 1.0)
    return rows(of: context.outputGradient) / withTrailingAxes(rows(of: counts), like: data)
  }

  /// A largest or smallest element: what flows back goes in equal parts to all that are equal.
  var ofExtreme: Value {
    let chosen = equality(rows(of: context.output), data)
    let counts = sums(chosen)
    // No row asks for the part of a segment without rows.
    let parts = context.outputGradient / (counts + (1.0 - nonzero(counts)))
    return chosen * rows(of: parts)
  }

  /// A product: each element's part is the product of the others in its segment.
  ///
  /// A zero's own part is the product of the others; where another one is zero, there is none.
  var ofProduct: Value {
    let isZero = 1.0 - nonzero(data)
    let filled = data + isZero
    let products =
      count.map { unsortedSegmentProd(filled, ids: ids, count: $0) }
      ?? segmentProd(filled, ids: ids)
    let otherZeros = rows(of: sums(isZero)) - isZero
    let parts = rows(of: context.outputGradient * products) / filled
    return parts * (1.0 - cast(otherZeros .> 0.0, to: data.dataType))
  }
}
