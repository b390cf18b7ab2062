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

  /// Its loops.
  let loops: MovementLoops
  /// The axes outside of the loops, the innermost first.
  let outer: [staticgraph_axis]

  /// A movement over a box of those sizes.
  ///
  /// - Precondition: The number of elements is an `Int`.
  init(_ sizes: [Int], from source: Place, to target: Place) {
    let count = Shape.elementCount(of: sizes)!
    var axes = count == 0 ? [] : Self.mergedAxes(sizes, source.strides, target.strides)
    let columns = axes.isEmpty ? Self.point : axes.removeFirst()
    // A row along which the source is contiguous lets tiles of it be turned in the cache.
    let turns = columns.source_stride != 0 && columns.source_stride != 1
    let best = turns ? axes.firstIndex { abs($0.source_stride) == 1 } : nil
    let rows = axes.isEmpty ? Self.point : axes.remove(at: best ?? 0)
    let planes = axes.isEmpty ? Self.point : axes.removeFirst()
    outer = axes
    loops = MovementLoops(
      source, target, count: count, columns: columns, rows: rows, planes: planes,
      planeCount: axes.reduce(planes.size) { $0 * $1.size })
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
