#include "staticgraph_strided.h"

#include "kernel_support.h"

#define COPY(bits)                                                              \
  {                                                                             \
    const uint##bits##_t *xs = x;                                               \
    uint##bits##_t *target = result;                                            \
    if (stride == 1 && result_stride == 1) {                                    \
      for (size_t i = 0; i < count; i++) target[i] = xs[i];                     \
    } else {                                                                    \
      for (size_t i = 0; i < count; i++) target[i * result_stride] = xs[i * stride]; \
    }                                                                           \
  }

STATICGRAPH_CLONES
void staticgraph_copy_strided(size_t count, size_t element_size, const void *x, size_t stride,
                              void *result, size_t result_stride) {
  if (element_size == 1) COPY(8)
  else if (element_size == 2) COPY(16)
  else if (element_size == 4) COPY(32)
  else COPY(64)
}

// Rows are added one after the other, each position of the outer axes found by division.
#define DEFINE_SUM(type, element, wide)                                                    \
  void staticgraph_strided_sum_##type(size_t axis_count, const size_t *sizes,              \
                                      const size_t *strides, const void *x, void *result) { \
    const size_t columns = axis_count > 0 ? sizes[0] : 1;                                  \
    const size_t stride = axis_count > 0 ? strides[0] : 0;                                 \
    size_t rows = 1;                                                                       \
    for (size_t axis = 1; axis < axis_count; axis++) rows *= sizes[axis];                  \
    wide total = 0;                                                                        \
    for (size_t row = 0; row < rows; row++) {                                              \
      const element *source = x;                                                           \
      size_t rest = row;                                                                   \
      for (size_t axis = 1; axis < axis_count; axis++) {                                   \
        source += rest % sizes[axis] * strides[axis];                                      \
        rest /= sizes[axis];                                                               \
      }                                                                                    \
      for (size_t i = 0; i < columns; i++) total += source[i * stride];                    \
    }                                                                                      \
    *(element *)result = (element)total;                                                   \
  }

DEFINE_SUM(float32, float32, double)
DEFINE_SUM(float64, float64, double)
DEFINE_SUM(int32, uint32_t, uint32_t)
DEFINE_SUM(int64, uint64_t, uint64_t)
DEFINE_SUM(uint8, uint8_t, uint32_t)
