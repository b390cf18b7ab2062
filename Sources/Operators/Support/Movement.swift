import CKernels
import GraphIR
import Tensors

/// How elements move from one tensor to another: a box of positions, along whose axes the source
/// and the target each go by strides of their own.
///
/// Adjacent axes count as one where both strides allow it, so that runs are as long as possible.
/// The work is cut into pieces by the sizes alone.
struct Movement: Sendable {
  /// Where elements are read or written.
  struct Place {
    /// Which of the inputs or outputs it is; −1 as a source is a zero that stands everywhere.
    var number = 0
    /// The first element.
    var start = 0
    /// The distance in elements from one position to the next, for each axis of the box.
    var strides: [Int]

    /// A tensor in row-major order.
    static func whole(_ sizes: [Int], number: Int = 0) -> Place {
      Place(number: number, strides: rowMajorStrides(sizes))
    }

    /// One element that stands everywhere: of an input, or zero.
    static func single(_ number: Int, rank: Int) -> Place {
      Place(number: number, strides: Array(repeating: 0, count: rank))
    }
  }

  /// The number of the input, −1 for zero.
  let source: Int
  /// The number of the output.
  let target: Int
  /// The number of elements.
  let count: Int
  /// The number of pieces of the work.
  let pieces: Int
  private let sourceStart: Int
  private let targetStart: Int
  private let columns: staticgraph_axis
  private let rows: staticgraph_axis
  private let planes: staticgraph_axis
  /// The axes outside of the planes, the innermost first.
  private let outer: [staticgraph_axis]
  private let planeCount: Int
  private let planesPerPiece: Int
  /// The number of pieces that a large plane is cut into; 1 where planes are small.
  private let piecesPerPlane: Int
  private let columnPieces: Int
  private let rowsPerPiece: Int
  private let columnsPerPiece: Int

  /// A movement over a box of those sizes.
  ///
  /// - Precondition: The number of elements is an `Int`.
  init(_ sizes: [Int], from source: Place, to target: Place) {
    self.source = source.number
    self.target = target.number
    (sourceStart, targetStart) = (source.start, target.start)
    count = Shape.elementCount(of: sizes)!
    var axes = count == 0 ? [] : Self.mergedAxes(sizes, source.strides, target.strides)
    columns = axes.isEmpty ? Self.point : axes.removeFirst()
    // A row along which the source is contiguous lets tiles of it be turned in the cache.
    let turns = columns.source_stride != 0 && columns.source_stride != 1
    let best = turns ? axes.firstIndex { abs($0.source_stride) == 1 } : nil
    rows = axes.isEmpty ? Self.point : axes.remove(at: best ?? 0)
    planes = axes.isEmpty ? Self.point : axes.removeFirst()
    outer = axes

    planeCount = planes.size * outer.reduce(1) { $0 * $1.size }
    let planeSize = rows.size * columns.size
    columnsPerPiece = min(columns.size, elementsPerPiece)
    columnPieces = (columns.size + columnsPerPiece - 1) / columnsPerPiece
    if planeSize <= elementsPerPiece {
      planesPerPiece = max(1, elementsPerPiece / planeSize)
      rowsPerPiece = rows.size
      piecesPerPlane = 1
    } else {
      planesPerPiece = 1
      rowsPerPiece = max(1, elementsPerPiece / columnsPerPiece)
      piecesPerPlane = (rows.size + rowsPerPiece - 1) / rowsPerPiece * columnPieces
    }
    let slabs = (planeCount + planesPerPiece - 1) / planesPerPiece
    pieces = count == 0 ? 0 : slabs * piecesPerPlane
  }

  private static let point = staticgraph_axis(size: 1, source_stride: 0, target_stride: 0)

  /// The axes from the innermost outward, without those of size 1.
  private static func mergedAxes(
    _ sizes: [Int], _ source: [Int], _ target: [Int]
  ) -> [staticgraph_axis] {
    var axes: [staticgraph_axis] = []
    for axis in sizes.indices.reversed() where sizes[axis] != 1 {
      if let inner = axes.last, source[axis] == inner.source_stride &* inner.size,
        target[axis] == inner.target_stride &* inner.size
      {
        axes[axes.count - 1].size *= sizes[axis]
      } else {
        axes.append(
          staticgraph_axis(
            size: sizes[axis], source_stride: source[axis], target_stride: target[axis]))
      }
    }
    return axes
  }

  /// Does one piece of the work.
  ///
  /// - Parameters:
  ///   - source: Where the input begins.
  ///   - target: Where the output begins.
  func run(
    piece: Int, _ move: staticgraph_movement, elementSize: Int, from source: UnsafeRawPointer,
    to target: UnsafeMutableRawPointer
  ) {
    let (firstPlane, part) = (piece / piecesPerPlane * planesPerPiece, piece % piecesPerPlane)
    let row = part / columnPieces * rowsPerPiece
    let column = part % columnPieces * columnsPerPiece
    var (planes, rows, columns) = (planes, rows, columns)
    rows.size = min(rowsPerPiece, rows.size - row)
    if piecesPerPlane > 1 { columns.size = min(columnsPerPiece, columns.size - column) }
    let end = min(planeCount, firstPlane + planesPerPiece)
    var plane = firstPlane
    while plane < end {
      let first = plane % self.planes.size
      planes.size = min(end - plane, self.planes.size - first)
      var from = sourceStart + first * planes.source_stride
      var to = targetStart + first * planes.target_stride
      from += row * rows.source_stride + column * columns.source_stride
      to += row * rows.target_stride + column * columns.target_stride
      var rest = plane / self.planes.size
      for axis in outer {
        from += rest % axis.size * axis.source_stride
        to += rest % axis.size * axis.target_stride
        rest /= axis.size
      }
      move(planes, rows, columns, source + from * elementSize, target + to * elementSize)
      plane += planes.size
    }
  }
}

/// The distance in elements from one position to the next along each axis of a tensor.
///
/// Those of a tensor without elements mean nothing.
func rowMajorStrides(_ sizes: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: sizes.count)
  for axis in sizes.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] &* sizes[axis + 1]
  }
  return strides
}
