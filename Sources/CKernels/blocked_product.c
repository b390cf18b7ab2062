#include "filter_blocks.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

// Rows that stay in the second-level cache while blocks of filters pass by.
enum { tile_bytes = 128 << 10 };

// Vectors are passed between functions that are compiled for the same processor alone.
STATICGRAPH_INLINE void blocked_product(staticgraph_blocked_part part, const void *memory,
                                        const void *packed, staticgraph_completion completion,
                                        void *results) {
  const ptrdiff_t most = tile_bytes / 4 / (part.inner + 1) / most_rows * most_rows;
  const ptrdiff_t tile = most > 2 * most_rows ? most : 2 * most_rows;
  const ptrdiff_t end = part.first_row + part.row_count;
  for (ptrdiff_t first = part.first_row, next; first < end; first = next) {
    next = first + tile < end ? first + tile : end;
    for (ptrdiff_t block = part.first_block; block < part.first_block + part.block_count;
         block++) {
      const float32 *weights = (const float32 *)packed + block * part.inner * block_filters;
      const ptrdiff_t width = block_width(part.filters, block);
      const filter_block bias = block_bias(completion, block, width);
      const ptrdiff_t groups = (next - first + most_rows - 1) / most_rows;
      for (ptrdiff_t row = first, group = 0, count; row < next; row += count, group++) {
        count = rows_of_group(next - row);
        const float32 *rows = (const float32 *)memory + row * part.stride;
        float32 *result = (float32 *)results + row * part.result_stride + block * block_filters;
        // The next block comes while this one is worked with.
        const blocks_ahead ahead =
            share_ahead(weights + part.inner * block_filters, part.inner, groups, group);
#define WRITE(number)                                                            \
  write_rows(number, rows, part.stride, 1, part.inner, 0, weights, ahead, bias, \
             completion.activation, width, part.result_stride, result)
        WITH_CONSTANT(count, WRITE)
#undef WRITE
      }
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_blocked_product_float32(staticgraph_blocked_part part, const void *rows,
                                         const void *packed, staticgraph_completion completion,
                                         void *result) {
  blocked_product(part, rows, packed, completion, result);
}
