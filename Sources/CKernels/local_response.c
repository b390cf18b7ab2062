#include "staticgraph_normalization.h"
#include "vector_logarithm.h"

#define INLINE __attribute__((always_inline)) static inline

// Rows are widened by zeros on both sides, so that sums over neighbours have no border.
#define DEFINE(type)                                                                           \
  INLINE void clear_borders_##type(size_t radius, size_t columns, type *wide) {                \
    for (size_t i = 0; i < radius; i++) wide[i] = wide[radius + columns + i] = 0;              \
  }                                                                                            \
                                                                                               \
  INLINE void sum_neighbours_##type(size_t radius, size_t columns, const type *restrict wide,  \
                                    type *restrict sums) {                                     \
    for (size_t i = 0; i < columns; i++) sums[i] = wide[i];                                    \
    for (size_t offset = 1; offset <= 2 * radius; offset++) {                                  \
      for (size_t i = 0; i < columns; i++) sums[i] += wide[i + offset];                        \
    }                                                                                          \
  }                                                                                            \
                                                                                               \
  /* What a row is divided by, before it is raised to a power. */                              \
  INLINE void norms_##type(staticgraph_response r, size_t columns, const type *restrict x,     \
                           type *restrict wide, type *restrict norms) {                        \
    for (size_t i = 0; i < columns; i++) wide[r.radius + i] = x[i] * x[i];                     \
    sum_neighbours_##type(r.radius, columns, wide, norms);                                     \
    for (size_t i = 0; i < columns; i++) norms[i] = r.bias + r.alpha * norms[i];               \
  }                                                                                            \
                                                                                               \
  INLINE type power_##type(type x, type exponent) {                                            \
    return exp_##type(exponent * log_##type(x));                                               \
  }                                                                                            \
                                                                                               \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_local_response_##type(staticgraph_response r, size_t rows, size_t columns,  \
                                         const void *x_memory, void *work,                     \
                                         void *result_memory) {                                \
    const type *x = x_memory;                                                                  \
    type *result = result_memory;                                                              \
    type *wide = work, *norms = wide + columns + 2 * r.radius;                                 \
    clear_borders_##type(r.radius, columns, wide);                                             \
    for (; rows > 0; rows--, x += columns, result += columns) {                                \
      norms_##type(r, columns, x, wide, norms);                                                \
      for (size_t i = 0; i < columns; i++) result[i] = x[i] * power_##type(norms[i], -r.beta); \
    }                                                                                          \
  }                                                                                            \
                                                                                               \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_local_response_gradient_##type(                                             \
      staticgraph_response r, size_t rows, size_t columns, const void *flow_memory,            \
      const void *x_memory, const void *y_memory, void *work, void *result_memory) {           \
    const type *flow = flow_memory, *x = x_memory, *y = y_memory;                              \
    type *result = result_memory;                                                              \
    type *wide = work, *norms = wide + columns + 2 * r.radius;                                 \
    clear_borders_##type(r.radius, columns, wide);                                             \
    const type factor = 2 * (type)r.alpha * (type)r.beta;                                      \
    for (; rows > 0; rows--, flow += columns, x += columns, y += columns, result += columns) { \
      norms_##type(r, columns, x, wide, norms);                                                \
      for (size_t i = 0; i < columns; i++) {                                                   \
        wide[r.radius + i] = flow[i] * y[i] / norms[i];                                        \
        result[i] = flow[i] * power_##type(norms[i], -r.beta);                                 \
      }                                                                                        \
      sum_neighbours_##type(r.radius, columns, wide, norms);                                   \
      for (size_t i = 0; i < columns; i++) result[i] -= factor * x[i] * norms[i];              \
    }                                                                                          \
  }

DEFINE(float32)
DEFINE(float64)
