#include "staticgraph_rounding.h"

#include <math.h>

#include "elementwise_loops.h"

DEFINE_UNARY_LOOP(abs_float32, float32, float32, fabsf(x))
DEFINE_UNARY_LOOP(abs_float64, float64, float64, fabs(x))
// The smallest integer has no magnitude of its type; it wraps, and stays as it is.
DEFINE_UNARY_LOOP(abs_int32, int32, int32, x < 0 ? (int32)(0u - (uint32_t)x) : x)
DEFINE_UNARY_LOOP(abs_int64, int64, int64, x < 0 ? (int64)((uint64_t)0 - (uint64_t)x) : x)

// A NaN stays one.
DEFINE_UNARY_LOOP(sign_float32, float32, float32, x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x)
DEFINE_UNARY_LOOP(sign_float64, float64, float64, x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x)
DEFINE_UNARY_LOOP(sign_int32, int32, int32, (x > 0) - (x < 0))
DEFINE_UNARY_LOOP(sign_int64, int64, int64, (x > 0) - (x < 0))

DEFINE_UNARY_LOOP(floor_float32, float32, float32, floorf(x))
DEFINE_UNARY_LOOP(floor_float64, float64, float64, floor(x))
DEFINE_UNARY_LOOP(ceil_float32, float32, float32, ceilf(x))
DEFINE_UNARY_LOOP(ceil_float64, float64, float64, ceil(x))
DEFINE_UNARY_LOOP(rint_float32, float32, float32, rintf(x))
DEFINE_UNARY_LOOP(rint_float64, float64, float64, rint(x))
