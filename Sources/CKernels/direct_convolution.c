#include "staticgraph_direct_convolution.h"

#include "constant_counts.h"
#include "window_bands.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

size_t staticgraph_direct_band(staticgraph_windows w, ptrdiff_t lines) {
  const size_t columns = (w.columns - 1) * w.stride_across + w.window_width;
  const size_t rows = (lines - 1) * w.stride_down + (w.window_height - 1) * w.dilation_down + 1;
  return rows * columns * w.channels;
}

#define NUMBER float64
#include "direct_convolution_loops.h"
#undef NUMBER
