#include "staticgraph_pooled.h"

#include <math.h>

#include "window_lines.h"

size_t staticgraph_pooled_scratch(staticgraph_windows windows, staticgraph_pooling pooling) {
  return block_filters * (windows.columns + pooling.down.window * pooling.across.count);
}

// A number that is none is before all others, and an element before those equal to it that follow,
// as in `staticgraph_max_pool`.
STATICGRAPH_INLINE filter_block greater(filter_block best, filter_block x) {
  const filter_block_mask is_before = (x > best) | (x != x);
  return (filter_block)((is_before & (filter_block_mask)x)
                        | (~is_before & (filter_block_mask)best));
}

// The elements of a window that lie in the image, along one axis: where they begin, and how many.
STATICGRAPH_INLINE window_range covered(staticgraph_window_axis axis, ptrdiff_t number) {
  const ptrdiff_t start = number * (ptrdiff_t)axis.stride - (ptrdiff_t)axis.before;
  const window_range range = numbers_inside(start, 1, axis.window, axis.size);
  return (window_range){start + range.first, start + range.end};
}

// The greatest of `count` vectors, `step` apart.
STATICGRAPH_INLINE filter_block greatest(const ptrdiff_t count, const filter_block *x,
                                         ptrdiff_t step) {
  filter_block best = x[0];
  for (ptrdiff_t i = 1; i < count; i++) best = greater(best, x[i * step]);
  return best;
}

// The greatest elements of what each window of `taps` columns covers of a line.
STATICGRAPH_INLINE void fold_line(const ptrdiff_t taps, staticgraph_window_axis across,
                                  const filter_block *line, filter_block *result) {
  for (ptrdiff_t column = 0; column < (ptrdiff_t)across.count; column++) {
    const window_range range = covered(across, column);
    const ptrdiff_t count = range.end - range.first;
    if (count == taps) {
      result[column] = greatest(taps, line + range.first, 1);
    } else {
      result[column] = greatest(count, line + range.first, 1);
    }
  }
}

// The greatest elements of windows from those of `count` lines.
STATICGRAPH_INLINE void fold_lines(const ptrdiff_t count, const filter_block *kept,
                                   ptrdiff_t columns, ptrdiff_t width, ptrdiff_t stride,
                                   float32 *result) {
  for (ptrdiff_t column = 0; column < columns; column++, result += stride) {
    store_block(greatest(count, kept + column, columns), width, result);
  }
}

// Vectors are passed between functions that are compiled for the same processor alone.
STATICGRAPH_INLINE void pooled_windows(const staticgraph_windows *w, const staticgraph_pooling *p,
                                       const staticgraph_blocked_lines *part,
                                       const float32 *images, const float32 *packed,
                                       staticgraph_completion completion, float32 *scratch,
                                       float32 *results) {
  const ptrdiff_t patch = w->window_height * w->window_width * w->channels;
  const ptrdiff_t end = part->first_line + part->line_count, stride = part->result_stride;
  const ptrdiff_t pooled_rows = p->down.count, columns = p->across.count;
  filter_block *line = (filter_block *)scratch, *kept = line + w->columns;
  float32 *band = (float32 *)(kept + p->down.window * columns);
  for (ptrdiff_t first = part->first_line, count; first < end; first += count) {
    const ptrdiff_t own = first % pooled_rows;
    count = lines_of_band(own, pooled_rows, end - first, part->band_lines);
    const ptrdiff_t top = covered(p->down, own).first;
    const ptrdiff_t bottom = covered(p->down, own + count - 1).end;
    const covered_rows rows = rows_of_lines(w, images + first / pooled_rows * w->image_stride, top,
                                            bottom - top, band);
    for (ptrdiff_t block = part->first_block; block < part->first_block + part->block_count;
         block++) {
      const ptrdiff_t width = block_width(part->filters, block);
      const filter_block bias = block_bias(completion, block, width);
      float32 *result =
          results + first * columns * stride + block * block_filters;
      // The lines that are kept, from `begin` up to `next`.
      ptrdiff_t begin = top, next = top;
      for (ptrdiff_t i = 0; i < count; i++, result += columns * stride) {
        const window_range lines = covered(p->down, own + i);
        // Lines that the window before covers, too.
        const ptrdiff_t again = next > lines.first ? next - lines.first : 0;
        memmove(kept, kept + (lines.first - begin) * columns, again * columns * sizeof *kept);
        begin = lines.first;
        for (next = lines.first + again; next < lines.end; next++) {
          line_of_windows(w, rows, next - top, packed + block * patch * block_filters, bias,
                          completion.activation, block_filters, block_filters, (float32 *)line);
#define FOLD(taps) fold_line(taps, p->across, line, kept + (next - lines.first) * columns)
          WITH_CONSTANT(p->across.window, FOLD)
#undef FOLD
        }
#define FOLD(taps) fold_lines(taps, kept, columns, width, stride, result)
        WITH_CONSTANT(lines.end - lines.first, FOLD)
#undef FOLD
      }
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_pooled_windows_float32(staticgraph_windows windows, staticgraph_pooling pooling,
                                        staticgraph_blocked_lines lines, const void *images,
                                        const void *packed, staticgraph_completion completion,
                                        void *scratch, void *result) {
  pooled_windows(&windows, &pooling, &lines, images, packed, completion, scratch, result);
}
