#include "kernel_support.h"
#include "staticgraph_reductions.h"

#define DEFINE_SCAN(name, type, first, OPERATION)                                           \
  void staticgraph_##name(size_t outer, size_t count, size_t inner, size_t start,           \
                          size_t end, bool exclusive, bool reverse, const void *x_memory,   \
                          void *result_memory) {                                            \
    const ptrdiff_t step = reverse ? -(ptrdiff_t)inner : (ptrdiff_t)inner;                  \
    for (size_t block = 0; block < outer && count > 0; block++) {                           \
      const size_t origin = (block * count + (reverse ? count - 1 : 0)) * inner;            \
      const type *x = (const type *)x_memory + origin;                                      \
      type *result = (type *)result_memory + origin;                                        \
      for (size_t i = start; i < end; i++) result[i] = exclusive ? (type)(first) : x[i];    \
      for (size_t row = 1; row < count; row++) {                                            \
        const type *previous = result;                                                      \
        const type *next = exclusive ? x : x + step;                                        \
        x += step;                                                                          \
        result += step;                                                                     \
        for (size_t i = start; i < end; i++) {                                              \
          result[i] = (type)(previous[i] OPERATION next[i]);                                \
        }                                                                                   \
      }                                                                                     \
    }                                                                                       \
  }

// Integers wrap: signed ones are the same bits as unsigned ones.
DEFINE_SCAN(cumsum_float32, float32, 0, +)
DEFINE_SCAN(cumsum_float64, float64, 0, +)
DEFINE_SCAN(cumsum_int32, uint32_t, 0, +)
DEFINE_SCAN(cumsum_int64, uint64_t, 0, +)
DEFINE_SCAN(cumsum_uint8, uint8, 0, +)
DEFINE_SCAN(cumprod_float32, float32, 1, *)
DEFINE_SCAN(cumprod_float64, float64, 1, *)
DEFINE_SCAN(cumprod_int32, uint32_t, 1, *)
DEFINE_SCAN(cumprod_int64, uint64_t, 1, *)
DEFINE_SCAN(cumprod_uint8, uint8, 1, *)
