import GraphIR
import Tensors

/// How a kernel walks inputs that broadcast: in blocks of rows, along which each input moves from
/// element to element or stands still.
///
/// The work is cut into pieces by the sizes alone, so that the pieces are the same for any number
/// of workers.
struct BroadcastPlan: Sendable {
  /// Part of a block: whole rows one below the other, or part of a single row.
  struct Run {
    /// The first row, counted over all blocks.
    var row: Int
    /// The number of rows.
    var rows: Int
    /// The first column.
    var column: Int
    /// The number of columns.
    var columns: Int
  }

  /// The number of elements in a row.
  let columns: Int
  /// For each input, whether it is one element for a whole row.
  let isScalarInRow: [Bool]
  /// For each input, the distance in elements from a row to the next of the same block.
  let rowStrides: [Int]
  /// The number of pieces of the work.
  let pieces: Int
  private let rows: Int
  /// The rows of a block.
  let rowsPerBlock: Int
  private let rowsPerPiece: Int
  /// The number of pieces that a long row is cut into; 1 where rows are short.
  private let piecesPerRow: Int
  /// Sizes of the axes outside of the blocks, the innermost first.
  private let outerSizes: [Int]
  /// For each input the distances in elements along these axes, one input after the other.
  private let outerStrides: [Int]

  /// A walk over the output in its order.
  ///
  /// Adjacent axes along which every input moves in the same way count as one.
  init(output: [Int], inputs: [[Int]]) {
    let axes = Self.mergedAxes(output, inputs)
    columns = axes.first?.size ?? 1
    isScalarInRow = axes.first?.strides.map { $0 == 0 } ?? inputs.map { _ in true }
    rowsPerBlock = axes.count > 1 ? axes[1].size : 1
    rowStrides = axes.count > 1 ? axes[1].strides : inputs.map { _ in 0 }
    let outer = axes.dropFirst(2)
    outerSizes = outer.map(\.size)
    outerStrides = inputs.indices.flatMap { input in outer.map { $0.strides[input] } }
    rows = rowsPerBlock * outerSizes.reduce(1, *)
    rowsPerPiece = max(1, elementsPerPiece / max(1, columns))
    piecesPerRow = max(1, pieceCount(columns))
    pieces = (rows + rowsPerPiece - 1) / rowsPerPiece * piecesPerRow
  }

  private struct Axis {
    var size: Int
    var strides: [Int]
  }

  /// The axes of the output from the innermost outward, without those of size 1.
  private static func mergedAxes(_ output: [Int], _ inputs: [[Int]]) -> [Axis] {
    var axes: [Axis] = []
    var running = [Int](repeating: 1, count: inputs.count)
    for axis in output.indices.reversed() where output[axis] != 1 {
      var strides = [Int](repeating: 0, count: inputs.count)
      for (number, input) in inputs.enumerated() {
        let own = axis - (output.count - input.count)
        guard own >= 0, input[own] != 1 else { continue }
        strides[number] = running[number]
        running[number] *= input[own]
      }
      if let inner = axes.last, zip(strides, inner.strides).allSatisfy({ $0 == $1 * inner.size }) {
        axes[axes.count - 1].size *= output[axis]
      } else {
        axes.append(Axis(size: output[axis], strides: strides))
      }
    }
    return axes
  }

  /// Whether the whole work is one run, so that everything begins where the tensors do.
  var isOneRun: Bool { pieces == 1 && outerSizes.isEmpty }

  /// Calls `body` for the runs that one piece of the work consists of.
  func forEachRun(ofPiece piece: Int, _ body: (Run) -> Void) {
    let firstRow = piece / piecesPerRow * rowsPerPiece
    let column = piece % piecesPerRow * elementsPerPiece
    let width = piecesPerRow == 1 ? columns : min(elementsPerPiece, columns - column)
    let end = min(rows, firstRow + rowsPerPiece)
    var row = firstRow
    while row < end {
      let count = min(end - row, rowsPerBlock - row % rowsPerBlock)
      body(Run(row: row, rows: count, column: column, columns: width))
      row += count
    }
  }

  /// Where a run begins in an input, in elements.
  func offset(_ run: Run, input: Int) -> Int {
    var offset = run.row % rowsPerBlock * rowStrides[input]
    if !isScalarInRow[input] { offset += run.column }
    var rest = run.row / rowsPerBlock
    for axis in outerSizes.indices {
      offset += rest % outerSizes[axis] * outerStrides[input * outerSizes.count + axis]
      rest /= outerSizes[axis]
    }
    return offset
  }

  /// Where a run begins in the output, in elements.
  func outputOffset(_ run: Run) -> Int { run.row * columns + run.column }
}

/// How many elements one piece of parallel work holds; the same for any number of workers.
let elementsPerPiece = 32 * 1024

/// The number of pieces that so many elements make.
func pieceCount(_ elements: Int) -> Int { (elements + elementsPerPiece - 1) / elementsPerPiece }
