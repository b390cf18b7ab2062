import CKernels
import GraphIR
import Tensors

/// A copy between tensors whose axes stand in different orders, with sums over some axes.
final class StridedCopy: Sendable {
  private struct Axis: BitwiseCopyable {
    var size: Int
    var source: Int
    var target: Int
  }

  /// The number of pieces of the work.
  private let pieces: Int
  /// Whether there is nothing to copy.
  var isEmpty: Bool { pieces == 0 }
  private let elementSize: Int
  private let columns: Int
  private let columnStrides: (source: Int, target: Int)
  private let rows: Int
  private let rowsPerPiece: Int
  /// The axes of the rows, the innermost first.
  private let rowAxes: Table<Axis>
  /// The axes that are summed over, the innermost first.
  private let summed: Table<Axis>
  private let sum: staticgraph_strided_sum?

  /// A copy of the axes of those labels, in that order, and a sum over all others.
  ///
  /// - Parameters:
  ///   - source: The axes of the tensor to read.
  ///   - labels: The labels of the axes that stay, which both have.
  ///   - target: The distances in elements of what is written, one for each label.
  ///   - type: The type of the elements.
  /// - Throws: `GraphError` for sums of a type that is not computed with.
  init(_ source: EinsumAxes, _ labels: [EinsumLabel], target: [Int], type: DataType) throws {
    let kept = labels.enumerated().reversed().compactMap { position, label -> Axis? in
      source.axis(label).map { Axis(size: $0.size, source: $0.stride, target: target[position]) }
    }
    let axes = Self.merged(kept)
    let summed = Self.merged(
      source.axes.reversed().filter { !labels.contains($0.label) }
        .map { Axis(size: $0.size, source: $0.stride, target: 0) })
    elementSize = type.byteCount
    if summed.isEmpty {
      sum = nil
    } else {
      guard let loop = Self.sums[type] else { throw unsupported(type) }
      sum = loop
    }
    columns = axes.first?.size ?? 1
    columnStrides = (axes.first?.source ?? 0, axes.first?.target ?? 0)
    let rowAxes = Array(axes.dropFirst())
    rows = rowAxes.reduce(1) { $0 * $1.size }
    let summedCount = summed.reduce(1) { $0 * $1.size }
    rowsPerPiece = max(1, elementsPerPiece / max(1, columns * max(1, summedCount)))
    pieces = (rows + rowsPerPiece - 1) / rowsPerPiece
    self.rowAxes = Table(rowAxes)
    self.summed = Table(summed)
  }

  /// A copy of nothing.
  static let none = StridedCopy()

  private init() {
    (pieces, elementSize, columns, rows, rowsPerPiece) = (0, 0, 0, 0, 1)
    columnStrides = (0, 0)
    (rowAxes, summed, sum) = (Table([]), Table([]), nil)
  }

  private static let sums: [DataType: staticgraph_strided_sum] = [
    .float32: staticgraph_strided_sum_float32, .float64: staticgraph_strided_sum_float64,
    .int32: staticgraph_strided_sum_int32, .int64: staticgraph_strided_sum_int64,
    .uint8: staticgraph_strided_sum_uint8,
  ]

  /// Adjacent axes that are walked in the same way count as one.
  private static func merged(_ axes: [Axis]) -> [Axis] {
    axes.reduce(into: []) { merged, axis in
      if axis.size == 1 { return }
      if let inner = merged.last, axis.source == inner.source * inner.size,
        axis.target == inner.target * inner.size
      {
        merged[merged.count - 1].size *= axis.size
      } else {
        merged.append(axis)
      }
    }
  }

  /// Copies from where the source begins to where the target does.
  func run(
    _ context: KernelContext, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer
  ) {
    context.parallelFor(pieces: pieces) { run(piece: $0, from: source, to: target) }
  }

  private func run(
    piece: Int, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer
  ) {
    for row in piece * rowsPerPiece..<min(rows, (piece + 1) * rowsPerPiece) {
      var (rest, from, to) = (row, 0, 0)
      for number in 0..<rowAxes.count {
        let axis = rowAxes[number]
        from += rest % axis.size * axis.source
        to += rest % axis.size * axis.target
        rest /= axis.size
      }
      let (x, result) = (source + from * elementSize, target + to * elementSize)
      if let sum {
        sumRow(sum, x, result)
      } else {
        staticgraph_copy_strided(
          columns, elementSize, x, columnStrides.source, result, columnStrides.target)
      }
    }
  }

  private func sumRow(
    _ sum: staticgraph_strided_sum, _ x: UnsafeRawPointer, _ result: UnsafeMutableRawPointer
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * summed.count) { memory in
      for number in 0..<summed.count {
        let axis = summed[number]
        memory[number] = axis.size
        memory[summed.count + number] = axis.source
      }
      for column in 0..<columns {
        sum(
          summed.count, memory.baseAddress!, memory.baseAddress! + summed.count,
          x + column * columnStrides.source * elementSize,
          result + column * columnStrides.target * elementSize)
      }
    }
  }
}
