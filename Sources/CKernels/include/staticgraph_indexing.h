// Slices of a tensor that tuples of indices point to.
#ifndef STATICGRAPH_INDEXING_H
#define STATICGRAPH_INDEXING_H

#include "staticgraph_kernels.h"

/// Turns each of `count` tuples of `depth` indices into the number of a slice, counted in
/// row-major order over `sizes`; −1 for a tuple that lies outside. Gives the first such tuple, or
/// −1. The indices are of 64 bits where `is_wide`, else of 32.
ptrdiff_t staticgraph_slice_numbers(size_t count, size_t depth, const void *indices, bool is_wide,
                                    const int64_t *sizes, int64_t *numbers);

/// Copies slice numbers[i] of `source` to slice i of `result`; zeros where the number is −1.
void staticgraph_gather_slices(size_t count, size_t slice_bytes, const void *source,
                               const int64_t *numbers, void *result);

/// Copies bytes of slice i of `updates` to slice numbers[i] of `result`, in order; none where the
/// number is −1. Slices are `stride` bytes apart, `width` bytes of each are copied.
void staticgraph_scatter_slices(size_t count, size_t width, size_t stride, const int64_t *numbers,
                                const void *updates, void *result);

/// Combines elements of slice i of `updates` into slice numbers[i] of `result`, in order; none
/// where the number is −1. Slices are `stride` elements apart, `width` elements of each count.
typedef void (*staticgraph_scatter)(size_t count, size_t width, size_t stride,
                                    const int64_t *numbers, const void *updates, void *result);

#define STATICGRAPH_SCATTER(operation, type)                                                    \
  void staticgraph_scatter_##operation##_##type(size_t count, size_t width, size_t stride,      \
                                                const int64_t *numbers, const void *updates,    \
                                                void *result);

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SCATTER, add)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SCATTER, sub)
STATICGRAPH_SCATTER(add, truth)

#undef STATICGRAPH_SCATTER

#endif
