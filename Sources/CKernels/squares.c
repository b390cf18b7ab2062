#include "staticgraph_squares.h"

#include "kernel_support.h"

// Several running sums, in an order that is the same for every instruction set.
enum { lanes = 16 };

#define DEFINE(type)                                                                       \
  STATICGRAPH_CLONES                                                                       \
  double staticgraph_sum_of_squares_##type(size_t count, const void *memory) {             \
    const type *x = memory;                                                                \
    double sums[lanes] = {0};                                                              \
    size_t i = 0;                                                                          \
    for (; i + lanes <= count; i += lanes) {                                               \
      for (size_t lane = 0; lane < lanes; lane++) {                                        \
        sums[lane] += (double)x[i + lane] * x[i + lane];                                   \
      }                                                                                    \
    }                                                                                      \
    for (; i < count; i++) sums[i % lanes] += (double)x[i] * x[i];                         \
    for (size_t width = lanes / 2; width > 0; width /= 2) {                                \
      for (size_t lane = 0; lane < width; lane++) sums[lane] += sums[lane + width];        \
    }                                                                                      \
    return sums[0];                                                                        \
  }

DEFINE(float32)
DEFINE(float64)
