#include <math.h>

#include "pooling_lines.h"

// A number that is none is before all others, so that it shows in the result.
#define FLOATING_BEFORE(x, y) (((x) > (y)) | ((x) != (x)))
#define FLOATING_EQUALS(x, y) (((x) == (y)) | ((x) != (x)))
#define INTEGER_BEFORE(x, y) ((x) > (y))
#define INTEGER_EQUALS(x, y) ((x) == (y))

// Sums of integers wrap: those of signed ones are the same bits, added as unsigned ones.
#define FLOATING_SUM(x, y, vector) ((x) + (y))
#define INTEGER_SUM(x, y, vector) ((vector)((vector##_mask)(x) + (vector##_mask)(y)))

#define DEFINE_PARTS(type, name, least, KIND)                                                 \
  INLINE type##_##name greatest_##type##_##name(size_t width, size_t step, line l,            \
                                                const type *x) {                              \
    type##_##name best = (type##_##name){0} + least;                                          \
    FOR_EACH_TAP {                                                                            \
      const type##_##name value = load_##type##_##name(width, step, x + place);               \
      best = choose_##type##_##name((type##_##name##_mask)KIND##_BEFORE(value, best), value,  \
                                    best);                                                    \
    }                                                                                         \
    return best;                                                                              \
  }                                                                                           \
                                                                                              \
  INLINE void max_pool_part_##type##_##name(size_t width, size_t step, line l, const type *x, \
                                            const type *other, type *result) {                \
    (void)other;                                                                              \
    store_##type##_##name(width, 1, greatest_##type##_##name(width, step, l, x), result);     \
  }                                                                                           \
                                                                                              \
  INLINE void max_pool_grad_part_##type##_##name(size_t width, size_t step, line l,           \
                                                 const type *x, const type *flow,             \
                                                 type *image) {                               \
    const type##_##name best = greatest_##type##_##name(width, step, l, x);                   \
    type##_##name rest = load_##type##_##name(width, 1, flow);                                \
    const type##_##name none = {0};                                                           \
    FOR_EACH_TAP {                                                                            \
      const type##_##name value = load_##type##_##name(width, step, x + place);               \
      const type##_##name##_mask is_best =                                                    \
          (type##_##name##_mask)KIND##_EQUALS(value, best);                                   \
      const type##_##name share = choose_##type##_##name(is_best, rest, none);                \
      rest = choose_##type##_##name(is_best, none, rest);                                     \
      if (!IS_OWN_TAP) continue;                                                              \
      const type##_##name old = load_##type##_##name(width, step, image + place);             \
      store_##type##_##name(width, step, KIND##_SUM(old, share, type##_##name),               \
                            image + place);                                                   \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  INLINE void max_pool_grad_grad_part_##type##_##name(size_t width, size_t step, line l,      \
                                                      const type *x, const type *other,       \
                                                      type *result) {                         \
    type##_##name best = (type##_##name){0} + least;                                          \
    type##_##name picked = {0};                                                               \
    if (l.rows > 0 && l.columns > 0) picked = load_##type##_##name(width, step, other);       \
    FOR_EACH_TAP {                                                                            \
      const type##_##name value = load_##type##_##name(width, step, x + place);               \
      const type##_##name candidate = load_##type##_##name(width, step, other + place);       \
      const type##_##name##_mask is_better =                                                  \
          (type##_##name##_mask)KIND##_BEFORE(value, best);                                   \
      best = choose_##type##_##name(is_better, value, best);                                  \
      picked = choose_##type##_##name(is_better, candidate, picked);                          \
    }                                                                                         \
    store_##type##_##name(width, 1, picked, result);                                          \
  }

#define DEFINE(type, mask, least, KIND)                                                       \
  DEFINE_VECTOR(type, mask, long, long_size)                                                  \
  DEFINE_VECTOR(type, mask, short, short_size)                                                \
  DEFINE_PARTS(type, long, least, KIND)                                                       \
  DEFINE_PARTS(type, short, least, KIND)                                                      \
  DEFINE_CLEAR(type)                                                                          \
  DEFINE_LINES(max_pool, type, 0, IN_WINDOWS)                                                 \
  DEFINE_LINES(max_pool_grad, type, IN_WINDOWS, IN_IMAGE)                                     \
  DEFINE_LINES(max_pool_grad_grad, type, IN_IMAGE, IN_WINDOWS)                                \
  DEFINE_FOLD(max_pool, type)                                                                 \
  DEFINE_GIVING_BACK(max_pool_grad, type)                                                     \
  DEFINE_FOLD(max_pool_grad_grad, type)

DEFINE(float32, uint32_t, -INFINITY, FLOATING)
DEFINE(float64, uint64_t, -INFINITY, FLOATING)
DEFINE(int32, uint32_t, INT32_MIN, INTEGER)
DEFINE(int64, uint64_t, INT64_MIN, INTEGER)
DEFINE(uint8, uint8_t, 0, INTEGER)
