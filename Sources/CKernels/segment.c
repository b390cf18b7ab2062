#include <string.h>

#include "kernel_support.h"
#include "staticgraph_reductions.h"

static inline int64_t integer_at(const void *integers, size_t position, bool is_wide) {
  return is_wide ? ((const int64_t *)integers)[position] : ((const int32_t *)integers)[position];
}

size_t staticgraph_first_outside(size_t count, const void *integers, bool is_wide, int64_t least,
                                 int64_t limit) {
  for (size_t i = 0; i < count; i++) {
    const int64_t value = integer_at(integers, i, is_wide);
    if (value < least || value >= limit) return i;
  }
  return count;
}

#define DEFINE_SEGMENT(name, type, FOLD)                                                    \
  STATICGRAPH_CLONES                                                                        \
  void staticgraph_segment_##name(size_t rows, size_t columns, size_t stride,               \
                                  const void *x_memory, const void *ids, bool is_wide,      \
                                  void *result_memory) {                                    \
    for (size_t row = 0; row < rows; row++) {                                               \
      const int64_t segment = integer_at(ids, row, is_wide);                                \
      if (segment < 0) continue;                                                            \
      const type *x = (const type *)x_memory + row * stride;                                \
      type *result = (type *)result_memory + (size_t)segment * stride;                      \
      for (size_t i = 0; i < columns; i++) result[i] = (type)FOLD(result[i], x[i]);         \
    }                                                                                       \
  }

#define SUM(a, x) ((a) + (x))
#define PRODUCT(a, x) ((a) * (x))
#define MAX(a, x) ((x) > (a) ? (x) : (a))
#define MIN(a, x) ((x) < (a) ? (x) : (a))
#define FLOATING_MAX(a, x) ((x) > (a) || (x) != (x) ? (x) : (a))
#define FLOATING_MIN(a, x) ((x) < (a) || (x) != (x) ? (x) : (a))

// Sums and products of integers wrap: those of signed ones are the bits of unsigned ones.
DEFINE_SEGMENT(sum_float32, float32, SUM)
DEFINE_SEGMENT(sum_float64, float64, SUM)
DEFINE_SEGMENT(sum_int32, uint32_t, SUM)
DEFINE_SEGMENT(sum_int64, uint64_t, SUM)
DEFINE_SEGMENT(sum_uint8, uint8, SUM)
DEFINE_SEGMENT(prod_float32, float32, PRODUCT)
DEFINE_SEGMENT(prod_float64, float64, PRODUCT)
DEFINE_SEGMENT(prod_int32, uint32_t, PRODUCT)
DEFINE_SEGMENT(prod_int64, uint64_t, PRODUCT)
DEFINE_SEGMENT(prod_uint8, uint8, PRODUCT)
DEFINE_SEGMENT(max_float32, float32, FLOATING_MAX)
DEFINE_SEGMENT(max_float64, float64, FLOATING_MAX)
DEFINE_SEGMENT(max_int32, int32, MAX)
DEFINE_SEGMENT(max_int64, int64, MAX)
DEFINE_SEGMENT(max_uint8, uint8, MAX)
DEFINE_SEGMENT(min_float32, float32, FLOATING_MIN)
DEFINE_SEGMENT(min_float64, float64, FLOATING_MIN)
DEFINE_SEGMENT(min_int32, int32, MIN)
DEFINE_SEGMENT(min_int64, int64, MIN)
DEFINE_SEGMENT(min_uint8, uint8, MIN)

#define GATHER(copy)                                                                        \
  for (size_t row = start; row < end; row++) {                                              \
    const size_t outer_block = row / length;                                                \
    const size_t batch = outer_block / outer;                                               \
    const size_t index =                                                                    \
        (size_t)integer_at(indices, batch * length + row % length, is_wide);                \
    const size_t source = outer_block * size + index;                                       \
    copy;                                                                                   \
  }

void staticgraph_gather(size_t start, size_t end, size_t outer, size_t length, size_t size,
                        size_t row_bytes, const void *table, const void *indices, bool is_wide,
                        void *result) {
  if (row_bytes == 4) {
    GATHER(((uint32_t *)result)[row] = ((const uint32_t *)table)[source])
  } else if (row_bytes == 8) {
    GATHER(((uint64_t *)result)[row] = ((const uint64_t *)table)[source])
  } else {
    GATHER(memcpy((char *)result + row * row_bytes, (const char *)table + source * row_bytes,
                  row_bytes))
  }
}
