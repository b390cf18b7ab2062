import CKernels
import GraphIR
import Tensors

/// A product of matrices of `Float32` of which one side is short, so that packing both factors
/// would take long beside the product itself.
struct PanelProduct: Sendable {
  private let product: MatrixProduct
  private let strides: staticgraph_panel_strides

  /// Where all sides are longer than that, packing pays.
  private static let shortSide = 256
  /// Fewer rows leave the registers unused.
  private static let leastRows = 8
  /// Below so many multiplications nothing is gained.
  private static let leastWork = 1 << 14
  /// Results of up to so many elements are added up from parts of the sums.
  private static let mostAdded = 1 << 15
  /// Such a part has so many terms at least.
  private static let leastInner = 256

  /// The product; `nil` where it is better computed otherwise.
  init?(_ product: MatrixProduct) {
    let (rows, columns, inner) = (product.rows, product.columns, product.inner)
    guard min(rows, columns, inner) <= Self.shortSide, rows >= Self.leastRows, columns > 1,
      Double(rows) * Double(columns) * Double(inner) >= Double(Self.leastWork)
    else { return nil }
    self.product = product
    strides = staticgraph_panel_strides(
      left_row: product.transposeA ? 1 : inner, left_inner: product.transposeA ? rows : 1,
      right_inner: product.transposeB ? 1 : columns, right_column: product.transposeB ? inner : 1,
      result_row: columns)
  }

  /// Whether a product of a matrix with itself is symmetric, as a Gram matrix is.
  private var mayBeMirrored: Bool {
    product.transposeA != product.transposeB && product.rows == product.columns
  }

  /// Whether what stands above the diagonal is enough: both factors are the same matrix.
  ///
  /// Both sides of the diagonal have the same bits, so that it does not show.
  private func isMirrored(_ context: KernelContext) -> Bool {
    mayBeMirrored && context.inputs[0] == context.inputs[1]
  }

  private func mirror(_ context: KernelContext) {
    let rowsPerPiece = max(1, elementsPerPiece / product.columns)
    let (rows, result) = (product.rows, context.outputs[0])
    context.parallelFor(pieces: (rows + rowsPerPiece - 1) / rowsPerPiece) { piece in
      staticgraph_mirror_float32(
        rows, piece * rowsPerPiece, min(rows, (piece + 1) * rowsPerPiece), result)
    }
  }

  private var work: Double {
    Double(product.rows) * Double(product.columns) * Double(product.inner)
  }

  /// A kernel that writes the product of its first two inputs.
  func kernel(_ completion: ProductCompletion? = nil) -> Kernel {
    let isAdded =
      product.rows * product.columns <= Self.mostAdded && product.inner >= 4 * Self.leastInner
    return isAdded ? addingKernel(completion) : sharingKernel(completion)
  }

  /// The scratch memory of a piece with so many columns.
  private static func scratch(_ columns: Int) -> Int {
    (staticgraph_panel_scratch(columns) * 4 + 63) / 64 * 64
  }

  /// The rows and columns are shared out.
  private func sharingKernel(_ completion: ProductCompletion?) -> Kernel {
    let block = Int(staticgraph_block_filters)
    let parts = BlockedParts(
      units: product.rows, least: 24, blocks: (product.columns + block - 1) / block,
      multiplications: work, unitBytes: Double(product.inner * 4),
      blockBytes: Double(product.inner * block * 4))
    let bytes = Self.scratch((parts.blocks.count / parts.blocks.parts + 1) * block)
    let (strides, inner, columns) = (strides, product.inner, product.columns)
    return Kernel(scratchByteCount: bytes * parts.count) { context in
      let isMirrored = isMirrored(context)
      context.parallelFor(pieces: parts.count) { piece in
        let (rows, blocks) = parts[piece]
        let first = blocks.lowerBound * block
        let part = staticgraph_panel_part(
          first_row: rows.lowerBound, row_count: rows.count, first_column: first,
          column_count: min(columns, blocks.upperBound * block) - first, first_inner: 0,
          inner_count: inner, is_mirrored: isMirrored)
        staticgraph_panel_product_float32(
          strides, part, context.inputs[0], context.inputs[1], context.scratch + piece * bytes,
          context.outputs[0])
        guard let completion, !isMirrored else { return }
        let columnPart = first..<first + part.column_count
        completion.complete(
          ProductPart(rows: rows, columns: columnPart), columns: columns, context)
      }
      guard isMirrored else { return }
      mirror(context)
      completion?.complete(rows: product.rows, columns: columns, context)
    }
  }

  /// The terms of the sums are shared out.
  private func addingKernel(_ completion: ProductCompletion?) -> Kernel {
    let sums = PartialSums(
      wanted: min(BlockedParts.wanted(work), product.inner / Self.leastInner),
      count: product.rows * product.columns, type: .float32)
    let split = EvenSplit(count: product.inner, parts: sums.parts)
    let bytes = Self.scratch(product.columns)
    let (strides, rows, columns) = (strides, product.rows, product.columns)
    return Kernel(scratchByteCount: sums.scratchByteCount + bytes * sums.parts) { context in
      let isMirrored = isMirrored(context)
      context.parallelFor(pieces: split.parts) { piece in
        let terms = split[piece]
        let part = staticgraph_panel_part(
          first_row: 0, row_count: rows, first_column: 0, column_count: columns,
          first_inner: terms.lowerBound, inner_count: terms.count,
          is_mirrored: isMirrored)
        staticgraph_panel_product_float32(
          strides, part, context.inputs[0], context.inputs[1],
          context.scratch + sums.scratchByteCount + piece * bytes, sums.start(piece, context))
      }
      sums.addUp(context)
      if isMirrored { mirror(context) }
      completion?.complete(rows: rows, columns: columns, context)
    }
  }
}
