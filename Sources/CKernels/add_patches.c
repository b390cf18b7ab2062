#include "windows.h"

// Windows side by side, whose patches follow each other.
#define ADD_WINDOWS(type)                                                                       \
  STATICGRAPH_INLINE const type *add_windows_##type(                                            \
      const staticgraph_windows *w, const type *patch, ptrdiff_t line, ptrdiff_t first,         \
      ptrdiff_t last, ptrdiff_t window_row, ptrdiff_t window_rows, type *image) {               \
    const ptrdiff_t channels = w->channels;                                                     \
    const bool is_contiguous = w->dilation_across == 1 && w->pixel_stride == channels;          \
    const ptrdiff_t start = line * w->stride_down - w->top + window_row * w->dilation_down;     \
    for (ptrdiff_t x = first; x < last; x++) {                                                  \
      const ptrdiff_t left = x * w->stride_across - w->left;                                    \
      const window_range inside =                                                               \
          numbers_inside(left, w->dilation_across, w->window_width, w->width);                  \
      ptrdiff_t y = start;                                                                      \
      for (ptrdiff_t row = 0; row < window_rows; row++, y += w->dilation_down) {                \
        type *target = image + (y * w->width + left) * w->pixel_stride;                         \
        if (is_contiguous) {                                                                    \
          const ptrdiff_t end = inside.end * channels;                                          \
          for (ptrdiff_t i = inside.first * channels; i < end; i++) target[i] += patch[i];      \
        } else {                                                                                \
          for (ptrdiff_t column = inside.first; column < inside.end; column++) {                \
            type *pixel = target + column * w->dilation_across * w->pixel_stride;               \
            const type *added = patch + column * channels;                                      \
            for (ptrdiff_t i = 0; i < channels; i++) pixel[i] += added[i];                      \
          }                                                                                     \
        }                                                                                       \
        patch += w->window_width * channels;                                                    \
      }                                                                                         \
    }                                                                                           \
    return patch;                                                                               \
  }                                                                                             \
  /* One element of all windows, `count` numbers that go to a plane. */                         \
  STATICGRAPH_INLINE void add_element_##type(const staticgraph_windows *w, const type *patch,   \
                                             ptrdiff_t row, ptrdiff_t column, ptrdiff_t first,  \
                                             ptrdiff_t count, type *plane) {                    \
    const ptrdiff_t across = w->stride_across;                                                  \
    const ptrdiff_t left = column * w->dilation_across - w->left;                               \
    const window_range inside = numbers_inside(left, across, w->columns, w->width);             \
    for (ptrdiff_t number = first; number < first + count;) {                                   \
      const ptrdiff_t line = number / w->columns, x = number % w->columns;                      \
      const ptrdiff_t rest = first + count - number;                                            \
      const ptrdiff_t end = w->columns - x < rest ? w->columns : x + rest;                      \
      const ptrdiff_t y = line * w->stride_down - w->top + row * w->dilation_down;              \
      const window_range added = clipped(inside, x, end);                                       \
      type *target = plane + y * w->width + left;                                               \
      const type *source = patch - x;                                                           \
      if (across == 1) {                                                                        \
        for (ptrdiff_t i = added.first; i < added.end; i++) target[i] += source[i];             \
      } else {                                                                                  \
        for (ptrdiff_t i = added.first; i < added.end; i++) target[i * across] += source[i];    \
      }                                                                                         \
      number += end - x;                                                                        \
      patch += end - x;                                                                         \
    }                                                                                           \
  }                                                                                             \
  STATICGRAPH_CLONES                                                                            \
  void staticgraph_add_patches_##type(staticgraph_windows windows, const void *patches,         \
                                      ptrdiff_t first, ptrdiff_t count, ptrdiff_t window_row,   \
                                      ptrdiff_t window_rows, void *images) {                    \
    const type *patch = patches;                                                                \
    if (!windows.channels_last) {                                                               \
      for (ptrdiff_t row = window_row; row < window_row + window_rows; row++) {                 \
        for (ptrdiff_t column = 0; column < windows.window_width; column++) {                   \
          for (ptrdiff_t channel = 0; channel < windows.channels; channel++, patch += count) {  \
            add_element_##type(&windows, patch, row, column, first, count,                      \
                               (type *)images + channel * windows.channel_stride);              \
          }                                                                                     \
        }                                                                                       \
      }                                                                                         \
      return;                                                                                   \
    }                                                                                           \
    for (ptrdiff_t number = first; number < first + count;) {                                   \
      const ptrdiff_t line = number / windows.columns, x = number % windows.columns;            \
      const ptrdiff_t rest = first + count - number;                                            \
      const ptrdiff_t last = windows.columns - x < rest ? windows.columns : x + rest;           \
      type *image = (type *)images + line / windows.rows * windows.image_stride;                \
      patch = add_windows_##type(&windows, patch, line % windows.rows, x, last, window_row,     \
                                 window_rows, image);                                           \
      number += last - x;                                                                       \
    }                                                                                           \
  }

ADD_WINDOWS(float32)
ADD_WINDOWS(float64)
