#include "staticgraph_winograd.h"

#include "transposition.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

enum {
  tile_side = staticgraph_winograd_tile,
  pixel_side = 6,
  products = staticgraph_winograd_products,
  lanes = staticgraph_winograd_lanes,
};

typedef float32 pixel_lanes __attribute__((vector_size(4 * lanes), aligned(4)));

// The elements from a product to the next: not a multiple of a page, whose lines would drive
// each other out of the cache.
STATICGRAPH_INLINE ptrdiff_t product_step(ptrdiff_t width, ptrdiff_t batch) {
  return batch * width + block_filters;
}

size_t staticgraph_winograd_pixel_count(ptrdiff_t channels, ptrdiff_t batch) {
  return products * product_step(channels, batch);
}

// Stands for the channels of a pixel beyond the border.
static const float32 zeros[staticgraph_winograd_channels];

// Bᵀ·x for one column of pixels.
#define TRANSFORM_PIXELS(x0, x1, x2, x3, x4, x5, y, step)   \
  {                                                         \
    const pixel_lanes a = (x4) - 4 * (x2), b = (x3) - 4 * (x1); \
    const pixel_lanes c = (x4) - (x2), d = 2 * ((x3) - (x1));   \
    (y)[0 * (step)] = 4 * (x0) - 5 * (x2) + (x4);           \
    (y)[1 * (step)] = a + b;                                \
    (y)[2 * (step)] = a - b;                                \
    (y)[3 * (step)] = c + d;                                \
    (y)[4 * (step)] = c - d;                                \
    (y)[5 * (step)] = 4 * (x1) - 5 * (x3) + (x5);           \
  }

// Aᵀ·x for one column of products.
#define TRANSFORM_PRODUCTS(x0, x1, x2, x3, x4, x5, y, step)    \
  {                                                            \
    const filter_block a = (x1) + (x2), b = (x1) - (x2);       \
    const filter_block c = (x3) + (x4), d = (x3) - (x4);       \
    (y)[0 * (step)] = (x0) + a + c;                            \
    (y)[1 * (step)] = b + 2 * d;                               \
    (y)[2 * (step)] = a + 4 * c;                               \
    (y)[3 * (step)] = b + 8 * d + (x5);                        \
  }

// G·x for one column of a filter.
#define TRANSFORM_FILTER(x0, x1, x2, y, step)                                    \
  {                                                                              \
    const filter_block even = (x0) + (x2), wide = (x0) + 4 * (x2), odd = (x1);   \
    (y)[0 * (step)] = (x0) * (1.0f / 4);                                         \
    (y)[1 * (step)] = (even + odd) * (-1.0f / 6);                                \
    (y)[2 * (step)] = (even - odd) * (-1.0f / 6);                                \
    (y)[3 * (step)] = (wide + 2 * odd) * (1.0f / 24);                            \
    (y)[4 * (step)] = (wide - 2 * odd) * (1.0f / 24);                            \
    (y)[5 * (step)] = (x2);                                                      \
  }

STATICGRAPH_INLINE void pack_filter(const filter_block *x, ptrdiff_t step, float32 *packed) {
  filter_block half[pixel_side * 3], whole[pixel_side];
  for (ptrdiff_t i = 0; i < 3; i++) {
    TRANSFORM_FILTER(x[i], x[3 + i], x[6 + i], half + i, 3)
  }
  for (ptrdiff_t i = 0; i < pixel_side; i++) {
    TRANSFORM_FILTER(half[3 * i], half[3 * i + 1], half[3 * i + 2], whole, 1)
    for (ptrdiff_t j = 0; j < pixel_side; j++, packed += step) *(filter_block *)packed = whole[j];
  }
}

STATICGRAPH_CLONES
void staticgraph_winograd_pack_float32(ptrdiff_t channels, ptrdiff_t filters, const void *memory,
                                       ptrdiff_t block, void *target) {
  const float32 *weights = (const float32 *)memory + block * block_filters;
  const ptrdiff_t step = channels * block_filters, width = block_width(filters, block);
  float32 *packed = (float32 *)target + block * products * step;
  for (ptrdiff_t channel = 0; channel < channels; channel++, packed += block_filters) {
    filter_block x[9] = {0};
    for (ptrdiff_t place = 0; place < 9; place++) {
      const float32 *from = weights + (place * channels + channel) * filters;
      if (width == block_filters) {
        x[place] = *(const filter_block *)from;
      } else {
        memcpy(x + place, from, width * sizeof(float32));
      }
    }
    pack_filter(x, step, packed);
  }
}

STATICGRAPH_CLONES
void staticgraph_winograd_pack_turned_float32(ptrdiff_t channels, ptrdiff_t filters,
                                              const void *memory, ptrdiff_t block, void *target) {
  const float32 *weights = (const float32 *)memory + block * block_filters * channels;
  const ptrdiff_t step = channels * block_filters, width = block_width(filters, block);
  float32 *packed = (float32 *)target + block * products * step;
  for (ptrdiff_t first = 0, count; first < channels; first += count) {
    count = channels - first < block_filters ? channels - first : block_filters;
    float32 turned[9 * block_filters * block_filters];
    for (ptrdiff_t place = 0; place < 9; place++) {
      transpose_block(weights + (8 - place) * filters * channels + first, channels, width, count,
                      turned + place * block_filters * block_filters);
    }
    for (ptrdiff_t channel = 0; channel < count; channel++, packed += block_filters) {
      filter_block x[9];
      for (ptrdiff_t place = 0; place < 9; place++) {
        x[place] =
            *(const filter_block *)(turned + (place * block_filters + channel) * block_filters);
      }
      pack_filter(x, step, packed);
    }
  }
}

// The corner of a tile among the windows of its image.
typedef struct {
  ptrdiff_t image, row, column;
} tile_place;

STATICGRAPH_INLINE tile_place place_of_tile(const staticgraph_windows *w, ptrdiff_t tile) {
  const ptrdiff_t across = (w->columns + tile_side - 1) / tile_side;
  const ptrdiff_t down = (w->rows + tile_side - 1) / tile_side;
  return (tile_place){tile / (across * down), tile / across % down * tile_side,
                      tile % across * tile_side};
}

STATICGRAPH_INLINE void transform_pixels(const staticgraph_windows *w, tile_place tile,
                                         const float32 *images, ptrdiff_t step,
                                         float32 *target) {
  const float32 *pixels[pixel_side * pixel_side];
  const float32 *image = images + tile.image * w->image_stride;
  for (ptrdiff_t i = 0; i < pixel_side; i++) {
    const ptrdiff_t y = tile.row - w->top + i;
    for (ptrdiff_t j = 0; j < pixel_side; j++) {
      const ptrdiff_t x = tile.column - w->left + j;
      const bool is_inside = y >= 0 && y < w->height && x >= 0 && x < w->width;
      pixels[i * pixel_side + j] =
          is_inside ? image + (y * w->width + x) * w->pixel_stride : zeros;
    }
  }
  for (ptrdiff_t channel = 0; channel < w->channels; channel += lanes) {
    pixel_lanes half[pixel_side * pixel_side], whole[pixel_side];
    for (ptrdiff_t j = 0; j < pixel_side; j++) {
#define PIXEL(i) (*(const pixel_lanes *)(pixels[(i) * pixel_side + j] + channel))
      const pixel_lanes x0 = PIXEL(0), x1 = PIXEL(1), x2 = PIXEL(2);
      const pixel_lanes x3 = PIXEL(3), x4 = PIXEL(4), x5 = PIXEL(5);
#undef PIXEL
      TRANSFORM_PIXELS(x0, x1, x2, x3, x4, x5, half + j, pixel_side)
    }
    float32 *to = target + channel;
    for (ptrdiff_t i = 0; i < pixel_side; i++) {
      const pixel_lanes *x = half + i * pixel_side;
      TRANSFORM_PIXELS(x[0], x[1], x[2], x[3], x[4], x[5], whole, 1)
      for (ptrdiff_t j = 0; j < pixel_side; j++, to += step) *(pixel_lanes *)to = whole[j];
    }
  }
}

STATICGRAPH_INLINE void transform_products(const staticgraph_windows *w, tile_place tile,
                                           const filter_block *sums, ptrdiff_t step,
                                           filter_block bias, int activation, ptrdiff_t stride,
                                           ptrdiff_t width, float32 *result) {
  __attribute__((aligned(64))) filter_block half[tile_side * pixel_side], whole[tile_side];
  for (ptrdiff_t j = 0; j < pixel_side; j++) {
#define PRODUCT(i) sums[((i) * pixel_side + j) * step]
    const filter_block x0 = PRODUCT(0), x1 = PRODUCT(1), x2 = PRODUCT(2);
    const filter_block x3 = PRODUCT(3), x4 = PRODUCT(4), x5 = PRODUCT(5);
#undef PRODUCT
    TRANSFORM_PRODUCTS(x0, x1, x2, x3, x4, x5, half + j, pixel_side)
  }
  const ptrdiff_t rows = w->rows - tile.row, columns = w->columns - tile.column;
  result += ((tile.image * w->rows + tile.row) * w->columns + tile.column) * stride;
  for (ptrdiff_t i = 0; i < (rows < tile_side ? rows : tile_side); i++) {
    const filter_block *x = half + i * pixel_side;
    TRANSFORM_PRODUCTS(x[0], x[1], x[2], x[3], x[4], x[5], whole, 1)
    float32 *to = result + i * w->columns * stride;
    if (width == block_filters && columns >= tile_side) {
      for (ptrdiff_t j = 0; j < tile_side; j++) {
        store_block(finished(whole[j], bias, activation), block_filters, to + j * stride);
      }
    } else {
      for (ptrdiff_t j = 0; j < (columns < tile_side ? columns : tile_side); j++) {
        store_block(finished(whole[j], bias, activation), width, to + j * stride);
      }
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_winograd_pixels_float32(staticgraph_windows windows,
                                         staticgraph_winograd_part part, const void *images,
                                         void *pixels) {
  const ptrdiff_t step = product_step(windows.channels, part.batch);
  for (ptrdiff_t tile = 0; tile < part.tile_count; tile++) {
    transform_pixels(&windows, place_of_tile(&windows, part.first_tile + tile), images, step,
                     (float32 *)pixels + (part.place + tile) * windows.channels);
  }
}

// In which order sums are formed.
typedef struct {
  // So many tiles go through all products before they are transformed.
  ptrdiff_t tiles;
  // So many products are summed for a group of rows before the next group.
  ptrdiff_t products;
  // From the sums of a product to those of the next.
  ptrdiff_t step;
} sum_order;

enum { most_tiles = 3 * most_rows, large_channels = 48 };

// Large filters are read once for many tiles; of others, the sums stay in the first-level cache.
static const sum_order for_large_filters = {most_tiles, 1, most_tiles + 1};
static const sum_order for_small_filters = {most_rows, products, most_rows};

// The sums of `count` tiles and a block of filters, for some products.
STATICGRAPH_INLINE void sum_products(const ptrdiff_t count, sum_order order, const float32 *pixels,
                                     ptrdiff_t pixel_step, ptrdiff_t channels,
                                     const float32 *packed, filter_block *sums) {
  for (ptrdiff_t i = 0; i < order.products; i++) {
    sum_rows(count, pixels, channels, 1, channels, 0, packed, nothing_ahead, sums);
    pixels += pixel_step;
    packed += channels * block_filters;
    sums += order.step;
  }
}

// The same for some tiles and all products.
STATICGRAPH_INLINE void sum_tiles(sum_order order, const float32 *pixels, ptrdiff_t pixel_step,
                                  ptrdiff_t channels, ptrdiff_t tiles, const float32 *packed,
                                  filter_block *sums) {
  for (ptrdiff_t product = 0; product < products; product += order.products) {
    for (ptrdiff_t tile = 0, count; tile < tiles; tile += count) {
      count = rows_of_group(tiles - tile);
      const float32 *rows = pixels + product * pixel_step + tile * channels;
      const float32 *weights = packed + product * channels * block_filters;
      filter_block *target = sums + product * order.step + tile;
#define SUM(number) sum_products(number, order, rows, pixel_step, channels, weights, target)
      WITH_CONSTANT(count, SUM)
#undef SUM
    }
  }
}

// Vectors are passed between functions that are compiled for the same processor alone.
STATICGRAPH_INLINE void winograd_result(const sum_order order, const staticgraph_windows *w,
                                        ptrdiff_t filters,
                                        const staticgraph_winograd_part *part,
                                        const float32 *pixels, const float32 *packed,
                                        staticgraph_completion completion, float32 *result) {
  const ptrdiff_t pixel_step = product_step(w->channels, part->batch);
  const ptrdiff_t block_step = products * w->channels * block_filters;
  __attribute__((aligned(64))) filter_block sums[products * (most_tiles + 1)];
  pixels += part->place * w->channels;
  for (ptrdiff_t block = part->first_block; block < part->first_block + part->block_count;
       block++) {
    const ptrdiff_t width = block_width(filters, block);
    const filter_block bias = block_bias(completion, block, width);
    for (ptrdiff_t first = 0, count; first < part->tile_count; first += count) {
      const ptrdiff_t rest = part->tile_count - first;
      count = rest / ((rest + order.tiles - 1) / order.tiles);
      sum_tiles(order, pixels + first * w->channels, pixel_step, w->channels, count,
                packed + block * block_step, sums);
      for (ptrdiff_t tile = 0; tile < count; tile++) {
        transform_products(w, place_of_tile(w, part->first_tile + first + tile), sums + tile,
                           order.step, bias, completion.activation, part->result_stride, width,
                           result + block * block_filters);
      }
    }
  }
}

STATICGRAPH_CLONES
void staticgraph_winograd_result_float32(staticgraph_windows windows, ptrdiff_t filters,
                                         staticgraph_winograd_part part, const void *pixels,
                                         const void *packed, staticgraph_completion completion,
                                         void *result) {
  if (windows.channels < large_channels) {
    winograd_result(for_small_filters, &windows, filters, &part, pixels, packed, completion,
                    result);
  } else {
    winograd_result(for_large_filters, &windows, filters, &part, pixels, packed, completion,
                    result);
  }
}
