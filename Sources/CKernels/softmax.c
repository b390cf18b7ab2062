#include "staticgraph_softmax.h"

#include "vector_math.h"

// Several running maxima and sums, so that loops become vector code; the order is the same for
// every instruction set. Sums are added in wider arithmetic.
enum { lanes = 16 };

#define INLINE __attribute__((always_inline)) static inline

#define DEFINE_PARTS(type)                                                                \
  INLINE type greatest_##type(size_t count, const type *x) {                              \
    if (count < lanes) {                                                                  \
      type most = -INFINITY;                                                              \
      for (size_t i = 0; i < count; i++) most = x[i] > most ? x[i] : most;                \
      return most;                                                                        \
    }                                                                                     \
    type greatest[lanes];                                                                 \
    for (size_t lane = 0; lane < lanes; lane++) greatest[lane] = -INFINITY;               \
    size_t i = 0;                                                                         \
    for (; i + lanes <= count; i += lanes) {                                              \
      for (size_t lane = 0; lane < lanes; lane++) {                                       \
        greatest[lane] = x[i + lane] > greatest[lane] ? x[i + lane] : greatest[lane];     \
      }                                                                                   \
    }                                                                                     \
    for (; i < count; i++) greatest[0] = x[i] > greatest[0] ? x[i] : greatest[0];         \
    for (size_t lane = 1; lane < lanes; lane++) {                                         \
      greatest[0] = greatest[lane] > greatest[0] ? greatest[lane] : greatest[0];          \
    }                                                                                     \
    return greatest[0];                                                                   \
  }                                                                                       \
                                                                                          \
  INLINE double sum_##type(size_t count, const type *x) {                                 \
    if (count < lanes) {                                                                  \
      double total = 0;                                                                   \
      for (size_t i = 0; i < count; i++) total += x[i];                                   \
      return total;                                                                       \
    }                                                                                     \
    double sums[lanes] = {0};                                                             \
    size_t i = 0;                                                                         \
    for (; i + lanes <= count; i += lanes) {                                              \
      for (size_t lane = 0; lane < lanes; lane++) sums[lane] += x[i + lane];              \
    }                                                                                     \
    for (; i < count; i++) sums[i % lanes] += x[i];                                       \
    for (size_t width = lanes / 2; width > 0; width /= 2) {                               \
      for (size_t lane = 0; lane < width; lane++) sums[lane] += sums[lane + width];       \
    }                                                                                     \
    return sums[0];                                                                       \
  }                                                                                       \
                                                                                          \
  /* A stretch at a time, so that what is exponentiated need not be kept. */              \
  INLINE double exponential_sum_##type(size_t count, const type *x) {                     \
    enum { stretch = 256 };                                                               \
    type parts[stretch];                                                                  \
    double total = 0;                                                                     \
    for (size_t start = 0; start < count; start += stretch) {                             \
      const size_t width = count - start < stretch ? count - start : stretch;             \
      for (size_t i = 0; i < width; i++) parts[i] = exp_##type(x[start + i]);             \
      total += sum_##type(width, parts);                                                  \
    }                                                                                     \
    return total;                                                                         \
  }                                                                                       \
                                                                                          \
  /* The logits less the greatest of them. */                                             \
  INLINE void shift_##type(size_t count, const type *x, type *result) {                   \
    const type greatest = greatest_##type(count, x);                                      \
    for (size_t i = 0; i < count; i++) result[i] = x[i] - greatest;                       \
  }                                                                                       \
                                                                                          \
  /* From shifted logits, in place. */                                                    \
  INLINE void exponentiate_##type(size_t count, type *x) {                                \
    for (size_t i = 0; i < count; i++) x[i] = exp_##type(x[i]);                           \
    const type scale = (type)(1 / sum_##type(count, x));                                  \
    for (size_t i = 0; i < count; i++) x[i] *= scale;                                     \
  }

#define DEFINE_SOFTMAX(type)                                                              \
  STATICGRAPH_CLONES                                                                      \
  void staticgraph_softmax_##type(size_t rows, size_t columns, const void *x_memory,      \
                                  void *result_memory) {                                  \
    const type *x = x_memory;                                                             \
    type *result = result_memory;                                                         \
    for (; rows > 0; rows--, x += columns, result += columns) {                           \
      shift_##type(columns, x, result);                                                   \
      exponentiate_##type(columns, result);                                               \
    }                                                                                     \
  }                                                                                       \
                                                                                          \
  STATICGRAPH_CLONES                                                                      \
  void staticgraph_log_softmax_##type(size_t rows, size_t columns, const void *x_memory,  \
                                      void *result_memory) {                              \
    const type *x = x_memory;                                                             \
    type *result = result_memory;                                                         \
    for (; rows > 0; rows--, x += columns, result += columns) {                           \
      shift_##type(columns, x, result);                                                   \
      const type logarithm = (type)log(exponential_sum_##type(columns, result));          \
      for (size_t i = 0; i < columns; i++) result[i] -= logarithm;                        \
    }                                                                                     \
  }

#define DEFINE_CROSS_ENTROPY(type)                                                        \
  STATICGRAPH_CLONES                                                                      \
  void staticgraph_cross_entropy_##type(size_t rows, size_t columns,                      \
                                        staticgraph_matrix features,                      \
                                        staticgraph_matrix labels, void *loss_memory,     \
                                        void *backprop_memory) {                          \
    const type *x = features.elements;                                                    \
    const type *label = labels.elements;                                                  \
    type *loss = loss_memory;                                                             \
    type *backprop = backprop_memory;                                                     \
    for (size_t row = 0; row < rows; row++, backprop += columns) {                        \
      const type *source = x + row * features.row_stride;                                 \
      for (size_t i = 0; i < columns; i++) {                                              \
        backprop[i] = source[i * features.column_stride];                                 \
      }                                                                                   \
      shift_##type(columns, backprop, backprop);                                          \
      const double logarithm = log(exponential_sum_##type(columns, backprop));            \
      const type *weights = label + row * labels.row_stride;                              \
      double total = 0;                                                                   \
      for (size_t i = 0; i < columns; i++) {                                              \
        total += weights[i * labels.column_stride] * (logarithm - backprop[i]);           \
      }                                                                                   \
      loss[row] = (type)total;                                                            \
      exponentiate_##type(columns, backprop);                                             \
      for (size_t i = 0; i < columns; i++) backprop[i] -= weights[i * labels.column_stride]; \
    }                                                                                     \
  }                                                                                       \
                                                                                          \
  STATICGRAPH_CLONES                                                                      \
  void staticgraph_sparse_cross_entropy_##type(size_t rows, size_t columns,               \
                                               const void *features, size_t label_size,   \
                                               const void *labels, void *loss_memory,     \
                                               void *backprop_memory) {                   \
    const type *x = features;                                                             \
    const int32 *narrow = labels;                                                         \
    const int64 *wide = labels;                                                           \
    type *loss = loss_memory;                                                             \
    type *backprop = backprop_memory;                                                     \
    for (size_t row = 0; row < rows; row++, x += columns, backprop += columns) {          \
      const size_t label = (size_t)(label_size == 4 ? narrow[row] : wide[row]);           \
      shift_##type(columns, x, backprop);                                                 \
      loss[row] =                                                                         \
          (type)(log(exponential_sum_##type(columns, backprop)) - backprop[label]);       \
      exponentiate_##type(columns, backprop);                                             \
      backprop[label] -= 1;                                                               \
    }                                                                                     \
  }

DEFINE_PARTS(float32)
DEFINE_PARTS(float64)
DEFINE_SOFTMAX(float32)
DEFINE_SOFTMAX(float64)
DEFINE_CROSS_ENTROPY(float32)
DEFINE_CROSS_ENTROPY(float64)

size_t staticgraph_first_label_outside(size_t count, size_t element_size, const void *x,
                                 int64_t limit) {
  const int32 *narrow = x;
  const int64 *wide = x;
  for (size_t i = 0; i < count; i++) {
    const int64 value = element_size == 4 ? narrow[i] : wide[i];
    if (value < 0 || value >= limit) return i;
  }
  return count;
}
