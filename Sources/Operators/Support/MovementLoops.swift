import CKernels

/// The loops of a movement over planes, and how they are cut into pieces.
struct MovementLoops: BitwiseCopyable {
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
  private let planeCount: Int
  private let planesPerPiece: Int
  /// The number of pieces that a large plane is cut into; 1 where planes are small.
  private let piecesPerPlane: Int
  private let columnPieces: Int
  private let rowsPerPiece: Int
  private let columnsPerPiece: Int

  /// Loops over `count` elements.
  ///
  /// - Parameter planeCount: The size of the planes' axis, times those of the axes outside.
  init(
    _ source: Movement.Place, _ target: Movement.Place, count: Int, columns: staticgraph_axis,
    rows: staticgraph_axis, planes: staticgraph_axis, planeCount: Int
  ) {
    self.source = source.number
    self.target = target.number
    (sourceStart, targetStart) = (source.start, target.start)
    self.count = count
    (self.columns, self.rows, self.planes) = (columns, rows, planes)
    self.planeCount = planeCount
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

  /// Does one piece of the work.
  ///
  /// - Parameters:
  ///   - outer: The axes outside of the planes, the innermost first.
  ///   - source: Where the input begins.
  ///   - target: Where the output begins.
  func run(
    piece: Int, _ move: staticgraph_movement, elementSize: Int,
    outer: UnsafeBufferPointer<staticgraph_axis>, from source: UnsafeRawPointer,
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
