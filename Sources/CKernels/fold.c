#include "kernel_support.h"

// Sixteen running sums within a block, the sums of blocks added in wider arithmetic: the order is
// the same for every instruction set, and the error does not grow with the number of blocks.
enum { lanes = 16, block = 4096 };

#define DEFINE_SUM(type, wide)                                                       \
  STATICGRAPH_CLONES                                                                 \
  void staticgraph_sum_##type(size_t count, const void *x_memory, void *result) {   \
    const type *x = x_memory;                                                        \
    wide total = 0;                                                                  \
    for (size_t start = 0; start < count; start += block) {                          \
      size_t end = start + block < count ? start + block : count;                    \
      type sums[lanes] = {0};                                                        \
      size_t i = start;                                                              \
      for (; i + lanes <= end; i += lanes) {                                         \
        for (int lane = 0; lane < lanes; lane++) sums[lane] += x[i + lane];          \
      }                                                                              \
      for (int lane = 0; lane < lanes; lane++) total += sums[lane];                  \
      for (; i < end; i++) total += x[i];                                            \
    }                                                                                \
    *(type *)result = (type)total;                                                   \
  }                                                                                  \
                                                                                     \
  STATICGRAPH_CLONES                                                                 \
  void staticgraph_sum_rows_##type(size_t count, const void *x_memory,              \
                                   void *result_memory) {                            \
    const type *x = x_memory;                                                        \
    type *result = result_memory;                                                    \
    for (size_t i = 0; i < count; i++) result[i] += x[i];                            \
  }

DEFINE_SUM(float32, double)
DEFINE_SUM(float64, double)
DEFINE_SUM(uint8, uint64_t)

// Sums of signed integers wrap: the same bits are added as unsigned ones.
#define DEFINE_WRAPPING_SUM(type, unsigned_type)                                      \
  STATICGRAPH_CLONES                                                                  \
  void staticgraph_sum_##type(size_t count, const void *x_memory, void *result) {    \
    const unsigned_type *x = x_memory;                                                \
    unsigned_type total = 0;                                                          \
    for (size_t i = 0; i < count; i++) total += x[i];                                 \
    *(unsigned_type *)result = total;                                                 \
  }                                                                                   \
                                                                                      \
  STATICGRAPH_CLONES                                                                  \
  void staticgraph_sum_rows_##type(size_t count, const void *x_memory,               \
                                   void *result_memory) {                             \
    const unsigned_type *x = x_memory;                                                \
    unsigned_type *result = result_memory;                                            \
    for (size_t i = 0; i < count; i++) result[i] += x[i];                             \
  }

DEFINE_WRAPPING_SUM(int32, uint32_t)
DEFINE_WRAPPING_SUM(int64, uint64_t)
