// Inner loops that give images another size.
#ifndef STATICGRAPH_RESIZING_H
#define STATICGRAPH_RESIZING_H

#include "staticgraph_kernels.h"

/// Where the pixels of a row lie in another row: between `before` and `after`, `part` of the way.
typedef struct {
  size_t count;
  const int64_t *before;
  const int64_t *after;
  const float *part;
} staticgraph_places;

/// One row from two others, `part` of the way from `above` to `below`, which may be the same.
typedef void (*staticgraph_resize_row)(staticgraph_places places, size_t channels,
                                       const void *above, const void *below, float part,
                                       float *result);

/// Adds `weight` times what flows into a row to the row whose pixels it was made from.
typedef void (*staticgraph_resize_row_back)(staticgraph_places places, size_t channels,
                                            const float *flow, float weight, void *result);

#define STATICGRAPH_RESIZE_ROW(operation, type)                                            \
  void staticgraph_##operation##_##type(staticgraph_places places, size_t channels,        \
                                        const void *above, const void *below, float part, \
                                        float *result);
#define STATICGRAPH_RESIZE_ROW_BACK(operation, type)                                 \
  void staticgraph_##operation##_##type(staticgraph_places places, size_t channels,  \
                                        const float *flow, float weight, void *result);

STATICGRAPH_EACH_NUMERIC(STATICGRAPH_RESIZE_ROW, resize_row)
STATICGRAPH_EACH_FLOATING(STATICGRAPH_RESIZE_ROW_BACK, resize_row_back)

#undef STATICGRAPH_RESIZE_ROW
#undef STATICGRAPH_RESIZE_ROW_BACK

#endif
