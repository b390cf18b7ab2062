// Inner loops that fold windows of an image, and that give back what flows into them.
#ifndef STATICGRAPH_POOLING_H
#define STATICGRAPH_POOLING_H

#include "staticgraph_kernels.h"

/// The windows along one axis: window n begins at n · stride − before, and ends `window` later.
typedef struct {
  size_t size;
  size_t window;
  size_t stride;
  size_t before;
  size_t count;
} staticgraph_window_axis;

/// The windows of one image, whose element (y, x, c) stands at (y · width + x) · channels + c.
typedef struct {
  staticgraph_window_axis down;
  staticgraph_window_axis across;
  size_t channels;
} staticgraph_pooling;

/// A part of the work on one image: some rows of windows, in some channels.
typedef struct {
  size_t first_row;
  size_t end_row;
  size_t first_channel;
  size_t end_channel;
} staticgraph_pooling_part;

/// Works on a part of one image.
///
/// Those that fold write an element for each window and channel to `result`; those that give back
/// write the rows of the image that begin where the part's first row of windows does, up to where
/// the next part's does, whichever windows reach into these.
/// - max_pool: the greatest element of `image`, a number that is none before all others, and the
///   least of all where a window lies beyond the image.
/// - max_pool_grad: `other` of each window goes to the first of its greatest elements.
/// - max_pool_grad_grad: the element of `other`, an image, where `image` is greatest.
/// - average_pool: the mean of what lies inside of the image.
/// - average_pool_grad: `other` of each window goes to all its elements in equal parts.
typedef void (*staticgraph_pool)(staticgraph_pooling pooling, staticgraph_pooling_part part,
                                 const void *image, const void *other, void *result);

#define STATICGRAPH_POOL(operation, type)                                        \
  void staticgraph_##operation##_##type(staticgraph_pooling pooling,             \
                                        staticgraph_pooling_part part,           \
                                        const void *image, const void *other, void *result);

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_POOL, max_pool)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_POOL, max_pool_grad)
STATICGRAPH_EACH_NUMERIC(STATICGRAPH_POOL, max_pool_grad_grad)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_POOL, average_pool)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_POOL, average_pool_grad)

#undef STATICGRAPH_POOL

#endif
