// Inner loops of reductions, running sums, segments and choices along an axis.
#ifndef STATICGRAPH_REDUCTIONS_H
#define STATICGRAPH_REDUCTIONS_H

#include "staticgraph_kernels.h"

/// The largest and smallest element, NaN where one is NaN; the product, which wraps for integers.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FOLD, max)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FOLD, min)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FOLD, prod)
/// Whether all or any of the bytes are not 0.
STATICGRAPH_FOLD(all, truth)
STATICGRAPH_FOLD(any, truth)
/// Sums of squares: 8 bytes an element, floating-point for floating-point types, else integers.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FOLD, square_sum)
/// Square roots of such sums.
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_FINISH, square_root)

/// Running sums or products along the middle axis of `outer` blocks of `count` rows of `inner`
/// elements, of which the columns from `start` up to `end` are computed.
typedef void (*staticgraph_scan)(size_t outer, size_t count, size_t inner, size_t start,
                                 size_t end, bool exclusive, bool reverse, const void *x,
                                 void *result);
#define STATICGRAPH_SCAN(operation, type)                                                   \
  void staticgraph_##operation##_##type(size_t outer, size_t count, size_t inner,           \
                                        size_t start, size_t end, bool exclusive,           \
                                        bool reverse, const void *x, void *result);
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SCAN, cumsum)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SCAN, cumprod)

/// For each column of `outer` blocks of `count` rows of `inner` elements, the row of the first
/// largest or smallest element.
typedef void (*staticgraph_choose)(size_t outer, size_t count, size_t inner, const void *x,
                                   bool is_wide, void *result);
#define STATICGRAPH_CHOOSE(operation, type)                                                 \
  void staticgraph_##operation##_##type(size_t outer, size_t count, size_t inner,           \
                                        const void *x, bool is_wide, void *result);
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_CHOOSE, argmax)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_CHOOSE, argmin)

/// The `k` largest of each of `rows` rows of `count` elements in falling order, and where they
/// stand; of equal ones, the first come first. `heap` has room for `k` places.
typedef void (*staticgraph_top)(size_t rows, size_t count, size_t k, const void *x, bool is_wide,
                                size_t *heap, void *values, void *indices);
#define STATICGRAPH_TOP(operation, type)                                                    \
  void staticgraph_##operation##_##type(size_t rows, size_t count, size_t k, const void *x, \
                                        bool is_wide, size_t *heap, void *values,           \
                                        void *indices);
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_TOP, top)

/// Folds each of `rows` rows, which begin `stride` elements apart and of which `columns` are
/// taken, into the row of the result that its identifier names; a negative one names none. What
/// was folded before stands in the result.
typedef void (*staticgraph_segment)(size_t rows, size_t columns, size_t stride, const void *x,
                                    const void *ids, bool is_wide, void *result);
#define STATICGRAPH_SEGMENT(operation, type)                                                \
  void staticgraph_segment_##operation##_##type(size_t rows, size_t columns, size_t stride, \
                                                const void *x, const void *ids,             \
                                                bool is_wide, void *result);
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SEGMENT, sum)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SEGMENT, prod)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SEGMENT, max)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_SEGMENT, min)

/// Where the first of `count` integers of 4 or 8 bytes stands that is less than `least` or not
/// less than `limit`; `count` when there is none.
size_t staticgraph_first_outside(size_t count, const void *integers, bool is_wide, int64_t least,
                                 int64_t limit);

/// Copies the rows of `row_bytes` bytes from number `start` up to `end`, counted over batch,
/// `outer` and `length` indices, from a table of batch, `outer` and `size` rows.
void staticgraph_gather(size_t start, size_t end, size_t outer, size_t length, size_t size,
                        size_t row_bytes, const void *table, const void *indices, bool is_wide,
                        void *result);

#endif
