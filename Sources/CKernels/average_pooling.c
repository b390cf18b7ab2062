#include "pooling_lines.h"

// Rows are added before their sums are, so that rounding errors grow less.
#define DEFINE_PARTS(type, name)                                                              \
  INLINE void average_pool_part_##type##_##name(size_t width, size_t step, line l,            \
                                                const type *x, const type *other,             \
                                                type *result) {                               \
    (void)other;                                                                              \
    type##_##name total = {0};                                                                \
    for (size_t row = 0; row < l.rows; row++) {                                               \
      type##_##name sum = {0};                                                                \
      const type *tap = x + row * l.row_stride;                                               \
      for (size_t column = 0; column < l.columns; column++) {                                 \
        sum += load_##type##_##name(width, step, tap + column * l.column_stride);             \
      }                                                                                       \
      total += sum;                                                                           \
    }                                                                                         \
    store_##type##_##name(width, 1, total / (type)(l.rows * l.columns), result);              \
  }                                                                                           \
                                                                                              \
  INLINE void average_pool_grad_part_##type##_##name(size_t width, size_t step, line l,       \
                                                     const type *x, const type *flow,         \
                                                     type *image) {                           \
    (void)x;                                                                                  \
    const type##_##name share =                                                               \
        load_##type##_##name(width, 1, flow) / (type)(l.rows * l.columns);                    \
    FOR_EACH_TAP {                                                                            \
      if (!IS_OWN_TAP) continue;                                                              \
      const type##_##name old = load_##type##_##name(width, step, image + place);             \
      store_##type##_##name(width, step, old + share, image + place);                         \
    }                                                                                         \
  }

#define DEFINE(type, mask)                                                                    \
  DEFINE_VECTOR(type, mask, long, long_size)                                                  \
  DEFINE_VECTOR(type, mask, short, short_size)                                                \
  DEFINE_PARTS(type, long)                                                                    \
  DEFINE_PARTS(type, short)                                                                   \
  DEFINE_CLEAR(type)                                                                          \
  DEFINE_LINES(average_pool, type, 0, IN_WINDOWS)                                             \
  DEFINE_LINES(average_pool_grad, type, IN_WINDOWS, IN_IMAGE)                                 \
  DEFINE_FOLD(average_pool, type)                                                             \
  DEFINE_GIVING_BACK(average_pool_grad, type)

DEFINE(float32, uint32_t)
DEFINE(float64, uint64_t)
