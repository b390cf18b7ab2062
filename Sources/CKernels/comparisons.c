#include "staticgraph_comparisons.h"

#include <math.h>

#include "elementwise_loops.h"

#define DEFINE_COMPARISON(name, sign)                          \
  DEFINE_BINARY_LOOP(name##_float32, float32, uint8, x sign y) \
  DEFINE_BINARY_LOOP(name##_float64, float64, uint8, x sign y) \
  DEFINE_BINARY_LOOP(name##_int32, int32, uint8, x sign y)     \
  DEFINE_BINARY_LOOP(name##_int64, int64, uint8, x sign y)     \
  DEFINE_BINARY_LOOP(name##_uint8, uint8, uint8, x sign y)

DEFINE_COMPARISON(less, <)
DEFINE_COMPARISON(less_equal, <=)
DEFINE_COMPARISON(greater_equal, >=)
DEFINE_COMPARISON(equal, ==)
DEFINE_COMPARISON(not_equal, !=)

DEFINE_BINARY_LOOP(equal_truth, uint8, uint8, (x != 0) == (y != 0))
DEFINE_BINARY_LOOP(not_equal_truth, uint8, uint8, (x != 0) != (y != 0))
DEFINE_BINARY_LOOP(logical_and_truth, uint8, uint8, (x != 0) & (y != 0))
DEFINE_BINARY_LOOP(logical_or_truth, uint8, uint8, (x != 0) | (y != 0))
DEFINE_UNARY_LOOP(logical_not_truth, uint8, uint8, x == 0)

DEFINE_UNARY_LOOP(is_nan_float32, float32, uint8, x != x)
DEFINE_UNARY_LOOP(is_nan_float64, float64, uint8, x != x)
DEFINE_UNARY_LOOP(is_infinite_float32, float32, uint8, fabsf(x) == INFINITY)
DEFINE_UNARY_LOOP(is_infinite_float64, float64, uint8, fabs(x) == INFINITY)
DEFINE_UNARY_LOOP(is_finite_float32, float32, uint8, fabsf(x) < INFINITY)
DEFINE_UNARY_LOOP(is_finite_float64, float64, uint8, fabs(x) < INFINITY)

#define DEFINE_SPECIAL(type, magnitude)                              \
  STATICGRAPH_CLONES                                                 \
  uint8_t staticgraph_special_##type(size_t count, const void *x) {  \
    const type *xs = x;                                              \
    uint8_t found = 0;                                               \
    FOR_EACH_ELEMENT {                                                   \
      found |= (xs[i] != xs[i]) | (magnitude(xs[i]) == INFINITY) << 1; \
    }                                                                \
    return found;                                                    \
  }

DEFINE_SPECIAL(float32, fabsf)
DEFINE_SPECIAL(float64, fabs)

#define CLIP_LOOP(low_index, high_index)                          \
  FOR_EACH_ELEMENT {                                                  \
    const element x = xs[i], low = lows[low_index], high = highs[high_index]; \
    const element bounded = high < x ? high : x;                  \
    result[i] = bounded < low ? low : bounded;                    \
  }

#define DEFINE_CLIP(type)                                                                        \
  STATICGRAPH_CLONES                                                                             \
  void staticgraph_clip_##type(size_t count, const void *x_memory, const void *low_memory,       \
                               bool low_is_scalar, const void *high_memory, bool high_is_scalar, \
                               void *result_memory) {                                            \
    typedef type element;                                                                        \
    const element *xs = x_memory, *lows = low_memory, *highs = high_memory;                      \
    element *result = result_memory;                                                             \
    if (low_is_scalar && high_is_scalar) CLIP_LOOP(0, 0)                                         \
    else if (low_is_scalar) CLIP_LOOP(0, i)                                                      \
    else if (high_is_scalar) CLIP_LOOP(i, 0)                                                     \
    else CLIP_LOOP(i, i)                                                                         \
  }

DEFINE_CLIP(float32)
DEFINE_CLIP(float64)
DEFINE_CLIP(int32)
DEFINE_CLIP(int64)
DEFINE_CLIP(uint8)

// A row of one element stands still.
#define SELECT_ROWS(bits)                                                                     \
  {                                                                                           \
    const uint8_t *conditions = condition.memory;                                             \
    const uint##bits##_t *xs = x.memory, *ys = y.memory;                                      \
    uint##bits##_t *target = result;                                                          \
    for (size_t row = 0; row < rows; row++) {                                                 \
      if (condition.is_scalar) {                                                              \
        const uint##bits##_t *chosen = *conditions ? xs : ys;                                 \
        if (*conditions ? x.is_scalar : y.is_scalar) {                                        \
          for (size_t i = 0; i < columns; i++) target[i] = *chosen;                           \
        } else {                                                                              \
          for (size_t i = 0; i < columns; i++) target[i] = chosen[i];                         \
        }                                                                                     \
      } else if (x.is_scalar && y.is_scalar) {                                                \
        for (size_t i = 0; i < columns; i++) target[i] = conditions[i] ? *xs : *ys;           \
      } else if (x.is_scalar) {                                                               \
        for (size_t i = 0; i < columns; i++) target[i] = conditions[i] ? *xs : ys[i];         \
      } else if (y.is_scalar) {                                                               \
        for (size_t i = 0; i < columns; i++) target[i] = conditions[i] ? xs[i] : *ys;         \
      } else {                                                                                \
        for (size_t i = 0; i < columns; i++) target[i] = conditions[i] ? xs[i] : ys[i];       \
      }                                                                                       \
      conditions += condition.row_stride;                                                     \
      xs += x.row_stride;                                                                     \
      ys += y.row_stride;                                                                     \
      target += columns;                                                                      \
    }                                                                                         \
  }

STATICGRAPH_CLONES
void staticgraph_select_rows(size_t rows, size_t columns, size_t element_size,
                             staticgraph_rows condition, staticgraph_rows x, staticgraph_rows y,
                             void *result) {
  if (element_size == 1) SELECT_ROWS(8)
  else if (element_size == 2) SELECT_ROWS(16)
  else if (element_size == 4) SELECT_ROWS(32)
  else SELECT_ROWS(64)
}
