// Convolutions by windows of 3 × 3 pixels, one at each pixel, after Winograd: 4 × 4 results at a
// time from 36 products of transformed pixels and transformed filters.
#ifndef STATICGRAPH_WINOGRAD_H
#define STATICGRAPH_WINOGRAD_H

#include "staticgraph_blocked.h"

enum {
  /// A tile of the results has so many rows and columns.
  staticgraph_winograd_tile = 4,
  /// So many products belong to a tile.
  staticgraph_winograd_products = 36,
  /// Images have a multiple of so many channels.
  staticgraph_winograd_lanes = 8,
  /// Images have up to so many channels.
  staticgraph_winograd_channels = 1024,
};

/// Some tiles, counted over all images, and some blocks of filters.
typedef struct {
  ptrdiff_t first_tile, tile_count;
  /// How many tiles the transformed pixels hold, and where among them the first of these stands.
  ptrdiff_t batch, place;
  ptrdiff_t first_block, block_count;
  /// The elements from the results of a window to those of the next.
  ptrdiff_t result_stride;
} staticgraph_winograd_part;

/// The elements of the transformed pixels of so many tiles.
size_t staticgraph_winograd_pixel_count(ptrdiff_t channels, ptrdiff_t batch);

/// Transforms and packs a block of filters: a row, a column, a channel, a filter; for each product
/// there is a row for each channel.
void staticgraph_winograd_pack_float32(ptrdiff_t channels, ptrdiff_t filters, const void *weights,
                                       ptrdiff_t block, void *packed);
/// The same for what flows back into images: windows are turned about, and the filters given as a
/// row, a column, a filter, a channel.
void staticgraph_winograd_pack_turned_float32(ptrdiff_t channels, ptrdiff_t filters,
                                              const void *weights, ptrdiff_t block, void *packed);

/// Transforms what tiles cover of images whose channels stand side by side.
void staticgraph_winograd_pixels_float32(staticgraph_windows windows,
                                         staticgraph_winograd_part part, const void *images,
                                         void *pixels);

/// Writes some filters of the results of some tiles, whose transformed pixels are given.
void staticgraph_winograd_result_float32(staticgraph_windows windows, ptrdiff_t filters,
                                         staticgraph_winograd_part part, const void *pixels,
                                         const void *packed, staticgraph_completion completion,
                                         void *result);

#endif
