// Rows that become the lanes of blocks.
#ifndef STATICGRAPH_TRANSPOSITION_H
#define STATICGRAPH_TRANSPOSITION_H

#include "filter_blocks.h"

typedef float32 four __attribute__((vector_size(16), aligned(4)));

// Transposes four elements each of four rows.
STATICGRAPH_INLINE void transpose_four(const float32 *rows, ptrdiff_t step, float32 *target) {
  const four x0 = *(const four *)rows, x1 = *(const four *)(rows + step);
  const four x2 = *(const four *)(rows + 2 * step), x3 = *(const four *)(rows + 3 * step);
  const four low0 = __builtin_shufflevector(x0, x1, 0, 4, 1, 5);
  const four high0 = __builtin_shufflevector(x0, x1, 2, 6, 3, 7);
  const four low1 = __builtin_shufflevector(x2, x3, 0, 4, 1, 5);
  const four high1 = __builtin_shufflevector(x2, x3, 2, 6, 3, 7);
  *(four *)target = __builtin_shufflevector(low0, low1, 0, 1, 4, 5);
  *(four *)(target + block_filters) = __builtin_shufflevector(low0, low1, 2, 3, 6, 7);
  *(four *)(target + 2 * block_filters) = __builtin_shufflevector(high0, high1, 0, 1, 4, 5);
  *(four *)(target + 3 * block_filters) = __builtin_shufflevector(high0, high1, 2, 3, 6, 7);
}

// Packs a block whose lanes are `width` rows, `step` apart, of `inner` elements; zeros are the
// lanes behind.
STATICGRAPH_INLINE void transpose_block(const float32 *rows, ptrdiff_t step, ptrdiff_t width,
                                        ptrdiff_t inner, float32 *packed) {
  ptrdiff_t i = 0;
  for (; width == block_filters && i + 4 <= inner; i += 4) {
    for (ptrdiff_t lane = 0; lane < block_filters; lane += 4) {
      transpose_four(rows + lane * step + i, step, packed + i * block_filters + lane);
    }
  }
  for (; i < inner; i++) {
    float32 *target = packed + i * block_filters;
    for (ptrdiff_t lane = 0; lane < width; lane++) target[lane] = rows[lane * step + i];
    for (ptrdiff_t lane = width; lane < block_filters; lane++) target[lane] = 0;
  }
}

#endif
