#include "staticgraph_panels.h"

#include "filter_blocks.h"
#include "transposition.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

// So many terms are added up at a time, and so many rows of a first factor are copied whose
// columns are what lies side by side.
enum { most_inner = 192, tile_rows = 8 * most_rows };

size_t staticgraph_panel_scratch(ptrdiff_t column_count) {
  const ptrdiff_t blocks = (column_count + block_filters - 1) / block_filters;
  return most_inner * (blocks * block_filters + tile_rows);
}

// Packs `inner` rows of all columns of a part, block by block.
STATICGRAPH_INLINE void pack_panels(staticgraph_panel_strides s, const float32 *right,
                                    ptrdiff_t inner, ptrdiff_t columns, float32 *packed) {
  for (ptrdiff_t first = 0; first < columns; first += block_filters) {
    if (s.right_column == 1) break;
    const ptrdiff_t rest = columns - first;
    transpose_block(right + first * s.right_column, s.right_column,
                    rest < block_filters ? rest : block_filters, inner,
                    packed + first * inner);
  }
  if (s.right_column != 1) return;
  for (ptrdiff_t i = 0; i < inner; i++, right += s.right_inner) {
    ptrdiff_t first = 0;
    for (; first + block_filters <= columns; first += block_filters) {
      memcpy(packed + first * inner + i * block_filters, right + first, sizeof(filter_block));
    }
    if (first < columns) {
      float32 *target = packed + first * inner + i * block_filters;
      memcpy(target, right + first, (columns - first) * sizeof(float32));
      memset(target + columns - first, 0, (block_filters - columns + first) * sizeof(float32));
    }
  }
}

// The sums of `count` rows that are columns of a tile.
STATICGRAPH_INLINE void sum_columns(const ptrdiff_t count, const float32 *tile, ptrdiff_t inner,
                                    const float32 *packed, filter_block *sums) {
  filter_block kept[most_rows] = {0};
  for (ptrdiff_t i = 0; i < inner; i++, tile += tile_rows, packed += block_filters) {
    const filter_block weights = *(const filter_block *)packed;
    for (ptrdiff_t row = 0; row < count; row++) kept[row] += tile[row] * weights;
  }
  for (ptrdiff_t row = 0; row < count; row++) sums[row] = kept[row];
}

STATICGRAPH_INLINE void add_to_result(const filter_block *sums, ptrdiff_t count, bool is_first,
                                      ptrdiff_t width, ptrdiff_t step, float32 *result) {
  for (ptrdiff_t i = 0; i < count; i++, result += step) {
    filter_block sum = sums[i];
    if (!is_first) {
      filter_block old = {0};
      memcpy(&old, result, width * sizeof(float32));
      sum += old;
    }
    store_block(sum, width, result);
  }
}

// Adds what `inner` terms contribute to the rows from `first` to `end`.
STATICGRAPH_INLINE void add_rows(staticgraph_panel_strides s, staticgraph_panel_part part,
                                 const float32 *left, const float32 *packed, ptrdiff_t inner,
                                 ptrdiff_t first, ptrdiff_t end, bool is_first, float32 *tile,
                                 float32 *results) {
  const bool is_copied = s.left_inner != 1;
  for (ptrdiff_t i = 0; is_copied && i < inner; i++) {
    memcpy(tile + i * tile_rows, left + first + i * s.left_inner,
           (end - first) * sizeof(float32));
  }
  for (ptrdiff_t column = 0; column < part.column_count; column += block_filters) {
    if (part.is_mirrored && part.first_column + column + block_filters <= first) continue;
    const float32 *weights = packed + column * inner;
    const ptrdiff_t width = block_width(part.column_count, column / block_filters);
    for (ptrdiff_t row = first, count; row < end; row += count) {
      count = rows_of_group(end - row);
      filter_block sums[most_rows];
      if (is_copied) {
#define SUM(number) sum_columns(number, tile + row - first, inner, weights, sums)
        WITH_CONSTANT(count, SUM)
#undef SUM
      } else {
        const float32 *rows = left + row * s.left_row;
#define SUM(number) \
  sum_rows(number, rows, s.left_row, 1, inner, 0, weights, nothing_ahead, sums)
        WITH_CONSTANT(count, SUM)
#undef SUM
      }
      float32 *result = results + row * s.result_row + part.first_column + column;
      if (width == block_filters) {
        add_to_result(sums, count, is_first, block_filters, s.result_row, result);
      } else {
        add_to_result(sums, count, is_first, width, s.result_row, result);
      }
    }
  }
}

// Vectors are passed between functions that are compiled for the same processor alone.
STATICGRAPH_INLINE void panel_product(staticgraph_panel_strides s, staticgraph_panel_part part,
                                      const float32 *left, const float32 *right,
                                      float32 *scratch, float32 *result) {
  float32 *tile = scratch, *packed = scratch + most_inner * tile_rows;
  const ptrdiff_t end = part.first_row + part.row_count;
  // Parts of the sums of nearly the same length.
  const ptrdiff_t chunks = (part.inner_count + most_inner - 1) / most_inner;
  for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
    const ptrdiff_t first = part.first_inner + part.inner_count * chunk / chunks;
    const ptrdiff_t inner = part.first_inner + part.inner_count * (chunk + 1) / chunks - first;
    pack_panels(s, right + first * s.right_inner + part.first_column * s.right_column, inner,
                part.column_count, packed);
    for (ptrdiff_t row = part.first_row, next; row < end; row = next) {
      next = row + tile_rows < end ? row + tile_rows : end;
      add_rows(s, part, left + first * s.left_inner, packed, inner, row, next, chunk == 0, tile,
               result);
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_panel_product_float32(staticgraph_panel_strides strides,
                                       staticgraph_panel_part part, const void *left,
                                       const void *right, void *scratch, void *result) {
  panel_product(strides, part, left, right, scratch, result);
}

void staticgraph_mirror_float32(ptrdiff_t size, ptrdiff_t first_row, ptrdiff_t end_row,
                                void *matrix) {
  float32 *elements = matrix;
  // Some columns at a time, so that the rows that are read stay in the cache.
  for (ptrdiff_t first = 0; first < end_row; first += block_filters) {
    for (ptrdiff_t row = first_row; row < end_row; row++) {
      const ptrdiff_t end = first + block_filters < row ? first + block_filters : row;
      for (ptrdiff_t column = first; column < end; column++) {
        elements[row * size + column] = elements[column * size + row];
      }
    }
  }
}
