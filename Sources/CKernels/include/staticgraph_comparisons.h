// Inner loops that compare numbers, combine truth values and choose among elements.
#ifndef STATICGRAPH_COMPARISONS_H
#define STATICGRAPH_COMPARISONS_H

#include "staticgraph_kernels.h"

// The result is one byte an element, 1 for true.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, less)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, less_equal)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, greater_equal)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, equal)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_BINARY, not_equal)

// A truth value is one byte, of which any but 0 is true; results are 0 or 1.
STATICGRAPH_BINARY(equal, truth)
STATICGRAPH_BINARY(not_equal, truth)
STATICGRAPH_BINARY(logical_and, truth)
STATICGRAPH_BINARY(logical_or, truth)
STATICGRAPH_UNARY(logical_not, truth)

// The result is one byte an element, 1 for true.
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, is_nan)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, is_infinite)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_UNARY, is_finite)

/// What is no finite number among `count`: 1 for a NaN, 2 for an infinity, 3 for both, else 0.
uint8_t staticgraph_special_float32(size_t count, const void *x);
uint8_t staticgraph_special_float64(size_t count, const void *x);

/// result[i] = max(min(x[i], high), low). A NaN stays one, and a bound that is one does not count.
#define STATICGRAPH_CLIP(operation, type)                                                        \
  void staticgraph_##operation##_##type(size_t count, const void *x, const void *low,            \
                                        bool low_is_scalar, const void *high, bool high_is_scalar, \
                                        void *result);
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_CLIP, clip)

/// One input of a choice: rows that begin `row_stride` elements apart, or one element a row.
typedef struct {
  const void *memory;
  size_t row_stride;
  bool is_scalar;
} staticgraph_rows;

/// result[i] = condition[i] ? x[i] : y[i] for rows of three inputs, written without a gap;
/// elements have 1, 2, 4 or 8 bytes.
void staticgraph_select_rows(size_t rows, size_t columns, size_t element_size,
                             staticgraph_rows condition, staticgraph_rows x, staticgraph_rows y,
                             void *result);

#endif
