#include "filter_blocks.h"
#include "window_bands.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

// So many windows are gone through at a time: what flows into their results stays in a cache while
// elements pass by, and one loop goes over them, however short their lines are.
enum { most_windows = 128 };

// Windows of a band, and what flows into their results.
typedef struct {
  const float32 *band, *flow;
  ptrdiff_t count;
  // From the results of a window to those of the next.
  ptrdiff_t filters;
  // Where each window begins in the band.
  const ptrdiff_t *places;
} flowing_windows;

// What windows add to `count` elements of a block of filters, which stand at `offsets` in a window.
STATICGRAPH_INLINE void sum_elements(const ptrdiff_t count, flowing_windows f,
                                     const ptrdiff_t *offsets, filter_block *sums) {
  filter_block kept[most_rows] = {0};
  const float32 *elements[most_rows];
  for (ptrdiff_t i = 0; i < count; i++) elements[i] = f.band + offsets[i];
  for (ptrdiff_t window = 0; window < f.count; window++, f.flow += f.filters) {
    const filter_block flow = *(const filter_block *)f.flow;
    const ptrdiff_t place = f.places[window];
    for (ptrdiff_t i = 0; i < count; i++) kept[i] += elements[i][place] * flow;
  }
  for (ptrdiff_t i = 0; i < count; i++) sums[i] = kept[i];
}

// The same for all elements of windows.
STATICGRAPH_INLINE void add_elements(const staticgraph_windows *w, flowing_windows f,
                                     ptrdiff_t filters, ptrdiff_t width, float32 *results) {
  const ptrdiff_t run = w->window_width * w->channels, patch = w->window_height * run;
  const ptrdiff_t row_step = w->dilation_down * band_columns(w) * w->channels;
  for (ptrdiff_t first = 0, count; first < patch; first += count) {
    count = rows_of_group(patch - first);
    ptrdiff_t offsets[most_rows];
    for (ptrdiff_t i = 0; i < count; i++) {
      offsets[i] = (first + i) / run * row_step + (first + i) % run;
    }
    filter_block sums[most_rows];
#define SUM(number) sum_elements(number, f, offsets, sums)
    WITH_CONSTANT(count, SUM)
#undef SUM
    for (ptrdiff_t i = 0; i < count; i++) {
      float32 *result = results + (first + i) * filters;
      filter_block old = {0};
      if (width == block_filters) {
        old = *(const filter_block *)result;
      } else {
        memcpy(&old, result, width * sizeof(float32));
      }
      store_block(old + sums[i], width, result);
    }
  }
}

// Copies a block of what flows, with zeros behind where it is not full.
STATICGRAPH_INLINE void copy_flow(const float32 *flow, ptrdiff_t windows, ptrdiff_t filters,
                                  ptrdiff_t width, float32 *target) {
  for (ptrdiff_t i = 0; i < windows; i++, flow += filters, target += block_filters) {
    memcpy(target, flow, width * sizeof(float32));
    memset(target + width, 0, (block_filters - width) * sizeof(float32));
  }
}

STATICGRAPH_CLONES
void staticgraph_blocked_filters_float32(staticgraph_windows w, staticgraph_blocked_lines part,
                                         const void *images, const void *flow, void *scratch,
                                         void *sums) {
  const ptrdiff_t row = w.stride_down * band_columns(&w) * w.channels;
  const ptrdiff_t step = w.stride_across * w.channels;
  const ptrdiff_t end = part.first_line + part.line_count, filters = part.filters;
  float32 *band = scratch;
  for (ptrdiff_t line = part.first_line, lines; line < end; line += lines) {
    const ptrdiff_t own = line % w.rows;
    lines = lines_of_band(own, w.rows, end - line, part.band_lines);
    fill_band(&w, sizeof(float32), (const float32 *)images + line / w.rows * w.image_stride, own,
              lines, band);
    const ptrdiff_t all = lines * w.columns, groups = (all + most_windows - 1) / most_windows;
    for (ptrdiff_t group = 0; group < groups; group++) {
      const ptrdiff_t first = all * group / groups, next = all * (group + 1) / groups;
      ptrdiff_t places[most_windows];
      for (ptrdiff_t i = first; i < next; i++) {
        places[i - first] = i / w.columns * row + i % w.columns * step;
      }
      for (ptrdiff_t block = part.first_block; block < part.first_block + part.block_count;
           block++) {
        const ptrdiff_t width = block_width(filters, block);
        flowing_windows f = {
            .band = band,
            .flow = (const float32 *)flow + (line * w.columns + first) * filters
                    + block * block_filters,
            .count = next - first, .filters = filters, .places = places};
        float32 copy[most_windows * block_filters];
        if (width < block_filters) {
          copy_flow(f.flow, f.count, filters, width, copy);
          f.flow = copy;
          f.filters = block_filters;
        }
        add_elements(&w, f, filters, width, (float32 *)sums + block * block_filters);
      }
    }
  }
}
