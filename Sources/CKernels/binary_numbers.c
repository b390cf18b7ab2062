#include <math.h>

#include "elementwise_loops.h"
#include "staticgraph_binary.h"

#define DEFINE DEFINE_BINARY

// A comparison with what is no number is false, so that such an x stays; y is asked about itself.
DEFINE(maximum, float32, float32, x < y || y != y ? y : x)
DEFINE(maximum, float64, float64, x < y || y != y ? y : x)
DEFINE(maximum, int32, int32, x < y ? y : x)
DEFINE(maximum, int64, int64, x < y ? y : x)
DEFINE(maximum, uint8, uint8, x < y ? y : x)

DEFINE(minimum, float32, float32, y < x || y != y ? y : x)
DEFINE(minimum, float64, float64, y < x || y != y ? y : x)
DEFINE(minimum, int32, int32, y < x ? y : x)
DEFINE(minimum, int64, int64, y < x ? y : x)
DEFINE(minimum, uint8, uint8, y < x ? y : x)

// Signed integers are computed without the sign, where overflow wraps.
DEFINE(squared_difference, float32, float32, (x - y) * (x - y))
DEFINE(squared_difference, float64, float64, (x - y) * (x - y))
DEFINE(squared_difference, int32, int32,
       (int32)(((uint32_t)x - (uint32_t)y) * ((uint32_t)x - (uint32_t)y)))
DEFINE(squared_difference, int64, int64,
       (int64)(((uint64_t)x - (uint64_t)y) * ((uint64_t)x - (uint64_t)y)))

#define DEFINE_INTEGER_POWER(type, bits)                      \
  static inline type pow_##type(type x, type y) {             \
    bits power = 1, square = (bits)x;                         \
    for (bits rest = (bits)y; rest != 0; rest >>= 1) {        \
      if (rest & 1) power *= square;                          \
      square *= square;                                       \
    }                                                         \
    return (type)power;                                       \
  }

DEFINE_INTEGER_POWER(int32, uint32_t)
DEFINE_INTEGER_POWER(int64, uint64_t)

// Squares are what powers are mostly asked for.
DEFINE(pow, float32, float32, y == 2 ? x * x : powf(x, y))
DEFINE(pow, float64, float64, y == 2 ? x * x : pow(x, y))
DEFINE(pow, int32, int32, pow_int32(x, y))
DEFINE(pow, int64, int64, pow_int64(x, y))

DEFINE(mul_no_nan, float32, float32, y == 0 ? 0 : x * y)
DEFINE(mul_no_nan, float64, float64, y == 0 ? 0 : x * y)
DEFINE(xlogy, float32, float32, x == 0 ? 0 : x * logf(y))
DEFINE(xlogy, float64, float64, x == 0 ? 0 : x * log(y))
DEFINE(atan2, float32, float32, atan2f(x, y))
DEFINE(atan2, float64, float64, atan2(x, y))

size_t staticgraph_first_negative(size_t count, size_t element_size, const void *x) {
  const int32 *narrow = x;
  const int64 *wide = x;
  for (size_t i = 0; i < count; i++) {
    if ((element_size == 4 ? narrow[i] : wide[i]) < 0) return i;
  }
  return count;
}
