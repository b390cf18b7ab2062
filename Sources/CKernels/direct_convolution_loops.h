// The loops of direct convolutions for one type: `NUMBER`, which the names end in.
//
// Included once for each type, so it has no guard.
#define JOINED(name, type) name##_##type
#define NAMED(name, type) JOINED(name, type)
#define NAME(name) NAMED(name, NUMBER)

#define LANES ((ptrdiff_t)(staticgraph_direct_block / sizeof(NUMBER)))

// As many sums as registers hold, for filters side by side.
#define MOST_SUMS 6

typedef NUMBER NAME(block) __attribute__((vector_size(staticgraph_direct_block), aligned(4)));

// The sums of `count` windows side by side, for one block of filters.
STATICGRAPH_INLINE void NAME(sum_windows)(const ptrdiff_t count, const staticgraph_windows *w,
                                          const NUMBER *corner, ptrdiff_t row_step,
                                          const NUMBER *packed, ptrdiff_t filters,
                                          NUMBER *result) {
  const ptrdiff_t step = w->stride_across * w->channels;
  const ptrdiff_t run = w->window_width * w->channels;
  NAME(block) sums[MOST_SUMS] = {0};
  for (ptrdiff_t row = 0; row < w->window_height; row++, corner += row_step) {
    for (ptrdiff_t i = 0; i < run; i++, packed += LANES) {
      const NAME(block) weights = *(const NAME(block) *)packed;
      for (ptrdiff_t window = 0; window < count; window++) {
        sums[window] += corner[window * step + i] * weights;
      }
    }
  }
  for (ptrdiff_t window = 0; window < count; window++) {
    *(NAME(block) *)(result + window * filters) = sums[window];
  }
}

// What a line of windows adds to `count` neighbouring elements of a block of filters.
STATICGRAPH_INLINE void NAME(sum_elements)(const ptrdiff_t count, const staticgraph_windows *w,
                                           const NUMBER *elements, const NUMBER *flow,
                                           ptrdiff_t filters, NUMBER *result) {
  const ptrdiff_t step = w->stride_across * w->channels;
  NAME(block) sums[MOST_SUMS] = {0};
  for (ptrdiff_t window = 0; window < w->columns; window++, elements += step, flow += filters) {
    const NAME(block) flowing = *(const NAME(block) *)flow;
    for (ptrdiff_t i = 0; i < count; i++) sums[i] += elements[i] * flowing;
  }
  for (ptrdiff_t i = 0; i < count; i++) *(NAME(block) *)(result + i * filters) += sums[i];
}

void NAME(staticgraph_direct_pack)(ptrdiff_t places, ptrdiff_t channels, ptrdiff_t filters,
                                   const void *memory, ptrdiff_t block, void *target) {
  const NUMBER *weights = (const NUMBER *)memory + block * LANES;
  NUMBER *packed = (NUMBER *)target + block * places * channels * LANES;
  for (ptrdiff_t i = 0; i < places * channels; i++) {
    memcpy(packed + i * LANES, weights + i * filters, staticgraph_direct_block);
  }
}

void NAME(staticgraph_direct_pack_turned)(ptrdiff_t places, ptrdiff_t channels, ptrdiff_t filters,
                                          const void *memory, ptrdiff_t block, void *target) {
  NUMBER *packed = (NUMBER *)target + block * places * filters * LANES;
  for (ptrdiff_t place = places - 1; place >= 0; place--) {
    const NUMBER *weights = (const NUMBER *)memory + (place * channels + block * LANES) * filters;
    for (ptrdiff_t filter = 0; filter < filters; filter++, packed += LANES) {
      for (ptrdiff_t i = 0; i < LANES; i++) packed[i] = weights[i * filters + filter];
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_direct_result)(staticgraph_windows w, ptrdiff_t filters,
                                     staticgraph_direct_part part, const void *images,
                                     const void *y, void *scratch, void *memory) {
  const NUMBER *packed = y;
  NUMBER *band = scratch, *result = memory;
  const ptrdiff_t patch = w.window_height * w.window_width * w.channels;
  const ptrdiff_t row = ((w.columns - 1) * w.stride_across + w.window_width) * w.channels;
  // Windows of a line are dealt evenly.
  const ptrdiff_t groups = (w.columns + MOST_SUMS - 1) / MOST_SUMS;
  const ptrdiff_t end = part.first_line + part.line_count;
  for (ptrdiff_t line = part.first_line, lines; line < end; line += lines) {
    const ptrdiff_t own = line % w.rows;
    lines = lines_of_band(own, w.rows, end - line, part.band_lines);
    fill_band(&w, sizeof(NUMBER), (const NUMBER *)images + line / w.rows * w.image_stride, own,
              lines, band);
    for (ptrdiff_t block = part.first_block; block < part.first_block + part.block_count;
         block++) {
      const NUMBER *weights = packed + block * patch * LANES;
      for (ptrdiff_t i = 0; i < lines; i++) {
        for (ptrdiff_t group = 0; group < groups; group++) {
          const ptrdiff_t first = w.columns * group / groups;
          const ptrdiff_t next = w.columns * (group + 1) / groups;
          const NUMBER *corner =
              band + i * w.stride_down * row + first * w.stride_across * w.channels;
          NUMBER *target = result + ((line + i) * w.columns + first) * filters + block * LANES;
#define SUM(number) \
  NAME(sum_windows)(number, &w, corner, w.dilation_down * row, weights, filters, target)
          WITH_CONSTANT(next - first, SUM)
#undef SUM
        }
      }
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_direct_filters)(staticgraph_windows w, ptrdiff_t filters,
                                      staticgraph_direct_part part, const void *images,
                                      const void *y, void *scratch, void *memory) {
  const NUMBER *results = y;
  NUMBER *band = scratch, *sums = memory;
  const ptrdiff_t run = w.window_width * w.channels;
  const ptrdiff_t row = ((w.columns - 1) * w.stride_across + w.window_width) * w.channels;
  // Elements of a row of a window are dealt evenly.
  const ptrdiff_t groups = (run + MOST_SUMS - 1) / MOST_SUMS;
  const ptrdiff_t end = part.first_line + part.line_count;
  for (ptrdiff_t line = part.first_line, lines; line < end; line += lines) {
    const ptrdiff_t own = line % w.rows;
    lines = lines_of_band(own, w.rows, end - line, part.band_lines);
    fill_band(&w, sizeof(NUMBER), (const NUMBER *)images + line / w.rows * w.image_stride, own,
              lines, band);
    for (ptrdiff_t block = part.first_block; block < part.first_block + part.block_count;
         block++) {
      for (ptrdiff_t i = 0; i < lines; i++) {
        const NUMBER *flow = results + (line + i) * w.columns * filters + block * LANES;
        for (ptrdiff_t window_row = 0; window_row < w.window_height; window_row++) {
          const NUMBER *elements =
              band + (i * w.stride_down + window_row * w.dilation_down) * row;
          for (ptrdiff_t group = 0; group < groups; group++) {
            const ptrdiff_t first = run * group / groups, next = run * (group + 1) / groups;
            NUMBER *target = sums + (window_row * run + first) * filters + block * LANES;
#define SUM(number) NAME(sum_elements)(number, &w, elements + first, flow, filters, target)
            WITH_CONSTANT(next - first, SUM)
#undef SUM
          }
        }
      }
    }
  }
}

#undef MOST_SUMS
#undef LANES
#undef NAME
#undef NAMED
#undef JOINED
