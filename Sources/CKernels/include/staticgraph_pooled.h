// Convolutions whose results are pooled while they are in a cache.
#ifndef STATICGRAPH_POOLED_H
#define STATICGRAPH_POOLED_H

#include "staticgraph_blocked.h"
#include "staticgraph_pooling.h"

/// The elements of scratch memory of a part, besides those of its band.
size_t staticgraph_pooled_scratch(staticgraph_windows windows, staticgraph_pooling pooling);

/// Writes a part of the greatest elements of windows on the results of a convolution, of images as
/// `staticgraph_blocked_windows_float32` takes them.
///
/// - pooling: the windows on the results for an image, each of up to 6 rows and columns of which
///   some lie inside; the channels do not matter.
/// - lines: lines of these windows, counted over all images, and blocks of filters.
/// - scratch: memory for `staticgraph_pooled_scratch` elements and behind them, unless lines of the
///   convolution lie inside, for `staticgraph_direct_band` of those that are done at a time.
void staticgraph_pooled_windows_float32(staticgraph_windows windows, staticgraph_pooling pooling,
                                        staticgraph_blocked_lines lines, const void *images,
                                        const void *packed, staticgraph_completion completion,
                                        void *scratch, void *result);

#endif
