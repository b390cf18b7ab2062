import GraphIR
import Tensors

/// How an elementwise kernel walks its inputs: few long rows, along which each input either moves
/// by one element or stands still.
struct BroadcastPlan: Sendable {
  /// The number of elements in a row.
  let rowCount: Int
  /// For each input, whether it is one element for a whole row.
  let isScalarInRow: [Bool]
  /// The number of rows.
  let rows: Int
  private let rowSizes: [Int]
  /// For each outer axis, the stride in elements of each input.
  private let rowStrides: [[Int]]

  /// A walk over the output in its order.
  ///
  /// Adjacent axes along which every input moves in the same way count as one.
  init(output: [Int], inputs: [[Int]]) {
    var sizes: [Int] = []
    var strides: [[Int]] = []
    var running = [Int](repeating: 1, count: inputs.count)
    // From the innermost axis outward.
    for axis in output.indices.reversed() where output[axis] != 1 {
      var axisStrides = [Int](repeating: 0, count: inputs.count)
      for (number, input) in inputs.enumerated() {
        let own = axis - (output.count - input.count)
        guard own >= 0, input[own] != 1 else { continue }
        axisStrides[number] = running[number]
        running[number] *= input[own]
      }
      if let size = sizes.last, let inner = strides.last,
        zip(axisStrides, inner).allSatisfy({ $0 == $1 * size })
      {
        sizes[sizes.count - 1] = size * output[axis]
      } else {
        sizes.append(output[axis])
        strides.append(axisStrides)
      }
    }
    rowCount = sizes.first ?? 1
    isScalarInRow = strides.first?.map { $0 == 0 } ?? inputs.map { _ in true }
    rowSizes = Array(sizes.dropFirst())
    rowStrides = Array(strides.dropFirst())
    rows = rowSizes.reduce(1, *)
  }

  /// The element of an input at which a row begins.
  func offset(row: Int, input: Int) -> Int {
    var rest = row
    var offset = 0
    for axis in rowSizes.indices {
      offset += rest % rowSizes[axis] * rowStrides[axis][input]
      rest /= rowSizes[axis]
    }
    return offset
  }
}

/// How many elements one piece of parallel work holds; the same for any number of workers.
let elementsPerPiece = 32 * 1024

/// The number of pieces that so many elements make.
func pieceCount(_ elements: Int) -> Int { (elements + elementsPerPiece - 1) / elementsPerPiece }
