import GraphIR
import Tensors

/// How a kernel walks an input of which some axes are folded.
///
/// Adjacent axes count as one where both are kept or both are folded, so that kept and folded
/// axes alternate. The two innermost make a block that one call folds: by rows where the
/// innermost axis is folded, by columns where it is kept. The kept elements are cut into slabs of
/// a block, and where these are few the folded ones into chunks, all by the sizes alone, so that
/// neither pieces nor the order of additions depend on the number of workers.
struct ReductionPlan: Sendable {
  /// Part of the work: one call of a fold function.
  struct Step {
    /// Where the first element of the matrix stands in the input.
    var source: Int
    /// Where the first result stands in the output.
    var target: Int
    /// The number of rows of the matrix.
    var rows: Int
    /// The number of columns.
    var columns: Int
  }

  /// The number of results.
  let resultCount: Int
  /// The number of elements that each result is folded from.
  let foldedCount: Int
  /// Whether a block is folded by rows, each row into one result.
  let foldsRows: Bool
  /// The distance in elements from a row of a block to the next.
  let stride: Int
  /// The number of pieces of the work.
  let pieces: Int
  /// The number of chunks that the folded elements are cut into, each giving results of its own.
  let chunks: Int

  /// How many results a block gives.
  private let keptInBlock: Int
  /// How many elements of a block are folded into each of them.
  private let foldedInBlock: Int
  /// The axes outside of the block, the innermost first.
  private let kept: Axes
  private let folded: Axes
  /// How many results of a block make a slab.
  private let slab: Int
  private let slabsPerBlock: Int
  private let slabsPerPiece: Int

  /// Axes that are walked over one after the other.
  private struct Axes {
    var sizes: [Int] = []
    var strides: [Int] = []
    var count = 1

    mutating func append(_ size: Int, stride: Int) {
      sizes.append(size)
      strides.append(stride)
      count *= size
    }

    /// Where the position of that number stands, counted with the innermost axis first.
    func offset(_ number: Int) -> Int {
      var rest = number
      var offset = 0
      for axis in sizes.indices {
        offset += rest % sizes[axis] * strides[axis]
        rest /= sizes[axis]
      }
      return offset
    }
  }

  /// Below this many pieces the folded elements are cut, too.
  private static let enoughPieces = 16
  /// The fewest columns that are worth a slab of their own.
  private static let leastColumns = 256

  /// A walk over an input whose `axes` are folded.
  ///
  /// - Precondition: The products of all sizes, and of those that are kept, are an `Int`.
  init(input: [Int], axes: [Int]) {
    let merged = Self.mergedAxes(input, axes)
    let inner = merged.first ?? (1, true)
    let outer = merged.count > 1 ? merged[1].size : 1
    foldsRows = inner.isFolded
    stride = inner.size
    (foldedInBlock, keptInBlock) = foldsRows ? (inner.size, outer) : (outer, inner.size)
    var (kept, folded) = (Axes(), Axes())
    var running = inner.size * outer
    for axis in merged.dropFirst(2) {
      if axis.isFolded {
        folded.append(axis.size, stride: running)
      } else {
        kept.append(axis.size, stride: running)
      }
      running *= axis.size
    }
    (self.kept, self.folded) = (kept, folded)
    resultCount = keptInBlock * kept.count
    foldedCount = foldedInBlock * folded.count

    let wanted = max(foldsRows ? 1 : Self.leastColumns, elementsPerPiece / max(1, foldedCount))
    slab = max(1, min(keptInBlock, wanted))
    slabsPerBlock = (keptInBlock + slab - 1) / slab
    slabsPerPiece = max(1, wanted / slab)
    let slabs = slabsPerBlock * kept.count
    pieces = (slabs + slabsPerPiece - 1) / slabsPerPiece
    let divisible = folded.count != 1 ? folded.count : foldedInBlock
    chunks = max(
      1,
      min(
        Self.enoughPieces / max(1, pieces), divisible,
        slab * slabsPerPiece * foldedCount / elementsPerPiece))
  }

  /// The axes of the input from the innermost outward, without those of size 1.
  private static func mergedAxes(_ input: [Int], _ axes: [Int]) -> [(size: Int, isFolded: Bool)] {
    // The sizes of an input without elements have no product that is sure to be an `Int`.
    let isEmpty = input.contains(0)
    if isEmpty, input.indices.contains(where: { input[$0] == 0 && !axes.contains($0) }) {
      return [(0, false)]
    }
    var merged: [(size: Int, isFolded: Bool)] = []
    for axis in input.indices.reversed() where input[axis] != 1 {
      let isFolded = axes.contains(axis)
      let size = isEmpty && isFolded ? 0 : input[axis]
      if merged.last?.isFolded == isFolded {
        merged[merged.count - 1].size *= size
      } else {
        merged.append((size, isFolded))
      }
    }
    return merged
  }

  /// The results that one piece gives.
  func results(ofPiece piece: Int) -> Range<Int> {
    func start(_ slabNumber: Int) -> Int {
      if slabNumber >= slabsPerBlock * kept.count { return resultCount }
      return slabNumber / slabsPerBlock * keptInBlock + slabNumber % slabsPerBlock * slab
    }
    return start(piece * slabsPerPiece)..<start((piece + 1) * slabsPerPiece)
  }

  /// Calls `body` for the steps that fold one chunk of one piece, in the order of memory.
  func forEachStep(ofPiece piece: Int, chunk: Int, _ body: (Step) -> Void) {
    let slabs = slabsPerBlock * kept.count
    let cutsOuter = folded.count != 1
    let outer = cutsOuter ? part(chunk, of: folded.count) : 0..<1
    let inner = cutsOuter ? 0..<foldedInBlock : part(chunk, of: foldedInBlock)
    for number in piece * slabsPerPiece..<min(slabs, (piece + 1) * slabsPerPiece) {
      let block = number / slabsPerBlock
      let first = number % slabsPerBlock * slab
      let count = min(slab, keptInBlock - first)
      let start =
        kept.offset(block)
        + (foldsRows ? first * stride + inner.lowerBound : inner.lowerBound * stride + first)
      for outerNumber in outer {
        body(
          Step(
            source: start + folded.offset(outerNumber), target: block * keptInBlock + first,
            rows: foldsRows ? count : inner.count, columns: foldsRows ? inner.count : count))
      }
    }
  }

  private func part(_ chunk: Int, of count: Int) -> Range<Int> {
    let size = (count + chunks - 1) / chunks
    return min(count, chunk * size)..<min(count, (chunk + 1) * size)
  }
}
