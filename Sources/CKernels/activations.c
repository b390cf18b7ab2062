#include "elementwise_loops.h"
#include "vector_logarithm.h"

// log (1 + exp x) = max(x, 0) + log (1 + exp −|x|), where no exponential is infinite.
static inline float32 softplus_float32(float32 x) {
  return (x < 0 ? 0 : x) + log1p_float32(exp_float32(-fabsf(x)));
}

static inline float64 softplus_float64(float64 x) {
  return (x < 0 ? 0 : x) + log1p_float64(exp_float64(-fabs(x)));
}

DEFINE_UNARY_FLOATING(softplus, softplus_float32(x), softplus_float64(x))
DEFINE_UNARY_FLOATING(softsign, x / (1 + fabsf(x)), x / (1 + fabs(x)))

// A NaN stays one.
#define BOUNDED(x) ((x) < 0 ? 0 : (x) > 6 ? 6 : (x))
DEFINE_UNARY_FLOATING(relu6, BOUNDED(x), BOUNDED(x))
DEFINE_UNARY(relu6, int32, BOUNDED(x))
DEFINE_UNARY(relu6, int64, BOUNDED(x))
DEFINE_UNARY(relu6, uint8, x > 6 ? 6 : x)

#define SELU_SCALE 1.0507009873554804934193349852946
#define SELU_SCALED_ALPHA 1.7580993408473768599402175208123

DEFINE_UNARY_FLOATING(elu, x < 0 ? expm1_float32(x) : x, x < 0 ? expm1_float64(x) : x)
DEFINE_UNARY_FLOATING(
    selu, x < 0 ? (float32)SELU_SCALED_ALPHA * expm1_float32(x) : (float32)SELU_SCALE * x,
    x < 0 ? SELU_SCALED_ALPHA * expm1_float64(x) : SELU_SCALE * x)

// The gradient of the sigmoid, from the result x and from what flows back, y.
DEFINE_BINARY_FLOATING(sigmoid_grad, y * (x * (1 - x)))

// Gradients from what flows back, x, and from the activation or, for these two, the feature y.
DEFINE_BINARY(softplus_grad, float32, float32, x / (1 + exp_float32(-y)))
DEFINE_BINARY(softplus_grad, float64, float64, x / (1 + exp_float64(-y)))
DEFINE_BINARY(softsign_grad, float32, float32, x / ((1 + fabsf(y)) * (1 + fabsf(y))))
DEFINE_BINARY(softsign_grad, float64, float64, x / ((1 + fabs(y)) * (1 + fabs(y))))

DEFINE_BINARY_FLOATING(relu_grad, x * (y > 0))
DEFINE_BINARY(relu_grad, int32, int32, y > 0 ? x : 0)
DEFINE_BINARY(relu_grad, int64, int64, y > 0 ? x : 0)
DEFINE_BINARY(relu_grad, uint8, uint8, y > 0 ? x : 0)

#define IS_BETWEEN(y) (((y) > 0) & ((y) < 6))
DEFINE_BINARY_FLOATING(relu6_grad, x * IS_BETWEEN(y))
DEFINE_BINARY(relu6_grad, int32, int32, IS_BETWEEN(y) ? x : 0)
DEFINE_BINARY(relu6_grad, int64, int64, IS_BETWEEN(y) ? x : 0)
DEFINE_BINARY(relu6_grad, uint8, uint8, IS_BETWEEN(y) ? x : 0)

DEFINE_BINARY_FLOATING(elu_grad, y < 0 ? x * (y + 1) : x)
DEFINE_BINARY(selu_grad, float32, float32,
              y < 0 ? x * (y + (float32)SELU_SCALED_ALPHA) : x * (float32)SELU_SCALE)
DEFINE_BINARY(selu_grad, float64, float64,
              y < 0 ? x * (y + SELU_SCALED_ALPHA) : x * SELU_SCALE)

#define DEFINE_LEAKY(type)                                                                    \
  STATICGRAPH_CLONES                                                                          \
  void staticgraph_leaky_##type(size_t count, float alpha, const void *x, const void *features, \
                                void *result) {                                               \
    const type *xs = x, *ys = features;                                                       \
    type *target = result;                                                                    \
    FOR_EACH_ELEMENT target[i] = ys[i] > 0 ? xs[i] : xs[i] * (type)alpha;                         \
  }

DEFINE_LEAKY(float32)
DEFINE_LEAKY(float64)
