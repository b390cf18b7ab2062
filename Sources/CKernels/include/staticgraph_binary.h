// Inner loops of further elementwise operators with two inputs that broadcast.
#ifndef STATICGRAPH_BINARY_H
#define STATICGRAPH_BINARY_H

#include "staticgraph_kernels.h"

#define STATICGRAPH_EACH_SIGNED(declare, operation)                                          \
  declare(operation, float32) declare(operation, float64) declare(operation, int32) declare( \
      operation, int64)

/// The larger of two, and the smaller; no number where one of the two is none.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, maximum)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, minimum)
/// (x − y)².
STATICGRAPH_EACH_SIGNED(STATICGRAPH_BINARY, squared_difference)
/// x to the power of y; the caller makes sure that no exponent of integers is negative.
STATICGRAPH_EACH_SIGNED(STATICGRAPH_BINARY, pow)

// The caller makes sure that no divisor of integers is zero.
/// x / y, rounded down.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, floor_div)
/// What is left of x by that division; has the sign of y.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, floor_mod)
/// x / y, rounded toward zero; `div` for integers.
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, truncate_div)
/// What is left of x by that division; has the sign of x.
STATICGRAPH_EACH_SIGNED(STATICGRAPH_BINARY, truncate_mod)

/// x / y, or 0 where y is 0.
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, div_no_nan)
/// x · y, or 0 where y is 0.
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, mul_no_nan)
/// x / y, or 0 where x is 0.
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, xdivy)
/// x · ln y, or 0 where x is 0.
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, xlogy)
/// The angle whose tangent is x / y, in the quadrant of the point (y, x).
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, atan2)

/// The position of the first negative one of `count` signed integers of 4 or 8 bytes; `count`
/// where there is none.
size_t staticgraph_first_negative(size_t count, size_t element_size, const void *x);

#endif
