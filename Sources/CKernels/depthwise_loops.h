// The loops of depthwise convolutions for one type: `NUMBER`, which the names end in.
//
// Included once for each type, so it has no guard.
#define JOINED(name, type) name##_##type
#define NAMED(name, type) JOINED(name, type)
#define NAME(name) NAMED(name, NUMBER)

// So many channels are added up in registers.
#define BLOCK ((ptrdiff_t)(128 / sizeof(NUMBER)))

typedef NUMBER NAME(channels) __attribute__((vector_size(128), aligned(4)));

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

// The elements of a window that lie in the image, and where the window begins.
typedef struct {
  window_range down, across;
  ptrdiff_t top, left;
} NAME(window);

// A block of channels of a window's result, with one filter for each.
STATICGRAPH_INLINE void NAME(sum_block)(const staticgraph_windows *w, const NAME(window) *window,
                                        const NUMBER *image, const NUMBER *filters,
                                        NUMBER *result) {
  NAME(channels) sums = {0};
  for (ptrdiff_t row = window->down.first; row < window->down.end; row++) {
    const ptrdiff_t y = window->top + row * w->dilation_down;
    const NUMBER *pixel = image + (y * w->width + window->left) * w->channels;
    const NUMBER *filter = filters + row * w->window_width * w->channels;
    for (ptrdiff_t column = window->across.first; column < window->across.end; column++) {
      sums += *(const NAME(channels) *)(pixel + column * w->dilation_across * w->channels) *
              *(const NAME(channels) *)(filter + column * w->channels);
    }
  }
  *(NAME(channels) *)result = sums;
}

// The channels of a window's result from number `start` on, of a whole number of channels' filters.
STATICGRAPH_INLINE void NAME(sum_rest)(const staticgraph_windows *w, const NAME(window) *window,
                                       ptrdiff_t multiplier, const NUMBER *image,
                                       const NUMBER *filters, ptrdiff_t start, NUMBER *result) {
  const ptrdiff_t columns = w->channels * multiplier;
  for (ptrdiff_t i = start; i < columns; i++) result[i] = 0;
  for (ptrdiff_t row = window->down.first; row < window->down.end; row++) {
    const ptrdiff_t y = window->top + row * w->dilation_down;
    for (ptrdiff_t column = window->across.first; column < window->across.end; column++) {
      const ptrdiff_t x = window->left + column * w->dilation_across;
      const NUMBER *pixel = image + (y * w->width + x) * w->channels;
      const NUMBER *filter = filters + (row * w->window_width + column) * columns;
      if (multiplier == 1) {
        for (ptrdiff_t i = start; i < columns; i++) result[i] += pixel[i] * filter[i];
      } else {
        NAME(add_products)(w->channels, multiplier, pixel, filter, result);
      }
    }
  }
}

STATICGRAPH_CLONES
void NAME(staticgraph_depthwise_last)(staticgraph_windows w, ptrdiff_t multiplier, const void *x,
                                      const void *y, ptrdiff_t first, ptrdiff_t count,
                                      void *memory) {
  const NUMBER *images = x, *filters = y;
  const ptrdiff_t columns = w.channels * multiplier;
  NUMBER *result = (NUMBER *)memory + first * w.columns * columns;
  for (ptrdiff_t line = first; line < first + count; line++) {
    const NUMBER *image = images + line / w.rows * w.image_stride;
    NAME(window) window = {.top = line % w.rows * w.stride_down - w.top, .left = -w.left};
    window.down = numbers_inside(window.top, w.dilation_down, w.window_height, w.height);
    for (ptrdiff_t i = 0; i < w.columns; i++, result += columns, window.left += w.stride_across) {
      window.across = numbers_inside(window.left, w.dilation_across, w.window_width, w.width);
      ptrdiff_t start = 0;
      if (multiplier == 1) {
        for (; start + BLOCK <= columns; start += BLOCK) {
          NAME(sum_block)(&w, &window, image + start, filters + start, result + start);
        }
      }
      if (start < columns) NAME(sum_rest)(&w, &window, multiplier, image, filters, start, result);
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
      NAME(channels) sums = {0};
      for (ptrdiff_t window = windows.first; window < windows.end; window++) {
        sums += *(const NAME(channels) *)(pixels + window * step + start) *
                *(const NAME(channels) *)(flow + window * columns + start);
      }
      *(NAME(channels) *)(filter + start) += sums;
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
