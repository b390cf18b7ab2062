#include <math.h>

#include "elementwise_loops.h"
#include "staticgraph_binary.h"

#define DEFINE DEFINE_BINARY

// A divisor of -1 stands apart, since the smallest integer has no quotient by it: it wraps.
#define DEFINE_SIGNED_DIVISION(type, bits)                                            \
  __attribute__((always_inline)) static inline type rest_##type(type x, type y) {     \
    return y == -1 ? 0 : x % y;                                                       \
  }                                                                                   \
  __attribute__((always_inline)) static inline type quotient_##type(type x, type y) { \
    return y == -1 ? (type)(0 - (bits)x) : x / y;                                     \
  }                                                                                   \
  __attribute__((always_inline)) static inline type floor_div_##type(type x, type y) { \
    const type rest = rest_##type(x, y);                                              \
    return quotient_##type(x, y) - (rest != 0 && (rest < 0) != (y < 0));              \
  }                                                                                   \
  __attribute__((always_inline)) static inline type floor_mod_##type(type x, type y) { \
    const type rest = rest_##type(x, y);                                              \
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;                      \
  }

DEFINE_SIGNED_DIVISION(int32, uint32_t)
DEFINE_SIGNED_DIVISION(int64, uint64_t)

static inline float32 floor_mod_float32(float32 x, float32 y) {
  const float32 rest = fmodf(x, y);
  return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

static inline float64 floor_mod_float64(float64 x, float64 y) {
  const float64 rest = fmod(x, y);
  return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

DEFINE(floor_div, float32, float32, floorf(x / y))
DEFINE(floor_div, float64, float64, floor(x / y))
DEFINE(floor_div, int32, int32, floor_div_int32(x, y))
DEFINE(floor_div, int64, int64, floor_div_int64(x, y))
DEFINE(floor_div, uint8, uint8, x / y)

DEFINE(floor_mod, float32, float32, floor_mod_float32(x, y))
DEFINE(floor_mod, float64, float64, floor_mod_float64(x, y))
DEFINE(floor_mod, int32, int32, floor_mod_int32(x, y))
DEFINE(floor_mod, int64, int64, floor_mod_int64(x, y))
DEFINE(floor_mod, uint8, uint8, x % y)

DEFINE(truncate_div, float32, float32, truncf(x / y))
DEFINE(truncate_div, float64, float64, trunc(x / y))

DEFINE(truncate_mod, float32, float32, fmodf(x, y))
DEFINE(truncate_mod, float64, float64, fmod(x, y))
DEFINE(truncate_mod, int32, int32, rest_int32(x, y))
DEFINE(truncate_mod, int64, int64, rest_int64(x, y))

DEFINE(div_no_nan, float32, float32, y == 0 ? 0 : x / y)
DEFINE(div_no_nan, float64, float64, y == 0 ? 0 : x / y)
DEFINE(xdivy, float32, float32, x == 0 ? 0 : x / y)
DEFINE(xdivy, float64, float64, x == 0 ? 0 : x / y)
