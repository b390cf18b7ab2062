import CKernels
import GraphIR
import Tensors

/// How the rows of a segment are folded, for one type.
struct SegmentLoop: Sendable {
  /// Folds rows into those that their identifiers name.
  let fold: staticgraph_segment
  /// What folding starts from.
  let start: ElementBits
  /// Divides elements by one number.
  let divide: staticgraph_binary?
  /// A number of rows as an element to divide by.
  let divisor: @Sendable (Int) -> ElementBits

  /// A way of folding that starts from that element.
  init(_ fold: staticgraph_segment, from start: ElementBits = .zero) {
    self.fold = fold
    self.start = start
    divide = nil
    divisor = { _ in .zero }
  }

  /// Means: sums that are divided by the number of rows.
  init(
    _ fold: staticgraph_segment, divide: staticgraph_binary,
    divisor: @escaping @Sendable (Int) -> ElementBits
  ) {
    self.fold = fold
    start = .zero
    self.divide = divide
    self.divisor = divisor
  }
}

/// How the rows of a segment are folded, for each type that is computed with.
typealias SegmentLoops = [DataType: SegmentLoop]

/// How sums, products and the largest and smallest elements of segments are found.
enum SegmentFolds {
  static let sum: SegmentLoops = [
    .float32: SegmentLoop(staticgraph_segment_sum_float32),
    .float64: SegmentLoop(staticgraph_segment_sum_float64),
    .int32: SegmentLoop(staticgraph_segment_sum_int32),
    .int64: SegmentLoop(staticgraph_segment_sum_int64),
    .uint8: SegmentLoop(staticgraph_segment_sum_uint8),
  ]

  static let mean: SegmentLoops = [
    .float32: SegmentLoop(staticgraph_segment_sum_float32, divide: staticgraph_div_float32) {
      ElementBits(Float($0))
    },
    .float64: SegmentLoop(staticgraph_segment_sum_float64, divide: staticgraph_div_float64) {
      ElementBits(Double($0))
    },
    .int32: SegmentLoop(staticgraph_segment_sum_int32, divide: staticgraph_div_int32) {
      ElementBits(Int32(truncatingIfNeeded: $0))
    },
    .int64: SegmentLoop(staticgraph_segment_sum_int64, divide: staticgraph_div_int64) {
      ElementBits(Int64($0))
    },
    .uint8: SegmentLoop(staticgraph_segment_sum_uint8, divide: staticgraph_div_uint8) {
      ElementBits(UInt8(clamping: $0))
    },
  ]

  static let prod: SegmentLoops = [
    .float32: SegmentLoop(staticgraph_segment_prod_float32, from: .init(Float(1))),
    .float64: SegmentLoop(staticgraph_segment_prod_float64, from: .init(1.0)),
    .int32: SegmentLoop(staticgraph_segment_prod_int32, from: .init(Int32(1))),
    .int64: SegmentLoop(staticgraph_segment_prod_int64, from: .init(Int64(1))),
    .uint8: SegmentLoop(staticgraph_segment_prod_uint8, from: .init(UInt8(1))),
  ]

  static let max: SegmentLoops = [
    .float32: SegmentLoop(
      staticgraph_segment_max_float32, from: .init(-Float.greatestFiniteMagnitude)),
    .float64: SegmentLoop(
      staticgraph_segment_max_float64, from: .init(-Double.greatestFiniteMagnitude)),
    .int32: SegmentLoop(staticgraph_segment_max_int32, from: .init(Int32.min)),
    .int64: SegmentLoop(staticgraph_segment_max_int64, from: .init(Int64.min)),
    .uint8: SegmentLoop(staticgraph_segment_max_uint8, from: .init(UInt8.min)),
  ]

  static let min: SegmentLoops = [
    .float32: SegmentLoop(
      staticgraph_segment_min_float32, from: .init(Float.greatestFiniteMagnitude)),
    .float64: SegmentLoop(
      staticgraph_segment_min_float64, from: .init(Double.greatestFiniteMagnitude)),
    .int32: SegmentLoop(staticgraph_segment_min_int32, from: .init(Int32.max)),
    .int64: SegmentLoop(staticgraph_segment_min_int64, from: .init(Int64.max)),
    .uint8: SegmentLoop(staticgraph_segment_min_uint8, from: .init(UInt8.max)),
  ]
}

/// The sizes of a kernel that folds segments.
struct SegmentWork: Sendable {
  /// The number of rows of the data.
  let rows: Int
  /// The number of elements of a row.
  let columns: Int
  /// The number of segments.
  let segments: Int
  /// How many columns one piece of the work takes, from the first row to the last.
  let columnsPerPiece: Int
  /// The number of pieces.
  var pieces: Int { (columns + columnsPerPiece - 1) / columnsPerPiece }

  init(_ request: KernelRequest) {
    rows = request.inputCount(1)
    segments = request.outputSizes()[0]
    columns = segments == 0 ? 0 : request.outputCount() / segments
    columnsPerPiece = Swift.max(64, elementsPerPiece / Swift.max(1, rows))
  }
}
