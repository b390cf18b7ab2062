#include "elementwise_loops.h"
#include "vector_logarithm.h"

// A square root that sets no error number, so that it is a vector instruction.
#if __has_builtin(__builtin_elementwise_sqrt)
#define ROOT_FLOAT32(x) __builtin_elementwise_sqrt(x)
#define ROOT_FLOAT64(x) __builtin_elementwise_sqrt(x)
#else
#define ROOT_FLOAT32(x) sqrtf(x)
#define ROOT_FLOAT64(x) sqrt(x)
#endif

// Integers are multiplied without the sign, where overflow wraps.
DEFINE_UNARY_FLOATING(square, x * x, x * x)
DEFINE_UNARY(square, int32, (int32)((uint32_t)x * (uint32_t)x))
DEFINE_UNARY(square, int64, (int64)((uint64_t)x * (uint64_t)x))
DEFINE_UNARY(square, uint8, (uint8)(x * x))

DEFINE_UNARY_FLOATING(sqrt, ROOT_FLOAT32(x), ROOT_FLOAT64(x))
DEFINE_UNARY_FLOATING(rsqrt, 1 / ROOT_FLOAT32(x), 1 / ROOT_FLOAT64(x))
DEFINE_UNARY_FLOATING(reciprocal, 1 / x, 1 / x)

DEFINE_UNARY_FLOATING(log, log_float32(x), log_float64(x))
DEFINE_UNARY_FLOATING(log1p, log1p_float32(x), log1p_float64(x))
DEFINE_UNARY_FLOATING(expm1, expm1_float32(x), expm1_float64(x))

// Gradients from the result x and from what flows back, y. Where nothing flows back the gradient
// is 0, also where the derivative is infinite.
DEFINE_BINARY_FLOATING(sqrt_grad, y == 0 ? 0 : y / (2 * x))
DEFINE_BINARY_FLOATING(rsqrt_grad, y == 0 ? 0 : -(y * x) * (x * x) / 2)
DEFINE_BINARY_FLOATING(reciprocal_grad, y == 0 ? 0 : -(x * x) * y)
