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

/// Three inputs, of which the second and the third are vectors of `count` elements or, where their
/// flags say so, one element for all: result[i] = f(x[i], y[i], z[i]). `result` may be any vector.
typedef void (*staticgraph_ternary)(size_t count, const void *x, const void *y, bool y_is_scalar,
                                    const void *z, bool z_is_scalar, void *result);

/// Folds a matrix whose rows begin `stride` elements apart. By rows, result[r] takes up row r; by
/// columns, result[c] takes up column c. The result holds what was folded before.
typedef void (*staticgraph_fold)(size_t rows, size_t columns, size_t stride, const void *x,
                                 void *result);

/// Turns what `folded_count` elements were folded into, `count` times, into results of the
/// input's type. `result` may be `folded` where the elements of both have one size.
typedef void (*staticgraph_finish)(size_t count, size_t folded_count, const void *folded,
                                   void *result);

#define STATICGRAPH_UNARY(operation, type) \
  void staticgraph_##operation##_##type(size_t count, const void *x, void *result);
#define STATICGRAPH_BINARY(operation, type)                                             \
  void staticgraph_##operation##_##type(size_t count, const void *x, bool x_is_scalar, \
                                        const void *y, bool y_is_scalar, void *result);
#define STATICGRAPH_FOLD(operation, type)                                                  \
  void staticgraph_##operation##_##type##_rows(size_t rows, size_t columns, size_t stride, \
                                               const void *x, void *result);               \
  void staticgraph_##operation##_##type##_columns(size_t rows, size_t columns,             \
                                                  size_t stride, const void *x, void *result);
#define STATICGRAPH_FINISH(operation, type)                                                 \
  void staticgraph_##operation##_##type(size_t count, size_t folded_count, const void *folded, \
                                        void *result);

#define STATICGRAPH_EACH_FLOATING(declare, operation) \
  declare(operation, float32) declare(operation, float64)
#define STATICGRAPH_EACH_NUMERIC(declare, operation)                                        \
  declare(operation, float32) declare(operation, float64) declare(operation, int32) declare( \
      operation, int64) declare(operation, uint8)

STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, neg)
STATICGRAPH_UNARY(neg, int32)
STATICGRAPH_UNARY(neg, int64)
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
/// y · (1 − x²).
STATICGRAPH_EACH_FLOATING(STATICGRAPH_BINARY, tanh_grad)
/// The result is one byte an element, 1 for true.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, greater)

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FOLD, sum)
/// Sums that do not wrap: the result is 8 bytes an element, signed for `int32`.
STATICGRAPH_FOLD(wide_sum, int32)
STATICGRAPH_FOLD(wide_sum, uint8)
/// Divides sums, wide ones for `int32` and `uint8`, by the number of elements.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FINISH, mean)

/// Conversions between the types that are computed with; `truth` is one byte an element, of which
/// any but 0 is true.
#define STATICGRAPH_CAST(source, target) STATICGRAPH_UNARY(cast, source##_##target)
#define STATICGRAPH_CAST_BOTH_WAYS(one, other) \
  STATICGRAPH_CAST(one, other) STATICGRAPH_CAST(other, one)

STATICGRAPH_CAST_BOTH_WAYS(float32, float64)
STATICGRAPH_CAST_BOTH_WAYS(float32, int32)
STATICGRAPH_CAST_BOTH_WAYS(float32, int64)
STATICGRAPH_CAST_BOTH_WAYS(float32, uint8)
STATICGRAPH_CAST_BOTH_WAYS(float32, truth)
STATICGRAPH_CAST_BOTH_WAYS(float64, int32)
STATICGRAPH_CAST_BOTH_WAYS(float64, int64)
STATICGRAPH_CAST_BOTH_WAYS(float64, uint8)
STATICGRAPH_CAST_BOTH_WAYS(float64, truth)
STATICGRAPH_CAST_BOTH_WAYS(int32, int64)
STATICGRAPH_CAST_BOTH_WAYS(int32, uint8)
STATICGRAPH_CAST_BOTH_WAYS(int32, truth)
STATICGRAPH_CAST_BOTH_WAYS(int64, uint8)
STATICGRAPH_CAST_BOTH_WAYS(int64, truth)
STATICGRAPH_CAST_BOTH_WAYS(uint8, truth)

/// Folds several vectors into one: result[i] = fold(… fold(inputs[0][i], inputs[1][i]) …) for
/// `count` elements from `start` on. There are at least two inputs; `result` may be any of them.
void staticgraph_accumulate(size_t count, size_t element_size, staticgraph_binary fold,
                            size_t input_count, void *const *inputs, size_t start, void *result);

/// result[i] = condition[i] ? x[i] : y[i], for elements of 1, 2, 4 or 8 bytes.
void staticgraph_select(size_t count, size_t element_size, const uint8_t *condition, const void *x,
                        const void *y, void *result);

/// Whether one of `count` integers of 1, 4 or 8 bytes is zero.
bool staticgraph_has_zero(size_t count, size_t element_size, const void *x);

/// Copies rows that begin `row_stride` elements apart, each of `columns` elements or, where the
/// flag says so, of one element that is repeated, to rows without a gap. Elements have 1, 2, 4 or
/// 8 bytes.
void staticgraph_expand(size_t rows, size_t columns, size_t element_size, const void *x,
                        size_t row_stride, bool is_scalar, void *result);

/// Calls `loop` for rows of two inputs, which begin the given numbers of elements apart, and
/// writes rows without a gap. Short rows are expanded first, so that `loop` is called seldom.
void staticgraph_binary_rows(staticgraph_binary loop, size_t rows, size_t columns,
                             size_t element_size, size_t result_element_size, const void *x,
                             size_t x_row_stride, bool x_is_scalar, const void *y,
                             size_t y_row_stride, bool y_is_scalar, void *result);

#endif
