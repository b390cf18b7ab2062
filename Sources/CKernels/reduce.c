#include <float.h>
#include <math.h>

#include "kernel_support.h"
#include "staticgraph_reductions.h"

// Several running results side by side, folded in a fixed order in the end.
enum { lanes = 32 };

// `element` is what is read, `kept` what is folded into, FOLD(a, x) the next result.
#define DEFINE_FOLD(name, element, kept, start, FOLD, COMBINE)                              \
  __attribute__((always_inline)) static inline kept row_of_##name(size_t count,             \
                                                                  const element *x) {       \
    kept running[lanes];                                                                    \
    for (size_t lane = 0; lane < lanes; lane++) running[lane] = start;                      \
    size_t i = 0;                                                                           \
    for (; i + lanes <= count; i += lanes) {                                                \
      for (size_t lane = 0; lane < lanes; lane++) {                                         \
        running[lane] = FOLD(running[lane], x[i + lane]);                                   \
      }                                                                                     \
    }                                                                                       \
    for (size_t lane = 0; i + lane < count; lane++) {                                       \
      running[lane] = FOLD(running[lane], x[i + lane]);                                     \
    }                                                                                       \
    for (size_t width = lanes / 2; width > 0; width /= 2) {                                 \
      for (size_t lane = 0; lane < width; lane++) {                                         \
        running[lane] = COMBINE(running[lane], running[lane + width]);                      \
      }                                                                                     \
    }                                                                                       \
    return running[0];                                                                      \
  }                                                                                         \
                                                                                            \
  STATICGRAPH_CLONES                                                                        \
  void staticgraph_##name##_rows(size_t rows, size_t columns, size_t stride,                \
                                 const void *x_memory, void *result_memory) {               \
    const element *x = x_memory;                                                            \
    kept *result = result_memory;                                                           \
    for (size_t row = 0; row < rows; row++) {                                               \
      const element *source = x + row * stride;                                             \
      if (columns < lanes) {                                                                \
        kept running = result[row];                                                         \
        for (size_t i = 0; i < columns; i++) running = FOLD(running, source[i]);            \
        result[row] = running;                                                              \
      } else {                                                                              \
        const kept folded = row_of_##name(columns, source);                                 \
        result[row] = COMBINE(result[row], folded);                                         \
      }                                                                                     \
    }                                                                                       \
  }                                                                                         \
                                                                                            \
  STATICGRAPH_CLONES                                                                        \
  void staticgraph_##name##_columns(size_t rows, size_t columns, size_t stride,             \
                                    const void *x_memory, void *result_memory) {            \
    const element *x = x_memory;                                                            \
    kept *result = result_memory;                                                           \
    for (size_t row = 0; row < rows; row++) {                                               \
      const element *source = x + row * stride;                                             \
      for (size_t i = 0; i < columns; i++) result[i] = FOLD(result[i], source[i]);          \
    }                                                                                       \
  }

// A NaN is never greater nor less, so that it must be asked for; it stays once it is there.
#define FLOATING_MAX(a, x) ((x) > (a) || (x) != (x) ? (x) : (a))
#define FLOATING_MIN(a, x) ((x) < (a) || (x) != (x) ? (x) : (a))
#define INTEGER_MAX(a, x) ((x) > (a) ? (x) : (a))
#define INTEGER_MIN(a, x) ((x) < (a) ? (x) : (a))
#define PRODUCT(a, x) ((a) * (x))
#define SUM(a, x) ((a) + (x))
#define BOTH(a, x) ((a) & ((x) != 0))
#define EITHER(a, x) ((a) | ((x) != 0))
#define FLOATING_SQUARE_SUM(a, x) ((a) + (double)(x) * (double)(x))
#define INTEGER_SQUARE_SUM(a, x) ((a) + (uint64_t)(x) * (uint64_t)(x))

#define DEFINE_PLAIN_FOLD(name, type, start, FOLD) DEFINE_FOLD(name, type, type, start, FOLD, FOLD)

DEFINE_PLAIN_FOLD(max_float32, float32, -INFINITY, FLOATING_MAX)
DEFINE_PLAIN_FOLD(max_float64, float64, -INFINITY, FLOATING_MAX)
DEFINE_PLAIN_FOLD(max_int32, int32, INT32_MIN, INTEGER_MAX)
DEFINE_PLAIN_FOLD(max_int64, int64, INT64_MIN, INTEGER_MAX)
DEFINE_PLAIN_FOLD(max_uint8, uint8, 0, INTEGER_MAX)
DEFINE_PLAIN_FOLD(min_float32, float32, INFINITY, FLOATING_MIN)
DEFINE_PLAIN_FOLD(min_float64, float64, INFINITY, FLOATING_MIN)
DEFINE_PLAIN_FOLD(min_int32, int32, INT32_MAX, INTEGER_MIN)
DEFINE_PLAIN_FOLD(min_int64, int64, INT64_MAX, INTEGER_MIN)
DEFINE_PLAIN_FOLD(min_uint8, uint8, UINT8_MAX, INTEGER_MIN)
// Products of signed integers are the same bits, multiplied as unsigned ones, which wrap.
DEFINE_PLAIN_FOLD(prod_float32, float32, 1, PRODUCT)
DEFINE_PLAIN_FOLD(prod_float64, float64, 1, PRODUCT)
DEFINE_PLAIN_FOLD(prod_int32, uint32_t, 1, PRODUCT)
DEFINE_PLAIN_FOLD(prod_int64, uint64_t, 1, PRODUCT)
DEFINE_PLAIN_FOLD(prod_uint8, uint8, 1, PRODUCT)
DEFINE_PLAIN_FOLD(all_truth, uint8, 1, BOTH)
DEFINE_PLAIN_FOLD(any_truth, uint8, 0, EITHER)
DEFINE_FOLD(square_sum_float32, float32, double, 0, FLOATING_SQUARE_SUM, SUM)
DEFINE_FOLD(square_sum_float64, float64, double, 0, FLOATING_SQUARE_SUM, SUM)
DEFINE_FOLD(square_sum_int32, int32, uint64_t, 0, INTEGER_SQUARE_SUM, SUM)
DEFINE_FOLD(square_sum_int64, int64, uint64_t, 0, INTEGER_SQUARE_SUM, SUM)
DEFINE_FOLD(square_sum_uint8, uint8, uint64_t, 0, INTEGER_SQUARE_SUM, SUM)

// `narrow` is what the sum wraps to in the type of the elements.
#define DEFINE_SQUARE_ROOT(type, kept, narrow)                                              \
  STATICGRAPH_CLONES                                                                        \
  void staticgraph_square_root_##type(size_t count, size_t folded_count,                    \
                                      const void *folded_memory, void *result_memory) {     \
    (void)folded_count;                                                                     \
    const kept *folded = folded_memory;                                                     \
    type *result = result_memory;                                                           \
    for (size_t i = 0; i < count; i++) result[i] = (type)sqrt((double)(narrow)folded[i]);   \
  }

DEFINE_SQUARE_ROOT(float32, double, double)
DEFINE_SQUARE_ROOT(float64, double, double)

// The root of a sum that wrapped below zero is no number; as in x86's conversion, the smallest.
#define DEFINE_INTEGER_SQUARE_ROOT(type, narrow, least)                                     \
  void staticgraph_square_root_##type(size_t count, size_t folded_count,                    \
                                      const void *folded_memory, void *result_memory) {     \
    (void)folded_count;                                                                     \
    const uint64_t *folded = folded_memory;                                                 \
    type *result = result_memory;                                                           \
    for (size_t i = 0; i < count; i++) {                                                    \
      const narrow sum = (narrow)folded[i];                                                 \
      result[i] = sum < 0 ? least : (type)sqrt((double)sum);                                \
    }                                                                                       \
  }

DEFINE_INTEGER_SQUARE_ROOT(int32, int32, INT32_MIN)
DEFINE_INTEGER_SQUARE_ROOT(int64, int64, INT64_MIN)
DEFINE_SQUARE_ROOT(uint8, uint64_t, uint8)
