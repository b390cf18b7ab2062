#include "kernel_support.h"

// Many running sums within a block, the sums of blocks added in wider arithmetic: the order is
// the same for every instruction set, and the error does not grow with the number of blocks.
// Columns are added a slab at a time, whose sums stay in the first-level cache.
enum { shortest_row = 12, short_row = 64, row_block = 4096, slab = 256, column_block = 64 };

// Elements are read as `element`, added as `sum` within a block and as `wide` between blocks.
#define DEFINE_ROW_BLOCK(name, lanes, element, sum, wide)                                   \
  __attribute__((always_inline)) static inline wide block_of_##name##_##lanes(              \
      size_t count, const element *x) {                                                     \
    sum sums[lanes] = {0};                                                                  \
    size_t i = 0;                                                                           \
    for (; i + lanes <= count; i += lanes) {                                                \
      for (size_t lane = 0; lane < lanes; lane++) sums[lane] += x[i + lane];                \
    }                                                                                       \
    for (size_t lane = 0; i + lane < count; lane++) sums[lane] += x[i + lane];              \
    for (size_t width = lanes / 2; width > 0; width /= 2) {                                 \
      for (size_t lane = 0; lane < width; lane++) sums[lane] += sums[lane + width];         \
    }                                                                                       \
    return (wide)sums[0];                                                                   \
  }

#define DEFINE_ROW(name, element, wide)                                                     \
  __attribute__((always_inline)) static inline wide row_of_##name(size_t count,             \
                                                                  const element *x) {       \
    wide total = 0;                                                                         \
    if (count < shortest_row) {                                                             \
      for (size_t i = 0; i < count; i++) total += x[i];                                     \
    } else if (count < short_row) {                                                         \
      total = block_of_##name##_8(count, x);                                                \
    } else {                                                                                \
      for (size_t start = 0; start < count; start += row_block) {                           \
        const size_t left = count - start;                                                  \
        total += block_of_##name##_64(left < row_block ? left : row_block, x + start);      \
      }                                                                                     \
    }                                                                                       \
    return total;                                                                           \
  }

// Adds up to a slab of columns to `totals`.
#define DEFINE_SLAB(name, element, sum, wide)                                               \
  __attribute__((always_inline)) static inline void slab_of_##name(                         \
      size_t rows, size_t columns, size_t stride, const element *x, wide *totals) {         \
    for (size_t start = 0; start < rows; start += column_block) {                           \
      const size_t end = rows - start < column_block ? rows : start + column_block;         \
      sum sums[slab];                                                                       \
      for (size_t i = 0; i < columns; i++) sums[i] = 0;                                     \
      for (size_t row = start; row < end; row++) {                                          \
        const element *source = x + row * stride;                                           \
        for (size_t i = 0; i < columns; i++) sums[i] += source[i];                          \
      }                                                                                     \
      for (size_t i = 0; i < columns; i++) totals[i] += sums[i];                            \
    }                                                                                       \
  }

// Results are kept as `kept`. Several short rows in a sequence are added as one long row, whose
// parts are added in the end.
#define DEFINE_SUM(name, element, sum, wide, kept)                                          \
  DEFINE_ROW_BLOCK(name, 8, element, sum, wide)                                             \
  DEFINE_ROW_BLOCK(name, 64, element, sum, wide)                                            \
  DEFINE_ROW(name, element, wide)                                                           \
  DEFINE_SLAB(name, element, sum, wide)                                                     \
                                                                                            \
  STATICGRAPH_CLONES                                                                        \
  void staticgraph_##name##_rows(size_t rows, size_t columns, size_t stride,                \
                                 const void *x_memory, void *result_memory) {               \
    const element *x = x_memory;                                                            \
    kept *result = result_memory;                                                           \
    for (size_t row = 0; row < rows; row++) {                                               \
      result[row] = (kept)(result[row] + row_of_##name(columns, x + row * stride));         \
    }                                                                                       \
  }                                                                                         \
                                                                                            \
  STATICGRAPH_CLONES                                                                        \
  void staticgraph_##name##_columns(size_t rows, size_t columns, size_t stride,             \
                                    const void *x_memory, void *result_memory) {            \
    const element *x = x_memory;                                                            \
    kept *result = result_memory;                                                           \
    const size_t group = stride == columns && columns < slab / 2 ? slab / columns : 1;      \
    for (size_t column = 0; column < columns; column += slab) {                             \
      const size_t width = columns - column < slab ? columns - column : slab;               \
      const size_t long_rows = rows / group;                                                \
      wide totals[slab] = {0};                                                              \
      slab_of_##name(long_rows, width * group, stride * group, x + column, totals);         \
      for (size_t part = 1; part < group; part++) {                                         \
        for (size_t i = 0; i < width; i++) totals[i] += totals[part * width + i];           \
      }                                                                                     \
      slab_of_##name(rows - long_rows * group, width, stride,                               \
                     x + long_rows * group * stride + column, totals);                      \
      for (size_t i = 0; i < width; i++) {                                                  \
        result[column + i] = (kept)(result[column + i] + totals[i]);                        \
      }                                                                                     \
    }                                                                                       \
  }

DEFINE_SUM(sum_float32, float32, float32, double, float32)
DEFINE_SUM(sum_float64, float64, float64, double, float64)
// Sums of integers wrap; those of signed ones are the same bits, added as unsigned ones.
DEFINE_SUM(sum_int32, uint32_t, uint32_t, uint32_t, uint32_t)
DEFINE_SUM(sum_int64, uint64_t, uint64_t, uint64_t, uint64_t)
DEFINE_SUM(sum_uint8, uint8_t, uint32_t, uint32_t, uint8_t)
// Sums of which none wraps, for means.
DEFINE_SUM(wide_sum_int32, int32, int64, int64, int64)
DEFINE_SUM(wide_sum_uint8, uint8, uint32_t, uint64_t, uint64_t)

// The mean of nothing is no number; integers, which have none such, give 0.
#define DEFINE_MEAN(type, kept, least)                                                     \
  STATICGRAPH_CLONES                                                                       \
  void staticgraph_mean_##type(size_t count, size_t folded_count, const void *sum_memory, \
                               void *result_memory) {                                      \
    const kept *sums = sum_memory;                                                         \
    const kept divisor = (kept)(folded_count > least ? folded_count : least);              \
    type *result = result_memory;                                                          \
    for (size_t i = 0; i < count; i++) result[i] = (type)(sums[i] / divisor);              \
  }

DEFINE_MEAN(float32, float32, 0)
DEFINE_MEAN(float64, float64, 0)
DEFINE_MEAN(int32, int64, 1)
DEFINE_MEAN(int64, int64, 1)
DEFINE_MEAN(uint8, uint64_t, 1)
