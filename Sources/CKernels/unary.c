#include <math.h>

#include "kernel_support.h"

#define DEFINE(operation, type, expression)                                                      \
  STATICGRAPH_CLONES                                                                             \
  void staticgraph_##operation##_##type(size_t count, const void *x_memory, void *result_memory) { \
    const type *xs = x_memory;                                                                   \
    type *result = result_memory;                                                                \
    for (size_t i = 0; i < count; i++) {                                                         \
      type x = xs[i];                                                                            \
      result[i] = expression;                                                                    \
    }                                                                                            \
  }

#define DEFINE_FLOATING(operation, expression32, expression64) \
  DEFINE(operation, float32, expression32)                     \
  DEFINE(operation, float64, expression64)

// Integers are negated without the sign, where overflow wraps.
DEFINE_FLOATING(neg, -x, -x)
DEFINE(neg, int32, (int32)(0u - (uint32_t)x))
DEFINE(neg, int64, (int64)((uint64_t)0 - (uint64_t)x))
DEFINE(neg, uint8, (uint8)(0u - x))

// A NaN stays one.
DEFINE_FLOATING(relu, x < 0 ? 0 : x, x < 0 ? 0 : x)
DEFINE(relu, int32, x < 0 ? 0 : x)
DEFINE(relu, int64, x < 0 ? 0 : x)
DEFINE(relu, uint8, x)

DEFINE_FLOATING(sin, sinf(x), sin(x))
DEFINE_FLOATING(cos, cosf(x), cos(x))
DEFINE_FLOATING(exp, expf(x), exp(x))
DEFINE_FLOATING(tanh, tanhf(x), tanh(x))
DEFINE_FLOATING(sigmoid, 1 / (1 + expf(-x)), 1 / (1 + exp(-x)))
