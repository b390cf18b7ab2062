// Sums for a few rows and a block of filters, which stay in registers, and how they are stored.
#ifndef STATICGRAPH_FILTER_BLOCKS_H
#define STATICGRAPH_FILTER_BLOCKS_H

#include <string.h>

#include "constant_counts.h"
#include "staticgraph_blocked.h"
#include "windows.h"

// Everything that passes vectors is inlined, so that it does not matter how they would be passed.
#pragma clang diagnostic ignored "-Wpsabi"

enum { block_filters = staticgraph_block_filters, most_rows = 6 };

typedef float32 filter_block __attribute__((vector_size(4 * block_filters), aligned(4)));
typedef int32 filter_block_mask __attribute__((vector_size(4 * block_filters), aligned(4)));

// The rows of the next group, where so many are left: groups are of nearly the same size, since
// few sums leave the units that multiply waiting.
STATICGRAPH_INLINE ptrdiff_t rows_of_group(ptrdiff_t rest) {
  const ptrdiff_t groups = (rest + most_rows - 1) / most_rows;
  return (rest + groups - 1) / groups;
}

// What a loop asks for while it sums, so that the caches have it in time: from `address` on, `step`
// elements further after every `steps_ahead` blocks; nothing where `address` is `NULL`.
typedef struct {
  const float32 *address;
  ptrdiff_t step;
} blocks_ahead;

enum { steps_ahead = 4 };

static const blocks_ahead nothing_ahead = {0};

// The `length` blocks of filters from `address` on, a share of them in each of `groups` loops over
// as many.
STATICGRAPH_INLINE blocks_ahead share_ahead(const float32 *address, ptrdiff_t length,
                                            ptrdiff_t groups, ptrdiff_t group) {
  const ptrdiff_t step = (steps_ahead * block_filters + groups - 1) / groups;
  return (blocks_ahead){address + length / steps_ahead * step * group, step};
}

// The sums of `count` rows: each has `segments` parts of `length` neighbouring elements,
// `segment_step` apart.
STATICGRAPH_INLINE void sum_rows(const ptrdiff_t count, const float32 *rows, ptrdiff_t row_step,
                                 ptrdiff_t segments, ptrdiff_t length, ptrdiff_t segment_step,
                                 const float32 *packed, blocks_ahead ahead, filter_block *sums) {
  filter_block kept[most_rows] = {0};
  for (ptrdiff_t segment = 0; segment < segments; segment++, rows += segment_step) {
    ptrdiff_t i = 0;
    for (; ahead.address && i + steps_ahead <= length; i += steps_ahead) {
      __builtin_prefetch(ahead.address, 0, 2);
      ahead.address += ahead.step;
#pragma clang loop unroll(full)
      for (ptrdiff_t j = i; j < i + steps_ahead; j++, packed += block_filters) {
        const filter_block weights = *(const filter_block *)packed;
        for (ptrdiff_t row = 0; row < count; row++) {
          kept[row] += rows[row * row_step + j] * weights;
        }
      }
    }
    for (; i < length; i++, packed += block_filters) {
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

// Sums of a few rows as `sum_rows` forms them, finished and stored: the results of a row stand
// `stride` elements after those of the row before.
STATICGRAPH_INLINE void write_rows(const ptrdiff_t count, const float32 *rows, ptrdiff_t row_step,
                                   ptrdiff_t segments, ptrdiff_t length, ptrdiff_t segment_step,
                                   const float32 *packed, blocks_ahead ahead,
                                   filter_block bias, int activation, ptrdiff_t width,
                                   ptrdiff_t stride, float32 *result) {
  filter_block sums[most_rows];
  sum_rows(count, rows, row_step, segments, length, segment_step, packed, ahead, sums);
  // What is known here, a store need not ask for.
  if (width == block_filters && activation == staticgraph_activation_relu) {
    for (ptrdiff_t i = 0; i < count; i++) {
      store_block(finished(sums[i], bias, staticgraph_activation_relu), block_filters,
                  result + i * stride);
    }
  } else if (width == block_filters) {
    for (ptrdiff_t i = 0; i < count; i++) {
      store_block(finished(sums[i], bias, activation), block_filters, result + i * stride);
    }
  } else {
    for (ptrdiff_t i = 0; i < count; i++) {
      store_block(finished(sums[i], bias, activation), width, result + i * stride);
    }
  }
}

#endif
