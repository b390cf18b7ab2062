// Products with filters that stand in blocks, each as many as a vector holds, so that sums for a
// few rows and a block of filters stay in registers; and what is done to sums before they are
// stored.
#ifndef STATICGRAPH_BLOCKED_H
#define STATICGRAPH_BLOCKED_H

#include "staticgraph_convolution.h"

/// So many filters have a block. The last one of a layer may have fewer: zeros stand there for
/// the others.
enum { staticgraph_block_filters = 16 };

/// What a sum becomes.
enum {
  staticgraph_activation_none = 0,
  staticgraph_activation_relu = 1,
  staticgraph_activation_relu6 = 2,
};

/// What is done to sums before they are stored.
typedef struct {
  /// A number for each filter that is added, or `NULL`.
  const float *bias;
  /// What the sum becomes then.
  int activation;
} staticgraph_completion;

/// Completes rows of `count` sums that begin `stride` elements apart; the bias is that of the first
/// column.
void staticgraph_complete_float32(size_t rows, size_t count, size_t stride,
                                  staticgraph_completion completion, void *sums);

/// Some blocks of some rows of the product of a matrix and filters in blocks.
typedef struct {
  /// The columns of the matrix, and the filters.
  ptrdiff_t inner, filters;
  /// The elements from a row of the matrix to the next, and from a row of the result.
  ptrdiff_t stride, result_stride;
  ptrdiff_t first_row, row_count;
  ptrdiff_t first_block, block_count;
} staticgraph_blocked_part;

/// Writes a part of a product.
///
/// - rows: the first row of the matrix; result: that of the result.
/// - packed: all blocks of filters, one after the other, each with a row for each column of the
///   matrix.
void staticgraph_blocked_product_float32(staticgraph_blocked_part part, const void *rows,
                                         const void *packed, staticgraph_completion completion,
                                         void *result);

/// Some lines of windows, counted over all images, and some blocks of filters.
typedef struct {
  ptrdiff_t filters;
  /// The elements from the results of a window to those of the next.
  ptrdiff_t result_stride;
  ptrdiff_t first_line, line_count;
  ptrdiff_t first_block, block_count;
  /// How many lines are done at a time.
  ptrdiff_t band_lines;
} staticgraph_blocked_lines;

/// Writes a part of a convolution of images whose channels stand side by side. Columns of a window
/// are neighbours.
///
/// - packed: all blocks of filters, each with a row for each element of a window.
/// - band: scratch memory for `staticgraph_direct_band` elements, unless lines lie inside.
void staticgraph_blocked_windows_float32(staticgraph_windows windows,
                                         staticgraph_blocked_lines lines, const void *images,
                                         const void *packed, staticgraph_completion completion,
                                         void *band, void *result);

/// Adds to `sums` what lines of windows contribute to what flows back into some blocks of filters.
///
/// - flow: what flows into the results.
/// - band: scratch memory for `staticgraph_direct_band` elements.
void staticgraph_blocked_filters_float32(staticgraph_windows windows,
                                         staticgraph_blocked_lines lines, const void *images,
                                         const void *flow, void *band, void *sums);

/// Packs a block of filters, given as `places` of a window, each with a row for each channel.
void staticgraph_blocked_pack_float32(ptrdiff_t places, ptrdiff_t channels, ptrdiff_t filters,
                                      const void *weights, ptrdiff_t block, void *packed);
/// The same for what flows back into images: windows are turned about, and the places of a window
/// are given with a row for each filter.
void staticgraph_blocked_pack_turned_float32(ptrdiff_t places, ptrdiff_t channels,
                                             ptrdiff_t filters, const void *weights,
                                             ptrdiff_t block, void *packed);

#endif
