// Products of matrices of which one side is short: panels of 16 columns of the second factor are
// packed as they are needed, and the first factor is read where it lies.
#ifndef STATICGRAPH_PANELS_H
#define STATICGRAPH_PANELS_H

#include <stdbool.h>
#include <stddef.h>

/// Where the elements of the factors lie, and the rows of the result. Of each factor, neighbours
/// along one of its sides lie side by side.
typedef struct {
  /// From a row of the first factor to the next, and from a column.
  ptrdiff_t left_row, left_inner;
  /// The same of the second factor.
  ptrdiff_t right_inner, right_column;
  /// From a row of the result to the next.
  ptrdiff_t result_row;
} staticgraph_panel_strides;

/// Some rows and columns of the result, and the part of the sums that is added up.
typedef struct {
  ptrdiff_t first_row, row_count;
  ptrdiff_t first_column, column_count;
  ptrdiff_t first_inner, inner_count;
  /// Whether elements below the diagonal may be left out, since `staticgraph_mirror_float32` writes
  /// them.
  bool is_mirrored;
} staticgraph_panel_part;

/// The elements of the scratch memory for so many columns.
size_t staticgraph_panel_scratch(ptrdiff_t column_count);

/// Writes a part of a product.
void staticgraph_panel_product_float32(staticgraph_panel_strides strides,
                                       staticgraph_panel_part part, const void *left,
                                       const void *right, void *scratch, void *result);

/// Writes some rows of what stands below the diagonal of a square matrix, as it stands above.
void staticgraph_mirror_float32(ptrdiff_t size, ptrdiff_t first_row, ptrdiff_t end_row,
                                void *matrix);

#endif
