// Sums of squares.
#ifndef STATICGRAPH_SQUARES_H
#define STATICGRAPH_SQUARES_H

#include <stddef.h>

/// Σ x² over `count` elements, added in Float64.
typedef double (*staticgraph_sum_of_squares)(size_t count, const void *x);

double staticgraph_sum_of_squares_float32(size_t count, const void *x);
double staticgraph_sum_of_squares_float64(size_t count, const void *x);

#endif
