#include <string.h>

#include "windows.h"

enum {
  // Short runs are copied in whole steps, beyond their end, where the next run will stand.
  step = staticgraph_patch_slack,
  // Runs of so many bytes are worth a call.
  long_run = 512
};

STATICGRAPH_INLINE void copy_run(char *target, const char *source, size_t bytes, const char *end) {
  const size_t whole = (bytes + step - 1) / step * step;
  if (bytes >= long_run || (size_t)(end - source) < whole) {
    memcpy(target, source, bytes);
    return;
  }
  for (size_t i = 0; i < whole; i += step) memcpy(target + i, source + i, step);
}

STATICGRAPH_INLINE void clear_run(char *target, size_t bytes) {
  if (bytes >= long_run) {
    memset(target, 0, bytes);
    return;
  }
  for (size_t i = 0; i < bytes; i += step) memset(target + i, 0, step);
}

// Windows side by side, `line` being the row of windows that they are in.
STATICGRAPH_INLINE char *copy_windows(const staticgraph_windows *w, size_t element_size,
                                      const char *image, const char *end, ptrdiff_t line,
                                      ptrdiff_t first, ptrdiff_t last, ptrdiff_t window_row,
                                      ptrdiff_t window_rows, char *target) {
  const size_t pixel = w->channels * element_size;
  const size_t pixel_step = w->pixel_stride * element_size;
  const size_t run = w->window_width * pixel;
  const bool is_contiguous = w->dilation_across == 1 && w->pixel_stride == w->channels;
  const ptrdiff_t start = line * w->stride_down - w->top + window_row * w->dilation_down;
  for (ptrdiff_t x = first; x < last; x++) {
    const ptrdiff_t left = x * w->stride_across - w->left;
    const window_range inside =
        numbers_inside(left, w->dilation_across, w->window_width, w->width);
    ptrdiff_t y = start;
    for (ptrdiff_t row = 0; row < window_rows; row++, y += w->dilation_down) {
      if (y < 0 || y >= w->height || inside.first >= inside.end) {
        clear_run(target, run);
        target += run;
        continue;
      }
      const char *source = image + (y * w->width + left) * (ptrdiff_t)pixel_step;
      if (inside.first > 0) clear_run(target, inside.first * pixel);
      if (is_contiguous) {
        copy_run(target + inside.first * pixel, source + inside.first * pixel,
                 (inside.end - inside.first) * pixel, end);
      } else {
        for (ptrdiff_t i = inside.first; i < inside.end; i++) {
          copy_run(target + i * pixel,
                   source + i * w->dilation_across * (ptrdiff_t)pixel_step, pixel, end);
        }
      }
      if (inside.end < w->window_width) {
        clear_run(target + inside.end * pixel, (w->window_width - inside.end) * pixel);
      }
      target += run;
    }
  }
  return target;
}

// One element of all windows: `count` numbers of a plane.
#define COPY_ELEMENT(bits)                                                                      \
  STATICGRAPH_INLINE void copy_element_##bits(const staticgraph_windows *w,                     \
                                              const uint##bits##_t *plane, ptrdiff_t row,       \
                                              ptrdiff_t column, ptrdiff_t first, ptrdiff_t count, \
                                              uint##bits##_t *target) {                         \
    const ptrdiff_t across = w->stride_across;                                                  \
    const ptrdiff_t left = column * w->dilation_across - w->left;                               \
    const window_range inside = numbers_inside(left, across, w->columns, w->width);             \
    for (ptrdiff_t number = first; number < first + count;) {                                   \
      const ptrdiff_t line = number / w->columns, x = number % w->columns;                      \
      const ptrdiff_t rest = first + count - number;                                            \
      const ptrdiff_t end = w->columns - x < rest ? w->columns : x + rest;                      \
      const ptrdiff_t y = line * w->stride_down - w->top + row * w->dilation_down;              \
      const window_range copied =                                                               \
          y < 0 || y >= w->height ? (window_range){end, end} : clipped(inside, x, end);         \
      const uint##bits##_t *source = plane + y * w->width + left;                               \
      uint##bits##_t *to = target - x;                                                          \
      for (ptrdiff_t i = x; i < (copied.first < end ? copied.first : end); i++) to[i] = 0;      \
      if (across == 1) {                                                                        \
        for (ptrdiff_t i = copied.first; i < copied.end; i++) to[i] = source[i];                \
      } else {                                                                                  \
        for (ptrdiff_t i = copied.first; i < copied.end; i++) to[i] = source[i * across];       \
      }                                                                                         \
      for (ptrdiff_t i = copied.end; i < end; i++) to[i] = 0;                                   \
      number += end - x;                                                                        \
      target += end - x;                                                                        \
    }                                                                                           \
  }                                                                                             \
  STATICGRAPH_INLINE void copy_elements_##bits(const staticgraph_windows *w,                    \
                                               const uint##bits##_t *image, ptrdiff_t first,    \
                                               ptrdiff_t count, ptrdiff_t window_row,           \
                                               ptrdiff_t window_rows, uint##bits##_t *target) { \
    for (ptrdiff_t row = window_row; row < window_row + window_rows; row++) {                   \
      for (ptrdiff_t column = 0; column < w->window_width; column++) {                          \
        for (ptrdiff_t channel = 0; channel < w->channels; channel++, target += count) {        \
          copy_element_##bits(w, image + channel * w->channel_stride, row, column, first, count, \
                              target);                                                          \
        }                                                                                       \
      }                                                                                         \
    }                                                                                           \
  }

COPY_ELEMENT(32)
COPY_ELEMENT(64)

STATICGRAPH_CLONES
void staticgraph_patches(staticgraph_windows windows, size_t element_size, const void *images,
                         const void *end, ptrdiff_t first, ptrdiff_t count, ptrdiff_t window_row,
                         ptrdiff_t window_rows, void *patches) {
  if (!windows.channels_last) {
    if (element_size == 4) {
      copy_elements_32(&windows, images, first, count, window_row, window_rows, patches);
    } else {
      copy_elements_64(&windows, images, first, count, window_row, window_rows, patches);
    }
    return;
  }
  char *target = patches;
  for (ptrdiff_t number = first; number < first + count;) {
    const ptrdiff_t line = number / windows.columns, x = number % windows.columns;
    const ptrdiff_t rest = first + count - number;
    const ptrdiff_t last = windows.columns - x < rest ? windows.columns : x + rest;
    const char *image =
        (const char *)images + line / windows.rows * windows.image_stride * (ptrdiff_t)element_size;
    target = copy_windows(&windows, element_size, image, end, line % windows.rows, x, last,
                          window_row, window_rows, target);
    number += last - x;
  }
}
