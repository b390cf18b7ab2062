// Lines of windows, for a block of filters.
#ifndef STATICGRAPH_WINDOW_LINES_H
#define STATICGRAPH_WINDOW_LINES_H

#include "filter_blocks.h"
#include "staticgraph_direct_convolution.h"
#include "window_bands.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

// What lines of windows cover of an image: rows of so many elements.
typedef struct {
  const float32 *elements;
  ptrdiff_t row;
} covered_rows;

// Those of some lines: where they lie if no window reaches beyond the border, else copied.
STATICGRAPH_INLINE covered_rows rows_of_lines(const staticgraph_windows *w, const float32 *image,
                                              ptrdiff_t line, ptrdiff_t lines, float32 *band) {
  if (staticgraph_lines_lie_inside(*w)) {
    const ptrdiff_t row = w->width * w->channels;
    return (covered_rows){
        image + (line * w->stride_down - w->top) * row - w->left * w->channels, row};
  }
  fill_band(w, sizeof(float32), image, line, lines, band);
  return (covered_rows){band, band_columns(w) * w->channels};
}

// The results of line number `line` of those that the rows are covered by.
STATICGRAPH_INLINE void line_of_windows(const staticgraph_windows *w, covered_rows rows,
                                        ptrdiff_t line, const float32 *packed, filter_block bias,
                                        int activation, ptrdiff_t width, ptrdiff_t stride,
                                        float32 *result) {
  const ptrdiff_t step = w->stride_across * w->channels, run = w->window_width * w->channels;
  const float32 *elements = rows.elements + line * w->stride_down * rows.row;
  for (ptrdiff_t column = 0, count; column < w->columns; column += count) {
    count = rows_of_group(w->columns - column);
#define WRITE(number)                                                          \
  write_rows(number, elements + column * step, step, w->window_height, run,    \
             w->dilation_down * rows.row, packed, nothing_ahead, bias, activation, width, \
             stride, result)
    WITH_CONSTANT(count, WRITE)
#undef WRITE
    result += count * stride;
  }
}

#endif
