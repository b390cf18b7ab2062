// Sums for a few rows and a block of filters, which stay in registers, and how they are stored.
#ifndef STATICGRAPH_FILTER_BLOCKS_H
#define STATICGRAPH_FILTER_BLOCKS_H

#include <string.h>

#include "constant_counts.h"
#include "staticgraph_blocked.h"
#include "windows.h"

enum { block_filters = staticgraph_block_filters, most_rows = 6 };

typedef float32 filter_block __attribute__((vector_size(4 * block_filters), aligned(4)));
typedef int32 filter_block_mask __attribute__((vector_size(4 * block_filters), aligned(4)));

// The rows of the next group, where so many are left: groups are of nearly the same size, since
// few sums leave the units that multiply waiting.
STATICGRAPH_INLINE ptrdiff_t rows_of_group(ptrdiff_t rest) {
  const ptrdiff_t groups = (rest + most_rows - 1) / most_rows;
  return (rest + groups - 1) / groups;
}

// The sums of `count` rows: each has `segments` parts of `length` neighbouring elements,
// `segment_step` apart.
STATICGRAPH_INLINE void sum_rows(const ptrdiff_t count, const float32 *rows, ptrdiff_t row_step,
                                 ptrdiff_t segments, ptrdiff_t length, ptrdiff_t segment_step,
                                 const float32 *packed, filter_block *sums) {
  filter_block kept[most_rows] = {0};
  for (ptrdiff_t segment = 0; segment < segments; segment++, rows += segment_step) {
    for (ptrdiff_t i = 0; i < length; i++, packed += block_filters) {
      const filter_block weights = *(const filter_block *)packed;
      for (ptrdiff_t row = 0; row < count; row++) kept[row] += rows[row * row_step + i] * weights;
    }
  }
  for (ptrdiff_t row = 0; row < count; row++) sums[row] = kept[row];
}

// The bias of the `width` filters of a block.
STATICGRAPH_INLINE filter_block block_bias(staticgraph_completion completion, ptrdiff_t block,
                                           ptrdiff_t width) {
  filter_block bias = {0};
  if (completion.bias) {
    memcpy(&bias, completion.bias + block * block_filters, width * sizeof(float32));
  }
  return bias;
}

STATICGRAPH_INLINE filter_block finished(filter_block sum, filter_block bias, int activation) {
  sum += bias;
  if (activation == staticgraph_activation_none) return sum;
  // NaN stays what it is, and so does −0.
  filter_block_mask out = sum < 0;
  sum = (filter_block)(~out & (filter_block_mask)sum);
  if (activation == staticgraph_activation_relu6) {
    const filter_block six = (filter_block){0} + 6;
    out = sum > 6;
    sum = (filter_block)((out & (filter_block_mask)six) | (~out & (filter_block_mask)sum));
  }
  return sum;
}

STATICGRAPH_INLINE void store_block(filter_block sum, ptrdiff_t width, float32 *result) {
  if (width == block_filters) {
    *(filter_block *)result = sum;
  } else {
    memcpy(result, &sum, width * sizeof(float32));
  }
}

// The filters of a block.
STATICGRAPH_INLINE ptrdiff_t block_width(ptrdiff_t filters, ptrdiff_t block) {
  const ptrdiff_t rest = filters - block * block_filters;
  return rest < block_filters ? rest : block_filters;
}

#endif
