#include <string.h>

#include "kernel_support.h"

#define EXPAND(bits)                                                                      \
  {                                                                                       \
    const uint##bits##_t *xs = x;                                                         \
    uint##bits##_t *target = result;                                                      \
    for (size_t row = 0; row < rows; row++, xs += row_stride, target += columns) {        \
      if (is_scalar) {                                                                    \
        const uint##bits##_t element = *xs;                                               \
        for (size_t i = 0; i < columns; i++) target[i] = element;                         \
      } else {                                                                            \
        for (size_t i = 0; i < columns; i++) target[i] = xs[i];                           \
      }                                                                                   \
    }                                                                                     \
  }

STATICGRAPH_CLONES
void staticgraph_expand(size_t rows, size_t columns, size_t element_size, const void *x,
                        size_t row_stride, bool is_scalar, void *result) {
  if (element_size == 1) EXPAND(8)
  else if (element_size == 2) EXPAND(16)
  else if (element_size == 4) EXPAND(32)
  else EXPAND(64)
}

// Rows from this length on are worth a call of their own.
enum { long_row = 128, tile_elements = 1024, widest_element = 8 };

typedef struct {
  const char *memory;
  size_t row_stride;
  bool is_scalar;
  // Whether the rows follow each other without a gap, or the same element stands everywhere.
  bool is_plain;
  // Whether every row is the same.
  bool is_periodic;
} operand;

static operand make_operand(const void *memory, size_t row_stride, bool is_scalar,
                            size_t columns) {
  const bool is_plain = is_scalar ? row_stride == 0 : row_stride == columns;
  return (operand){memory, row_stride, is_scalar, is_plain, row_stride == 0};
}

// The rows of an operand from `row` on, one after the other: in place, or expanded into `tile`.
static const void *tile_of(const operand *source, size_t row, size_t rows, size_t columns,
                           size_t element_size, char *tile) {
  const char *start = source->memory + row * source->row_stride * element_size;
  if (source->is_plain) return start;
  // All tiles of an operand whose rows are equal are the same but for their length.
  if (source->is_periodic && row > 0) return tile;
  staticgraph_expand(rows, columns, element_size, start, source->row_stride, source->is_scalar,
                     tile);
  return tile;
}

void staticgraph_binary_rows(staticgraph_binary loop, size_t rows, size_t columns,
                             size_t element_size, size_t result_element_size, const void *x,
                             size_t x_row_stride, bool x_is_scalar, const void *y,
                             size_t y_row_stride, bool y_is_scalar, void *result) {
  const operand left = make_operand(x, x_row_stride, x_is_scalar, columns);
  const operand right = make_operand(y, y_row_stride, y_is_scalar, columns);
  if (rows == 1 || columns >= long_row) {
    for (size_t row = 0; row < rows; row++) {
      loop(columns, left.memory + row * x_row_stride * element_size, x_is_scalar,
           right.memory + row * y_row_stride * element_size, y_is_scalar,
           (char *)result + row * columns * result_element_size);
    }
    return;
  }
  _Alignas(64) char left_tile[tile_elements * widest_element];
  _Alignas(64) char right_tile[tile_elements * widest_element];
  const size_t tile_rows = tile_elements / columns;
  for (size_t row = 0; row < rows; row += tile_rows) {
    const size_t part = rows - row < tile_rows ? rows - row : tile_rows;
    loop(part * columns, tile_of(&left, row, part, columns, element_size, left_tile),
         left.is_plain && x_is_scalar,
         tile_of(&right, row, part, columns, element_size, right_tile),
         right.is_plain && y_is_scalar, (char *)result + row * columns * result_element_size);
  }
}
