// How a file defines the inner loop of an elementwise operator with two inputs.
#ifndef STATICGRAPH_BINARY_LOOP_H
#define STATICGRAPH_BINARY_LOOP_H

#include "kernel_support.h"

// A function of x and y. Three loops, so that each is a plain vector loop with the single
// element in a register.
#define STATICGRAPH_DEFINE_BINARY(operation, type, result_type, expression)              \
  STATICGRAPH_CLONES                                                                     \
  void staticgraph_##operation##_##type(size_t count, const void *x_memory,             \
                                        bool x_is_scalar, const void *y_memory,         \
                                        bool y_is_scalar, void *result_memory) {        \
    const type *xs = x_memory;                                                           \
    const type *ys = y_memory;                                                           \
    result_type *result = result_memory;                                                 \
    if (x_is_scalar) {                                                                   \
      const type x = xs[0];                                                              \
      for (size_t i = 0; i < count; i++) {                                               \
        const type y = y_is_scalar ? ys[0] : ys[i];                                      \
        result[i] = expression;                                                          \
      }                                                                                  \
    } else if (y_is_scalar) {                                                            \
      const type y = ys[0];                                                              \
      for (size_t i = 0; i < count; i++) {                                               \
        const type x = xs[i];                                                            \
        result[i] = expression;                                                          \
      }                                                                                  \
    } else {                                                                             \
      for (size_t i = 0; i < count; i++) {                                               \
        const type x = xs[i];                                                            \
        const type y = ys[i];                                                            \
        result[i] = expression;                                                          \
      }                                                                                  \
    }                                                                                    \
  }

#endif
