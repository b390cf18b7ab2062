import GraphIR
import Tensors

/// Rows that were taken from a table, for the gradient of the table.
struct TakenRows {
  /// The number of batches, each with indices of its own.
  var batches: Extent
  /// The number of groups of rows in a batch.
  var groups: Extent
  /// The number of rows in a group.
  var size: Extent
  /// The number of indices of a batch.
  var indices: Extent
  /// The number of elements of a row.
  var elements: Extent

  /// Adds what flows back into the rows that were taken to the rows of the table.
  ///
  /// - Parameters:
  ///   - gradient: Has an element for each that was taken.
  ///   - indices: Which row of a group was taken.
  ///   - table: What the rows were taken from; the result has its shape.
  func added(_ gradient: Value, at indices: Value, like table: Value) -> Value {
    let graph = gradient.graph
    let blocks = batches * groups
    let count = blocks * self.indices
    let rows = reshape(gradient, to: Extent.vector([count, elements], in: graph))
    let ids: Value
    if case .known(1) = blocks {
      ids = reshape(indices, to: Extent.vector([count], in: graph))
    } else {
      // Row i of block b is row b · size + i of all.
      let starts = cumsum(
        fill(Extent.vector([blocks], in: graph), size.value(in: graph)), axis: 0, exclusive: true)
      let within = reshape(
        cast(indices, to: .int64),
        to: Extent.vector([batches, .known(1), self.indices], in: graph))
      let all =
        within + reshape(starts, to: Extent.vector([batches, groups, .known(1)], in: graph))
      ids = reshape(all, to: Extent.vector([count], in: graph))
    }
    let sums = unsortedSegmentSum(rows, ids: ids, count: (blocks * size).value(in: graph))
    return reshape(sums, like: table)
  }
}

/// Rows of a table, and zeros where an index is negative.
///
/// - Parameters:
///   - table: What to take rows from, along its first axis.
///   - indices: Which rows.
func gatherOrZero(_ table: Value, _ indices: Value) -> Value {
  let isDropped = 0.0 .> indices
  let rows = gather(table, select(isDropped, zeros(like: indices), indices))
  let dropsRow = broadcast(withTrailingAxes(isDropped, like: rows), to: shapeTensor(rows))
  return select(dropsRow, zeros(like: rows), rows)
}
