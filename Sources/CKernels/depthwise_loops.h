// The loops of depthwise convolutions for one type: `NUMBER`, which the names end in.
//
// Included once for each type, so it has no guard.
#define JOINED(name, type) name##_##type
#define NAMED(name, type) JOINED(name, type)
#define NAME(name) NAMED(name, NUMBER)

// So many channels are added up in registers.
#define BLOCK 32

// What a pixel's channels add to their sums, each multiplied by its filters' number.
STATICGRAPH_INLINE void NAME(add_products)(ptrdiff_t channels, ptrdiff_t multiplier,
                                           const NUMBER *x, const NUMBER *filters,
                                           NUMBER *sums) {
  for (ptrdiff_t channel = 0; channel < channels; channel++) {
    const NUMBER element = x[channel];
    for (ptrdiff_t i = channel * multiplier; i < (channel + 1) * multiplier; i++) {
      sums[i] += element * filters[i];
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_last)(staticgraph_windows w, ptrdiff_t multiplier, const void *x,
                                      const void *y, ptrdiff_t first, ptrdiff_t count,
                                      void *memory) {
  const NUMBER *images = x, *filters = y;
  const ptrdiff_t channels = w.channels, columns = w.channels * multiplier;
  NUMBER *result = (NUMBER *)memory + first * w.columns * columns;
  for (ptrdiff_t line = first; line < first + count; line++) {
    const NUMBER *image = images + line / w.rows * w.image_stride;
    const ptrdiff_t top = line % w.rows * w.stride_down - w.top;
    const window_range down = numbers_inside(top, w.dilation_down, w.window_height, w.height);
    for (ptrdiff_t window = 0; window < w.columns; window++, result += columns) {
      const ptrdiff_t left = window * w.stride_across - w.left;
      const window_range across =
          numbers_inside(left, w.dilation_across, w.window_width, w.width);
      for (ptrdiff_t start = 0; start < columns; start += multiplier == 1 ? BLOCK : columns) {
        const bool is_whole = multiplier == 1 && columns - start >= BLOCK;
        const ptrdiff_t width = multiplier == 1 ? columns - start : columns;
        NUMBER sums[BLOCK] = {0};
        if (!is_whole) {
          for (ptrdiff_t i = 0; i < width; i++) result[start + i] = 0;
        }
        for (ptrdiff_t row = down.first; row < down.end; row++) {
          for (ptrdiff_t column = across.first; column < across.end; column++) {
            const NUMBER *pixel = image + ((top + row * w.dilation_down) * w.width + left +
                                           column * w.dilation_across) *
                                              channels;
            const NUMBER *filter = filters + (row * w.window_width + column) * columns;
            if (is_whole) {
              for (ptrdiff_t i = 0; i < BLOCK; i++) {
                sums[i] += pixel[start + i] * filter[start + i];
              }
            } else if (multiplier == 1) {
              for (ptrdiff_t i = start; i < columns; i++) result[i] += pixel[i] * filter[i];
            } else {
              NAME(add_products)(channels, multiplier, pixel, filter, result);
            }
          }
        }
        if (is_whole) {
          for (ptrdiff_t i = 0; i < BLOCK; i++) result[start + i] = sums[i];
        }
      }
    }
  }
}

// Which window begins so far before a pixel, or −1.
STATICGRAPH_INLINE ptrdiff_t NAME(window_at)(ptrdiff_t distance, ptrdiff_t stride,
                                             ptrdiff_t count) {
  const ptrdiff_t number = quotient(distance, stride);
  return distance < 0 || number >= count || number * stride != distance ? -1 : number;
}

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_images_last)(staticgraph_windows w, ptrdiff_t multiplier,
                                             const void *x, const void *y, ptrdiff_t first,
                                             ptrdiff_t count, void *memory) {
  const NUMBER *results = x, *filters = y;
  const ptrdiff_t channels = w.channels, columns = w.channels * multiplier;
  NUMBER *pixel = (NUMBER *)memory + first * w.width * channels;
  for (ptrdiff_t line = first; line < first + count; line++) {
    const NUMBER *result = results + line / w.height * w.rows * w.columns * columns;
    const ptrdiff_t top = line % w.height + w.top;
    for (ptrdiff_t place = 0; place < w.width; place++, pixel += channels) {
      for (ptrdiff_t i = 0; i < channels; i++) pixel[i] = 0;
      for (ptrdiff_t row = 0; row < w.window_height; row++) {
        const ptrdiff_t down =
            NAME(window_at)(top - row * w.dilation_down, w.stride_down, w.rows);
        if (down < 0) continue;
        for (ptrdiff_t column = 0; column < w.window_width; column++) {
          const ptrdiff_t across = NAME(window_at)(
              place + w.left - column * w.dilation_across, w.stride_across, w.columns);
          if (across < 0) continue;
          const NUMBER *flow = result + (down * w.columns + across) * columns;
          const NUMBER *filter = filters + (row * w.window_width + column) * columns;
          if (multiplier == 1) {
            for (ptrdiff_t i = 0; i < channels; i++) pixel[i] += flow[i] * filter[i];
          } else {
            for (ptrdiff_t channel = 0; channel < channels; channel++) {
              NUMBER sum = 0;
              for (ptrdiff_t i = channel * multiplier; i < (channel + 1) * multiplier; i++) {
                sum += flow[i] * filter[i];
              }
              pixel[channel] += sum;
            }
          }
        }
      }
    }
  }
}

// What the windows of a row add to one row of the filters' matrix.
STATICGRAPH_INLINE void NAME(add_filters)(const staticgraph_windows *w, ptrdiff_t multiplier,
                                          const NUMBER *pixels, const NUMBER *flow,
                                          window_range windows, NUMBER *filter) {
  const ptrdiff_t channels = w->channels, columns = channels * multiplier;
  const ptrdiff_t step = w->stride_across * channels;
  ptrdiff_t start = 0;
  if (multiplier == 1) {
    for (; start + BLOCK <= columns; start += BLOCK) {
      NUMBER sums[BLOCK] = {0};
      for (ptrdiff_t window = windows.first; window < windows.end; window++) {
        const NUMBER *pixel = pixels + window * step + start;
        const NUMBER *flowing = flow + window * columns + start;
        for (ptrdiff_t i = 0; i < BLOCK; i++) sums[i] += pixel[i] * flowing[i];
      }
      for (ptrdiff_t i = 0; i < BLOCK; i++) filter[start + i] += sums[i];
    }
  }
  for (ptrdiff_t window = windows.first; window < windows.end; window++) {
    const NUMBER *pixel = pixels + window * step;
    const NUMBER *flowing = flow + window * columns;
    if (multiplier == 1) {
      for (ptrdiff_t i = start; i < columns; i++) filter[i] += pixel[i] * flowing[i];
    } else {
      NAME(add_products)(channels, multiplier, pixel, flowing, filter);
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_filters_last)(staticgraph_windows w, ptrdiff_t multiplier,
                                              const void *x, const void *y, ptrdiff_t first,
                                              ptrdiff_t count, void *memory) {
  const NUMBER *images = x, *results = y;
  NUMBER *filters = memory;
  const ptrdiff_t columns = w.channels * multiplier;
  for (ptrdiff_t line = first; line < first + count; line++) {
    const NUMBER *image = images + line / w.rows * w.image_stride;
    const NUMBER *flow = results + line * w.columns * columns;
    const ptrdiff_t top = line % w.rows * w.stride_down - w.top;
    const window_range down = numbers_inside(top, w.dilation_down, w.window_height, w.height);
    for (ptrdiff_t row = down.first; row < down.end; row++) {
      for (ptrdiff_t column = 0; column < w.window_width; column++) {
        const ptrdiff_t left = column * w.dilation_across - w.left;
        const window_range windows = numbers_inside(left, w.stride_across, w.columns, w.width);
        NAME(add_filters)(&w, multiplier,
                          image + ((top + row * w.dilation_down) * w.width + left) * w.channels,
                          flow, windows, filters + (row * w.window_width + column) * columns);
      }
    }
  }
}

// Calls `body` for each row of windows and each element of a window whose row lies in the image:
// `x` points to that element of the first window, `flow` to the first window of the row, and
// `windows` says which of the row have the element in the image.
#define EACH_ELEMENT(plane_type, plane, flow_type, plane_of_windows, body)                       \
  for (ptrdiff_t line = 0; line < w.rows; line++) {                                              \
    const ptrdiff_t top = line * w.stride_down - w.top;                                          \
    const window_range down = numbers_inside(top, w.dilation_down, w.window_height, w.height);   \
    flow_type *flow = (plane_of_windows) + line * w.columns;                                     \
    for (ptrdiff_t row = down.first; row < down.end; row++) {                                    \
      for (ptrdiff_t column = 0; column < w.window_width; column++) {                            \
        const ptrdiff_t left = column * w.dilation_across - w.left;                              \
        const window_range windows = numbers_inside(left, across, w.columns, w.width);           \
        plane_type *x = (plane) + (top + row * w.dilation_down) * w.width + left;                \
        const ptrdiff_t number = row * w.window_width + column;                                  \
        body                                                                                     \
      }                                                                                          \
    }                                                                                            \
  }

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_first)(staticgraph_windows w, ptrdiff_t multiplier,
                                       const void *images, const void *y, ptrdiff_t first,
                                       ptrdiff_t count, void *memory) {
  const NUMBER *filters = y;
  const ptrdiff_t columns = w.channels * multiplier, across = w.stride_across;
  const ptrdiff_t area = w.rows * w.columns;
  for (ptrdiff_t plane = first; plane < first + count; plane++) {
    const NUMBER *image = (const NUMBER *)images + plane * w.channel_stride;
    for (ptrdiff_t part = 0; part < multiplier; part++) {
      NUMBER *result = (NUMBER *)memory + (plane * multiplier + part) * area;
      const NUMBER *filter = filters + plane % w.channels * multiplier + part;
      for (ptrdiff_t i = 0; i < area; i++) result[i] = 0;
      EACH_ELEMENT(const NUMBER, image, NUMBER, result, {
        const NUMBER weight = filter[number * columns];
        for (ptrdiff_t i = windows.first; i < windows.end; i++) flow[i] += x[i * across] * weight;
      })
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_images_first)(staticgraph_windows w, ptrdiff_t multiplier,
                                              const void *results, const void *y, ptrdiff_t first,
                                              ptrdiff_t count, void *memory) {
  const NUMBER *filters = y;
  const ptrdiff_t columns = w.channels * multiplier, across = w.stride_across;
  const ptrdiff_t area = w.rows * w.columns;
  for (ptrdiff_t plane = first; plane < first + count; plane++) {
    NUMBER *image = (NUMBER *)memory + plane * w.channel_stride;
    for (ptrdiff_t i = 0; i < w.channel_stride; i++) image[i] = 0;
    for (ptrdiff_t part = 0; part < multiplier; part++) {
      const NUMBER *result = (const NUMBER *)results + (plane * multiplier + part) * area;
      const NUMBER *filter = filters + plane % w.channels * multiplier + part;
      EACH_ELEMENT(NUMBER, image, const NUMBER, result, {
        const NUMBER weight = filter[number * columns];
        for (ptrdiff_t i = windows.first; i < windows.end; i++) x[i * across] += flow[i] * weight;
      })
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_filters_first)(staticgraph_windows w, ptrdiff_t multiplier,
                                               const void *images, const void *y, ptrdiff_t first,
                                               ptrdiff_t count, void *memory) {
#pragma clang fp reassociate(on) contract(fast)
  const ptrdiff_t columns = w.channels * multiplier, across = w.stride_across;
  const ptrdiff_t area = w.rows * w.columns;
  for (ptrdiff_t plane = first; plane < first + count; plane++) {
    const NUMBER *image = (const NUMBER *)images + plane * w.channel_stride;
    for (ptrdiff_t part = 0; part < multiplier; part++) {
      const NUMBER *result = (const NUMBER *)y + (plane * multiplier + part) * area;
      NUMBER *filter = (NUMBER *)memory + plane % w.channels * multiplier + part;
      EACH_ELEMENT(const NUMBER, image, const NUMBER, result, {
        NUMBER sum = 0;
        for (ptrdiff_t i = windows.first; i < windows.end; i++) sum += x[i * across] * flow[i];
        filter[number * columns] += sum;
      })
    }
  }
}

#undef EACH_ELEMENT
#undef BLOCK
#undef NAME
#undef NAMED
#undef JOINED
