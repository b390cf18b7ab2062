#include "transposition.h"
#include "window_lines.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

// Vectors are passed between functions that are compiled for the same processor alone.
STATICGRAPH_INLINE void blocked_windows(const staticgraph_windows *w,
                                        const staticgraph_blocked_lines *part,
                                        const float32 *images, const float32 *packed,
                                        staticgraph_completion completion, float32 *band,
                                        float32 *results) {
  const ptrdiff_t patch = w->window_height * w->window_width * w->channels;
  const ptrdiff_t end = part->first_line + part->line_count, stride = part->result_stride;
  for (ptrdiff_t line = part->first_line, lines; line < end; line += lines) {
    const ptrdiff_t own = line % w->rows;
    lines = lines_of_band(own, w->rows, end - line, part->band_lines);
    const covered_rows rows =
        rows_of_lines(w, images + line / w->rows * w->image_stride, own, lines, band);
    for (ptrdiff_t block = part->first_block; block < part->first_block + part->block_count;
         block++) {
      const ptrdiff_t width = block_width(part->filters, block);
      const filter_block bias = block_bias(completion, block, width);
      for (ptrdiff_t i = 0; i < lines; i++) {
        line_of_windows(w, rows, i, packed + block * patch * block_filters, bias,
                        completion.activation, width, stride,
                        results + (line + i) * w->columns * stride + block * block_filters);
      }
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_blocked_windows_float32(staticgraph_windows windows,
                                         staticgraph_blocked_lines lines, const void *images,
                                         const void *packed, staticgraph_completion completion,
                                         void *band, void *result) {
  blocked_windows(&windows, &lines, images, packed, completion, band, result);
}

void staticgraph_blocked_pack_float32(ptrdiff_t places, ptrdiff_t channels, ptrdiff_t filters,
                                      const void *memory, ptrdiff_t block, void *target) {
  const ptrdiff_t inner = places * channels, width = block_width(filters, block);
  const float32 *weights = (const float32 *)memory + block * block_filters;
  float32 *packed = (float32 *)target + block * inner * block_filters;
  for (ptrdiff_t i = 0; i < inner; i++, packed += block_filters, weights += filters) {
    if (width == block_filters) {
      memcpy(packed, weights, sizeof(filter_block));
    } else {
      memcpy(packed, weights, width * sizeof(float32));
      memset(packed + width, 0, (block_filters - width) * sizeof(float32));
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_blocked_pack_turned_float32(ptrdiff_t places, ptrdiff_t channels,
                                             ptrdiff_t filters, const void *memory,
                                             ptrdiff_t block, void *target) {
  float32 *packed = (float32 *)target + block * places * channels * block_filters;
  const ptrdiff_t width = block_width(filters, block);
  for (ptrdiff_t place = places - 1; place >= 0; place--) {
    const float32 *weights =
        (const float32 *)memory + (place * filters + block * block_filters) * channels;
    transpose_block(weights, channels, width, channels, packed);
    packed += channels * block_filters;
  }
}
