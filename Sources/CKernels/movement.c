#include "staticgraph_movement.h"

#include <string.h>

#include "kernel_support.h"

// Rows of so many bytes are worth a call of memcpy.
enum { long_row = 64, tile = 16, thin = 8, part = 1024 };

#define MOVE(bits, bytes)                                                                     \
  static inline void move_row_##bytes(staticgraph_axis columns, const uint##bits##_t *source, \
                                      uint##bits##_t *target) {                               \
    const ptrdiff_t size = columns.size;                                                      \
    const ptrdiff_t from = columns.source_stride, to = columns.target_stride;                 \
    if (to != 1) {                                                                            \
      for (ptrdiff_t i = 0; i < size; i++) target[i * to] = source[i * from];                 \
    } else if (from == 0) {                                                                   \
      const uint##bits##_t element = *source;                                                 \
      for (ptrdiff_t i = 0; i < size; i++) target[i] = element;                               \
    } else if (from == -1) {                                                                  \
      for (ptrdiff_t i = 0; i < size; i++) target[i] = source[-i];                            \
    } else if (from != 1) {                                                                   \
      for (ptrdiff_t i = 0; i < size; i++) target[i] = source[i * from];                      \
    } else if (size * bytes >= long_row) {                                                    \
      memcpy(target, source, size * bytes);                                                   \
    } else {                                                                                  \
      for (ptrdiff_t i = 0; i < size; i++) target[i] = source[i];                             \
    }                                                                                         \
  }                                                                                           \
  /* A tile whose rows are contiguous in the source, and whose columns are in the target. Each */ \
  /* line of either is touched once, so that lines that fall on each other do no harm.         */ \
  static inline void turn_tile_##bytes(ptrdiff_t source_stride, ptrdiff_t target_stride,      \
                                       const uint##bits##_t *source,                          \
                                       uint##bits##_t *target) {                              \
    uint##bits##_t buffer[tile][tile];                                                        \
    for (ptrdiff_t column = 0; column < tile; column++) {                                     \
      memcpy(buffer[column], source + column * source_stride, sizeof buffer[column]);         \
    }                                                                                         \
    for (ptrdiff_t row = 0; row < tile; row++) {                                              \
      uint##bits##_t line[tile];                                                              \
      for (ptrdiff_t column = 0; column < tile; column++) line[column] = buffer[column][row]; \
      memcpy(target + row * target_stride, line, sizeof line);                                \
    }                                                                                         \
  }                                                                                           \
  static inline void move_tiles_##bytes(staticgraph_axis rows, staticgraph_axis columns,      \
                                        const uint##bits##_t *source,                         \
                                        uint##bits##_t *target) {                             \
    const ptrdiff_t height = rows.size, width = columns.size;                                 \
    const bool is_plain = rows.source_stride == 1 && columns.target_stride == 1;              \
    if (height < thin || width < thin) {                                                      \
      /* Few long lines, as the channels of an image: the longer axis is the inner one. */    \
      const staticgraph_axis inner = height < width ? columns : rows;                         \
      const staticgraph_axis outer = height < width ? rows : columns;                         \
      for (ptrdiff_t start = 0; start < (ptrdiff_t)inner.size; start += part) {               \
        const ptrdiff_t rest = (ptrdiff_t)inner.size - start;                                 \
        for (ptrdiff_t line = 0; line < (ptrdiff_t)outer.size; line++) {                      \
          move_row_##bytes(                                                                   \
              (staticgraph_axis){rest < part ? rest : part, inner.source_stride,              \
                                 inner.target_stride},                                        \
              source + line * outer.source_stride + start * inner.source_stride,              \
              target + line * outer.target_stride + start * inner.target_stride);             \
        }                                                                                     \
      }                                                                                       \
      return;                                                                                 \
    }                                                                                         \
    for (ptrdiff_t top = 0; top < height; top += tile) {                                      \
      const ptrdiff_t bottom = top + tile < height ? top + tile : height;                     \
      for (ptrdiff_t left = 0; left < width; left += tile) {                                  \
        const ptrdiff_t right = left + tile < width ? left + tile : width;                    \
        const uint##bits##_t *from =                                                          \
            source + top * rows.source_stride + left * columns.source_stride;                 \
        uint##bits##_t *to = target + top * rows.target_stride + left * columns.target_stride; \
        if (is_plain && bottom - top == tile && right - left == tile) {                       \
          turn_tile_##bytes(columns.source_stride, rows.target_stride, from, to);             \
          continue;                                                                           \
        }                                                                                     \
        for (ptrdiff_t row = 0; row < bottom - top; row++) {                                  \
          for (ptrdiff_t column = 0; column < right - left; column++) {                       \
            to[row * rows.target_stride + column * columns.target_stride] =                   \
                from[row * rows.source_stride + column * columns.source_stride];              \
          }                                                                                   \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
  }                                                                                           \
  STATICGRAPH_CLONES                                                                          \
  void staticgraph_move_##bytes(staticgraph_axis planes, staticgraph_axis rows,               \
                                staticgraph_axis columns, const void *source, void *target) { \
    const bool turns = columns.source_stride != 1 && columns.source_stride != 0 &&            \
                       (rows.source_stride == 1 || rows.source_stride == -1) &&               \
                       rows.size > 1 && columns.size > 1;                                     \
    for (size_t plane = 0; plane < planes.size; plane++) {                                    \
      const uint##bits##_t *from =                                                            \
          (const uint##bits##_t *)source + (ptrdiff_t)plane * planes.source_stride;           \
      uint##bits##_t *to = (uint##bits##_t *)target + (ptrdiff_t)plane * planes.target_stride; \
      if (turns) {                                                                            \
        move_tiles_##bytes(rows, columns, from, to);                                          \
        continue;                                                                             \
      }                                                                                       \
      for (size_t row = 0; row < rows.size; row++) {                                          \
        move_row_##bytes(columns, from + (ptrdiff_t)row * rows.source_stride,                 \
                         to + (ptrdiff_t)row * rows.target_stride);                           \
      }                                                                                       \
    }                                                                                         \
  }

MOVE(8, 1)
MOVE(16, 2)
MOVE(32, 4)
MOVE(64, 8)

// Integers are added without a sign, so that an overflow wraps.
#define MOVE_ADDING(type, number)                                                              \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_move_adding_##type(staticgraph_axis planes, staticgraph_axis rows,          \
                                      staticgraph_axis columns, const void *source,            \
                                      void *target) {                                          \
    const ptrdiff_t from = columns.source_stride, to = columns.target_stride;                  \
    for (size_t plane = 0; plane < planes.size; plane++) {                                     \
      for (size_t row = 0; row < rows.size; row++) {                                           \
        const number *x = (const number *)source + (ptrdiff_t)plane * planes.source_stride +   \
                          (ptrdiff_t)row * rows.source_stride;                                 \
        number *result = (number *)target + (ptrdiff_t)plane * planes.target_stride +          \
                         (ptrdiff_t)row * rows.target_stride;                                  \
        if (from == 1 && to == 1) {                                                            \
          for (size_t i = 0; i < columns.size; i++) result[i] += x[i];                         \
        } else {                                                                               \
          for (ptrdiff_t i = 0; i < (ptrdiff_t)columns.size; i++) result[i * to] += x[i * from]; \
        }                                                                                      \
      }                                                                                        \
    }                                                                                          \
  }

MOVE_ADDING(float32, float)
MOVE_ADDING(float64, double)
MOVE_ADDING(int32, uint32_t)
MOVE_ADDING(int64, uint64_t)
MOVE_ADDING(uint8, uint8_t)
