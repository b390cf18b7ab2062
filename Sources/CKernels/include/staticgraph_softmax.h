// Inner loops over the rows of a matrix, each row a list of logits.
#ifndef STATICGRAPH_SOFTMAX_H
#define STATICGRAPH_SOFTMAX_H

#include "staticgraph_kernels.h"

/// A matrix that broadcasts: element (r, c) stands at r · row_stride + c · column_stride.
typedef struct {
  const void *elements;
  size_t row_stride;
  size_t column_stride;
} staticgraph_matrix;

/// Rows without gaps: result = exp x / Σ exp x, or its logarithm. `result` may be `x`.
typedef void (*staticgraph_softmax_rows)(size_t rows, size_t columns, const void *x,
                                         void *result);

/// For the logits x and the labels l of each row: loss = Σ l · (log Σ exp x − x) and
/// backprop = exp x / Σ exp x − l. `backprop` may be either matrix where it has no stride of 0.
typedef void (*staticgraph_cross_entropy)(size_t rows, size_t columns, staticgraph_matrix features,
                                          staticgraph_matrix labels, void *loss, void *backprop);

/// The same for labels that are the one column of each row where l is 1, integers of `label_size`
/// bytes, 4 or 8, each less than `columns`. `backprop` may be `features`.
typedef void (*staticgraph_sparse_cross_entropy)(size_t rows, size_t columns, const void *features,
                                                 size_t label_size, const void *labels,
                                                 void *loss, void *backprop);

#define STATICGRAPH_SOFTMAX(type)                                                              \
  void staticgraph_softmax_##type(size_t rows, size_t columns, const void *x, void *result);   \
  void staticgraph_log_softmax_##type(size_t rows, size_t columns, const void *x,              \
                                      void *result);                                           \
  void staticgraph_cross_entropy_##type(size_t rows, size_t columns,                           \
                                        staticgraph_matrix features, staticgraph_matrix labels, \
                                        void *loss, void *backprop);                           \
  void staticgraph_sparse_cross_entropy_##type(size_t rows, size_t columns,                    \
                                               const void *features, size_t label_size,        \
                                               const void *labels, void *loss, void *backprop);
STATICGRAPH_SOFTMAX(float32)
STATICGRAPH_SOFTMAX(float64)

/// The position of the first of `count` integers of 4 or 8 bytes that is not in 0 ..< limit;
/// `count` where there is none.
size_t staticgraph_first_label_outside(size_t count, size_t element_size, const void *x, int64_t limit);

#endif
