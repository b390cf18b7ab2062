// Inner loops over contiguous memory. Each is built for several instruction sets, and the
// system's loader picks the best one; none allocates, locks or keeps anything.
#ifndef STATICGRAPH_KERNELS_H
#define STATICGRAPH_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One input, `count` elements: result[i] = f(x[i]). `result` may be `x`.
typedef void (*staticgraph_unary)(size_t count, const void *x, void *result);

/// Two inputs, each a vector of `count` elements or, where its flag says so, one element for all:
/// result[i] = f(x[i], y[i]). `result` may be either vector.
typedef void (*staticgraph_binary)(size_t count, const void *x, bool x_is_scalar, const void *y,
                                   bool y_is_scalar, void *result);

/// Folds `count` elements into one: result[0] = fold(x).
typedef void (*staticgraph_fold)(size_t count, const void *x, void *result);

/// Folds a row into another, element by element: result[i] = fold(result[i], x[i]).
typedef void (*staticgraph_fold_rows)(size_t count, const void *x, void *result);

#define STATICGRAPH_UNARY(operation, type) \
  void staticgraph_##operation##_##type(size_t count, const void *x, void *result);
#define STATICGRAPH_BINARY(operation, type)                                             \
  void staticgraph_##operation##_##type(size_t count, const void *x, bool x_is_scalar, \
                                        const void *y, bool y_is_scalar, void *result);
#define STATICGRAPH_FOLD(operation, type)                                            \
  void staticgraph_##operation##_##type(size_t count, const void *x, void *result); \
  void staticgraph_##operation##_rows_##type(size_t count, const void *x, void *result);

#define STATICGRAPH_EACH_FLOATING(declare, operation) \
  declare(operation, float32) declare(operation, float64)
#define STATICGRAPH_EACH_NUMERIC(declare, operation)                                        \
  declare(operation, float32) declare(operation, float64) declare(operation, int32) declare( \
      operation, int64) declare(operation, uint8)

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_UNARY, neg)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_UNARY, relu)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, sin)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, cos)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, exp)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, tanh)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, sigmoid)

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, add)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, sub)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, mul)
/// Division of integers truncates toward zero; the caller makes sure that no divisor is zero.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, div)
/// The result is one byte an element, 1 for true.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, greater)

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FOLD, sum)

/// result[i] = condition[i] ? x[i] : y[i], for elements of 1, 2, 4 or 8 bytes.
void staticgraph_select(size_t count, size_t element_size, const uint8_t *condition, const void *x,
                        const void *y, void *result);

/// Whether one of `count` integers of 1, 4 or 8 bytes is zero.
bool staticgraph_has_zero(size_t count, size_t element_size, const void *x);

/// Writes the element that `x` points to `count` times.
void staticgraph_fill(size_t count, size_t element_size, const void *x, void *result);

#endif
