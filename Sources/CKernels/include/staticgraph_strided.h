// Elements that stand at equal distances.
#ifndef STATICGRAPH_STRIDED_H
#define STATICGRAPH_STRIDED_H

#include <stddef.h>

/// Copies `count` elements of 1, 2, 4 or 8 bytes; strides are counted in elements.
void staticgraph_copy_strided(size_t count, size_t element_size, const void *x, size_t stride,
                              void *result, size_t result_stride);

/// The sum over all positions along `axis_count` axes, the innermost first, is written to
/// `result`; strides are counted in elements. Sums of integers wrap.
typedef void (*staticgraph_strided_sum)(size_t axis_count, const size_t *sizes,
                                        const size_t *strides, const void *x, void *result);

#define STATICGRAPH_STRIDED_SUM(type)                                                         \
  void staticgraph_strided_sum_##type(size_t axis_count, const size_t *sizes,                 \
                                      const size_t *strides, const void *x, void *result);
STATICGRAPH_STRIDED_SUM(float32)
STATICGRAPH_STRIDED_SUM(float64)
STATICGRAPH_STRIDED_SUM(int32)
STATICGRAPH_STRIDED_SUM(int64)
STATICGRAPH_STRIDED_SUM(uint8)

#endif
