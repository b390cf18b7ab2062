#include "elementwise_loops.h"
#include "vector_math.h"

// Integers are negated without the sign, where overflow wraps.
DEFINE_UNARY_FLOATING(neg, -x, -x)
DEFINE_UNARY(neg, int32, (int32)(0u - (uint32_t)x))
DEFINE_UNARY(neg, int64, (int64)((uint64_t)0 - (uint64_t)x))

// A NaN stays one.
DEFINE_UNARY_FLOATING(relu, x < 0 ? 0 : x, x < 0 ? 0 : x)
DEFINE_UNARY(relu, int32, x < 0 ? 0 : x)
DEFINE_UNARY(relu, int64, x < 0 ? 0 : x)
DEFINE_UNARY(relu, uint8, x)

DEFINE_UNARY_FLOATING(exp, exp_float32(x), exp_float64(x))
DEFINE_UNARY_FLOATING(tanh, tanh_float32(x), tanh_float64(x))
DEFINE_UNARY_FLOATING(sigmoid, sigmoid_float32(x), sigmoid_float64(x))

// A block of angles that are all small is one vector loop; where one is large, infinite or no
// number, each decides for itself.
enum { angle_block = 256 };

#define DEFINE_ANGLE(operation, quarters, precise)                                           \
  STATICGRAPH_CLONES                                                                         \
  void staticgraph_##operation##_float32(size_t count, const void *x_memory,                \
                                         void *result_memory) {                              \
    const float32 *xs = x_memory;                                                            \
    float32 *result = result_memory;                                                         \
    for (size_t start = 0; start < count; start += angle_block) {                            \
      const size_t end = count - start < angle_block ? count : start + angle_block;          \
      int are_small = 1;                                                                     \
      for (size_t i = start; i < end; i++) are_small &= fabsf(xs[i]) <= LARGEST_ANGLE_FLOAT32; \
      if (are_small) {                                                                       \
        for (size_t i = start; i < end; i++) result[i] = sine_float32(xs[i], quarters);      \
      } else {                                                                               \
        for (size_t i = start; i < end; i++) {                                               \
          const float32 x = xs[i];                                                           \
          result[i] =                                                                        \
              fabsf(x) <= LARGEST_ANGLE_FLOAT32 ? sine_float32(x, quarters) : precise(x);    \
        }                                                                                    \
      }                                                                                      \
    }                                                                                        \
  }

DEFINE_ANGLE(sin, 0, sinf)
DEFINE_ANGLE(cos, 1, cosf)
DEFINE_UNARY(sin, float64, sin(x))
DEFINE_UNARY(cos, float64, cos(x))
