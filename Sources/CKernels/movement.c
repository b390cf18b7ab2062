#include "staticgraph_movement.h"

#include <string.h>

#include "kernel_support.h"

// Rows of so many bytes are worth a call of memcpy.
enum { long_row = 64, tile = 16 };

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
  /* Tiles keep both the lines that are read and those that are written in the cache. */      \
  static inline void move_tiles_##bytes(staticgraph_axis rows, staticgraph_axis columns,      \
                                        const uint##bits##_t *source,                         \
                                        uint##bits##_t *target) {                             \
    const ptrdiff_t height = rows.size, width = columns.size;                                 \
    for (ptrdiff_t top = 0; top < height; top += tile) {                                      \
      const ptrdiff_t bottom = top + tile < height ? top + tile : height;                     \
      for (ptrdiff_t left = 0; left < width; left += tile) {                                  \
        const ptrdiff_t right = left + tile < width ? left + tile : width;                    \
        for (ptrdiff_t row = top; row < bottom; row++) {                                      \
          const uint##bits##_t *from = source + row * rows.source_stride;                     \
          uint##bits##_t *to = target + row * rows.target_stride;                             \
          for (ptrdiff_t column = left; column < right; column++) {                           \
            to[column * columns.target_stride] = from[column * columns.source_stride];        \
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
