// How the loops over windows walk an image, and the vectors that they keep running results in.
#ifndef STATICGRAPH_POOLING_LINES_H
#define STATICGRAPH_POOLING_LINES_H

#include <string.h>

#include "kernel_support.h"
#include "staticgraph_pooling.h"

// Everything that passes vectors is inlined, so that it does not matter how they would be passed.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE __attribute__((always_inline, unused)) static inline

// The bytes of a long vector and of a short one.
enum { long_size = 64, short_size = 16 };

// The elements of a window that lie in the image, along one axis.
typedef struct {
  size_t position;
  size_t count;
} taps;

INLINE taps taps_inside(staticgraph_window_axis axis, size_t number) {
  const ptrdiff_t start = (ptrdiff_t)(number * axis.stride) - (ptrdiff_t)axis.before;
  const ptrdiff_t first = start < 0 ? 0 : start;
  const ptrdiff_t after = start + (ptrdiff_t)axis.window;
  const ptrdiff_t end = after < (ptrdiff_t)axis.size ? after : (ptrdiff_t)axis.size;
  return (taps){(size_t)first, end > first ? (size_t)(end - first) : 0};
}

// Elements that are folded alike, each `step` elements of the image after the one before: the
// channels of one window, or windows side by side of an image of one channel.
typedef struct {
  size_t count, step;
  size_t windows;
  size_t rows, columns;
  size_t row_stride, column_stride;
  size_t image, result;
  // The rows of the window, of those in the image, to which a part gives back.
  size_t first_own, end_own;
} line;

INLINE line line_at(staticgraph_pooling p, staticgraph_pooling_part part, taps down, size_t row,
                    size_t column) {
  const taps across = taps_inside(p.across, column);
  line l = {
      .first_own = 0, .end_own = down.count,
      .count = part.end_channel - part.first_channel, .step = 1, .windows = 1,
      .rows = down.count, .columns = across.count,
      .row_stride = p.across.size * p.channels, .column_stride = p.channels,
      .image = (down.position * p.across.size + across.position) * p.channels
               + part.first_channel,
      .result = (row * p.across.count + column) * p.channels + part.first_channel};
  if (p.channels == 1 && across.count == p.across.window) {
    const size_t room = p.across.size + p.across.before - p.across.window;
    const size_t last = room / p.across.stride;
    l.windows = (last < p.across.count ? last + 1 : p.across.count) - column;
    l.count = l.windows;
    l.step = p.across.stride;
  }
  return l;
}

// Where the rows of the image begin that belong to the windows from one row of them on.
INLINE size_t first_image_row(staticgraph_window_axis axis, size_t row) {
  if (row == 0) return 0;
  if (row >= axis.count) return axis.size;
  const size_t start = row * axis.stride;
  const size_t inside = start < axis.before ? 0 : start - axis.before;
  return inside < axis.size ? inside : axis.size;
}

// Vectors of elements and of what comparing them gives, and how memory becomes one and back:
// `width` elements, `step` apart, of which a vector holds `lanes`.
#define DEFINE_VECTOR(type, mask, name, size)                                                 \
  typedef type type##_##name __attribute__((vector_size(size)));                              \
  typedef mask type##_##name##_mask __attribute__((vector_size(size)));                       \
                                                                                              \
  INLINE type##_##name load_##type##_##name(size_t width, size_t step, const type *x) {       \
    type##_##name v = {0};                                                                    \
    if (width == size / sizeof(type) && step == 1) {                                          \
      memcpy(&v, x, size);                                                                    \
    } else {                                                                                  \
      for (size_t lane = 0; lane < size / sizeof(type); lane++) {                             \
        if (lane < width) v[lane] = x[lane * step];                                           \
      }                                                                                       \
    }                                                                                         \
    return v;                                                                                 \
  }                                                                                           \
                                                                                              \
  INLINE void store_##type##_##name(size_t width, size_t step, type##_##name v, type *x) {    \
    if (width == size / sizeof(type) && step == 1) {                                          \
      memcpy(x, &v, size);                                                                    \
    } else {                                                                                  \
      for (size_t lane = 0; lane < size / sizeof(type); lane++) {                             \
        if (lane < width) x[lane * step] = v[lane];                                           \
      }                                                                                       \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  INLINE type##_##name choose_##type##_##name(type##_##name##_mask which, type##_##name x,    \
                                              type##_##name y) {                              \
    return (type##_##name)((which & (type##_##name##_mask)x)                                  \
                           | (~which & (type##_##name##_mask)y));                             \
  }

#define FOR_EACH_TAP                                                   \
  for (size_t tap_row = 0; tap_row < l.rows; tap_row++)                \
    for (size_t place = tap_row * l.row_stride,                        \
                end = place + l.columns * l.column_stride;             \
         place < end; place += l.column_stride)

#define IS_OWN_TAP (tap_row >= l.first_own && tap_row < l.end_own)

// The parts of a line, then the lines of some rows of windows. `OTHER` and `RESULT` say whether
// what stands beside the image, and what is written, is an image too, or an element a window.
#define IN_IMAGE (l.image + i * step)
#define IN_WINDOWS (l.result + i)

#define DEFINE_LINES(operation, type, OTHER, RESULT)                                          \
  INLINE void operation##_line_##type(size_t step, line l, const type *x, const type *other,  \
                                      type *result) {                                         \
    const size_t wide = long_size / sizeof(type), narrow = short_size / sizeof(type);         \
    size_t i = 0;                                                                             \
    for (; step == 1 && i + wide <= l.count; i += wide) {                                     \
      operation##_part_##type##_long(wide, step, l, x + IN_IMAGE, other + OTHER,              \
                                     result + RESULT);                                        \
    }                                                                                         \
    for (; i + narrow <= l.count; i += narrow) {                                              \
      operation##_part_##type##_short(narrow, step, l, x + IN_IMAGE, other + OTHER,           \
                                      result + RESULT);                                       \
    }                                                                                         \
    if (i < l.count) {                                                                        \
      operation##_part_##type##_short(l.count - i, step, l, x + IN_IMAGE, other + OTHER,      \
                                      result + RESULT);                                       \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  INLINE void operation##_rows_##type(staticgraph_pooling p, staticgraph_pooling_part part,   \
                                      size_t first_row, size_t first_own, size_t end_own,     \
                                      const type *x, const type *other, type *result) {       \
    for (size_t row = first_row; row < part.end_row; row++) {                                 \
      const taps down = taps_inside(p.down, row);                                             \
      for (size_t column = 0; column < p.across.count;) {                                     \
        line l = line_at(p, part, down, row, column);                                         \
        l.first_own = first_own > down.position ? first_own - down.position : 0;              \
        l.end_own = end_own > down.position ? end_own - down.position : 0;                    \
        if (l.step == 1) {                                                                    \
          operation##_line_##type(1, l, x, other, result);                                    \
        } else {                                                                              \
          operation##_line_##type(l.step, l, x, other, result);                               \
        }                                                                                     \
        column += l.windows;                                                                  \
      }                                                                                       \
    }                                                                                         \
  }

// Zeros where a part gives back.
#define DEFINE_CLEAR(type)                                                                    \
  INLINE void clear_##type(staticgraph_pooling p, staticgraph_pooling_part part, type *image) { \
    const size_t end = first_image_row(p.down, part.end_row) * p.across.size;                 \
    size_t place = first_image_row(p.down, part.first_row) * p.across.size;                   \
    for (; place < end; place++) {                                                            \
      type *channels = image + place * p.channels;                                            \
      for (size_t c = part.first_channel; c < part.end_channel; c++) channels[c] = 0;         \
    }                                                                                         \
  }

#define DEFINE_FOLD(operation, type)                                                          \
  STATICGRAPH_CLONES                                                                          \
  void staticgraph_##operation##_##type(staticgraph_pooling pooling,                          \
                                        staticgraph_pooling_part part, const void *image,     \
                                        const void *other, void *result) {                    \
    operation##_rows_##type(pooling, part, part.first_row, 0, pooling.down.size, image, other, \
                            result);                                                          \
  }

// Windows of rows before the part's reach into the rows of the image that are its own; theirs
// come first, as where one part has all rows.
#define DEFINE_GIVING_BACK(operation, type)                                                   \
  STATICGRAPH_CLONES                                                                          \
  void staticgraph_##operation##_##type(staticgraph_pooling pooling,                          \
                                        staticgraph_pooling_part part, const void *image,     \
                                        const void *other, void *result) {                    \
    clear_##type(pooling, part, result);                                                      \
    const size_t before = (pooling.down.window - 1) / pooling.down.stride;                    \
    operation##_rows_##type(pooling, part,                                                    \
                            part.first_row > before ? part.first_row - before : 0,            \
                            first_image_row(pooling.down, part.first_row),                    \
                            first_image_row(pooling.down, part.end_row), image, other,        \
                            result);                                                          \
  }

#endif
