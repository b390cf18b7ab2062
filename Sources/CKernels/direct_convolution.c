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

bool staticgraph_lines_lie_inside(staticgraph_windows w) {
  const ptrdiff_t rows = (w.rows - 1) * w.stride_down + (w.window_height - 1) * w.dilation_down + 1;
  return w.top <= 0 && w.left <= 0 && rows - w.top <= w.height
         && band_columns(&w) - w.left <= w.width;
}

#define NUMBER float64
#include "direct_convolution_loops.h"
#undef NUMBER
