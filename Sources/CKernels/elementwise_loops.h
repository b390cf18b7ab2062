// The shapes of elementwise loops: each definition makes one function from an expression of the
// elements `x` and, with two inputs, `y`.
#ifndef STATICGRAPH_ELEMENTWISE_LOOPS_H
#define STATICGRAPH_ELEMENTWISE_LOOPS_H

#include "kernel_support.h"

#define DEFINE_UNARY_LOOP(name, type, result_type, expression)                         \
  STATICGRAPH_CLONES                                                                   \
  void staticgraph_##name(size_t count, const void *x_memory, void *result_memory) {  \
    const type *xs = x_memory;                                                         \
    result_type *result = result_memory;                                               \
    FOR_EACH_ELEMENT_OF_CHAINS {                                                       \
      const type x = xs[i];                                                            \
      result[i] = expression;                                                          \
    }                                                                                  \
  }

#define DEFINE_UNARY(operation, type, expression) \
  DEFINE_UNARY_LOOP(operation##_##type, type, type, expression)

#define DEFINE_UNARY_FLOATING(operation, expression32, expression64) \
  DEFINE_UNARY(operation, float32, expression32)                     \
  DEFINE_UNARY(operation, float64, expression64)

// A loop for each case, so that each is a plain vector loop with the single element in a register.
#define DEFINE_BINARY_LOOP(name, type, result_type, expression)                          \
  STATICGRAPH_CLONES                                                                     \
  void staticgraph_##name(size_t count, const void *x_memory, bool x_is_scalar,          \
                          const void *y_memory, bool y_is_scalar, void *result_memory) { \
    const type *xs = x_memory;                                                           \
    const type *ys = y_memory;                                                           \
    result_type *result = result_memory;                                                 \
    if (x_is_scalar && y_is_scalar) {                                                    \
      if (count == 0) return;                                                            \
      const type x = xs[0], y = ys[0];                                                   \
      const result_type one = expression;                                                \
      FOR_EACH_ELEMENT result[i] = one;                                                  \
    } else if (x_is_scalar) {                                                            \
      const type x = xs[0];                                                              \
      FOR_EACH_ELEMENT {                                                                 \
        const type y = ys[i];                                                            \
        result[i] = expression;                                                          \
      }                                                                                  \
    } else if (y_is_scalar) {                                                            \
      const type y = ys[0];                                                              \
      FOR_EACH_ELEMENT {                                                                 \
        const type x = xs[i];                                                            \
        result[i] = expression;                                                          \
      }                                                                                  \
    } else {                                                                             \
      FOR_EACH_ELEMENT {                                                                 \
        const type x = xs[i];                                                            \
        const type y = ys[i];                                                            \
        result[i] = expression;                                                          \
      }                                                                                  \
    }                                                                                    \
  }

#define DEFINE_BINARY(operation, type, result_type, expression) \
  DEFINE_BINARY_LOOP(operation##_##type, type, result_type, expression)

#define DEFINE_BINARY_FLOATING(operation, expression)    \
  DEFINE_BINARY(operation, float32, float32, expression) \
  DEFINE_BINARY(operation, float64, float64, expression)

#endif
