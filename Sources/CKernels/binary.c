#include "elementwise_loops.h"

// Signed integers are computed without the sign, where overflow wraps.
#define DEFINE_ARITHMETIC(operation, sign)                                               \
  DEFINE_BINARY(operation, float32, float32, x sign y)                                          \
  DEFINE_BINARY(operation, float64, float64, x sign y)                                          \
  DEFINE_BINARY(operation, int32, int32, (int32)((uint32_t)x sign(uint32_t) y))                 \
  DEFINE_BINARY(operation, int64, int64, (int64)((uint64_t)x sign(uint64_t) y))                 \
  DEFINE_BINARY(operation, uint8, uint8, (uint8)(x sign y))

DEFINE_ARITHMETIC(add, +)
DEFINE_ARITHMETIC(sub, -)
DEFINE_ARITHMETIC(mul, *)

// The smallest integer divided by -1 is the one quotient that does not exist; it wraps.
DEFINE_BINARY(div, float32, float32, x / y)
DEFINE_BINARY(div, float64, float64, x / y)
DEFINE_BINARY(div, int32, int32, y == -1 ? (int32)(0u - (uint32_t)x) : x / y)
DEFINE_BINARY(div, int64, int64, y == -1 ? (int64)((uint64_t)0 - (uint64_t)x) : x / y)
DEFINE_BINARY(div, uint8, uint8, x / y)

DEFINE_BINARY_FLOATING(tanh_grad, y * (1 - x * x))

DEFINE_BINARY(greater, float32, uint8, x > y)
DEFINE_BINARY(greater, float64, uint8, x > y)
DEFINE_BINARY(greater, int32, uint8, x > y)
DEFINE_BINARY(greater, int64, uint8, x > y)
DEFINE_BINARY(greater, uint8, uint8, x > y)

#define SELECT(bits)                                                   \
  {                                                                    \
    const uint##bits##_t *xs = x, *ys = y;                             \
    uint##bits##_t *target = result;                                   \
    FOR_EACH_ELEMENT target[i] = condition[i] ? xs[i] : ys[i];                       \
  }

STATICGRAPH_CLONES
void staticgraph_select(size_t count, size_t element_size, const uint8_t *condition, const void *x,
                        const void *y, void *result) {
  if (element_size == 1) SELECT(8)
  else if (element_size == 2) SELECT(16)
  else if (element_size == 4) SELECT(32)
  else SELECT(64)
}

#define HAS_ZERO(bits)                                        \
  {                                                           \
    const uint##bits##_t *xs = x;                             \
    for (size_t i = 0; i < count; i++) found |= xs[i] == 0;   \
  }

STATICGRAPH_CLONES
bool staticgraph_has_zero(size_t count, size_t element_size, const void *x) {
  bool found = false;
  if (element_size == 1) HAS_ZERO(8)
  else if (element_size == 4) HAS_ZERO(32)
  else HAS_ZERO(64)
  return found;
}
