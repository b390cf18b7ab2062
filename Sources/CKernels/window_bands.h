// Bands: the parts of images that lines of windows cover, with zeros beyond the border.
#ifndef STATICGRAPH_WINDOW_BANDS_H
#define STATICGRAPH_WINDOW_BANDS_H

#include <string.h>

#include "windows.h"

// The pixels of a row of a band.
STATICGRAPH_INLINE ptrdiff_t band_columns(const staticgraph_windows *w) {
  return (w->columns - 1) * w->stride_across + w->window_width;
}

// Copies the part of an image that lines of windows cover.
STATICGRAPH_INLINE void fill_band(const staticgraph_windows *w, size_t element_size,
                                  const void *image, ptrdiff_t line, ptrdiff_t lines,
                                  void *memory) {
  const ptrdiff_t columns = band_columns(w), pixel = w->channels * (ptrdiff_t)element_size;
  const ptrdiff_t rows =
      (lines - 1) * w->stride_down + (w->window_height - 1) * w->dilation_down + 1;
  const window_range inside = numbers_inside(-w->left, 1, columns, w->width);
  char *band = memory;
  for (ptrdiff_t row = 0; row < rows; row++, band += columns * pixel) {
    const ptrdiff_t y = line * w->stride_down - w->top + row;
    if (y < 0 || y >= w->height || inside.first >= inside.end) {
      memset(band, 0, columns * pixel);
      continue;
    }
    const char *source = (const char *)image + (y * w->width - w->left) * pixel;
    memset(band, 0, inside.first * pixel);
    memcpy(band + inside.first * pixel, source + inside.first * pixel,
           (inside.end - inside.first) * pixel);
    memset(band + inside.end * pixel, 0, (columns - inside.end) * pixel);
  }
}

// How many lines are done next, where `rest` are left: those of a band, of one image.
STATICGRAPH_INLINE ptrdiff_t lines_of_band(ptrdiff_t own, ptrdiff_t rows, ptrdiff_t rest,
                                           ptrdiff_t most) {
  const ptrdiff_t lines = rows - own < most ? rows - own : most;
  return lines < rest ? lines : rest;
}

#endif
