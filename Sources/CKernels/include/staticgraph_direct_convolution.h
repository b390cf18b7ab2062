// Convolutions of `Float64` that need no matrix of patches: sums of a few windows, or of a few
// elements of all windows of a line, are kept in registers.
#ifndef STATICGRAPH_DIRECT_CONVOLUTION_H
#define STATICGRAPH_DIRECT_CONVOLUTION_H

#include "staticgraph_convolution.h"

/// A block of filters has so many bytes for each element of a window; there are whole blocks.
enum { staticgraph_direct_block = 64 };

/// The elements of a band, a part of an image with its borders that `lines` lines of windows cover.
size_t staticgraph_direct_band(staticgraph_windows windows, ptrdiff_t lines);
/// Whether no window reaches beyond the border, so that lines can be read where they lie.
bool staticgraph_lines_lie_inside(staticgraph_windows windows);

/// Lines of windows, counted over all images, and blocks of filters; and how many lines a band has.
typedef struct {
  ptrdiff_t first_line, line_count;
  ptrdiff_t first_block, block_count;
  ptrdiff_t band_lines;
} staticgraph_direct_part;

/// A part of a convolution, or of what flows back into its filters. The channels of a pixel stand
/// side by side, all are covered by each window, and columns of a window are neighbours.
typedef void (*staticgraph_direct)(staticgraph_windows windows, ptrdiff_t filters,
                                   staticgraph_direct_part part, const void *images,
                                   const void *y, void *band, void *result);

#define STATICGRAPH_DIRECT(name, type)                                                          \
  void staticgraph_direct_##name##_##type(staticgraph_windows windows, ptrdiff_t filters,       \
                                          staticgraph_direct_part part, const void *images,     \
                                          const void *y, void *band, void *result);

/// `y` are packed filters.
STATICGRAPH_DIRECT(result, float64)
/// `y` is what flows into the results. The sums are added to `result`.
STATICGRAPH_DIRECT(filters, float64)

#undef STATICGRAPH_DIRECT

/// Packs a block of filters, of so many elements of a window and channels, for convolutions of
/// images.
typedef void (*staticgraph_direct_pack)(ptrdiff_t places, ptrdiff_t channels, ptrdiff_t filters,
                                        const void *weights, ptrdiff_t block, void *packed);

#define STATICGRAPH_DIRECT_PACK(name, type)                                                 \
  void staticgraph_direct_##name##_##type(ptrdiff_t places, ptrdiff_t channels,             \
                                          ptrdiff_t filters, const void *weights,           \
                                          ptrdiff_t block, void *packed);

STATICGRAPH_DIRECT_PACK(pack, float64)
/// The same for what flows back into images: windows are turned about, channels are the filters.
STATICGRAPH_DIRECT_PACK(pack_turned, float64)

#undef STATICGRAPH_DIRECT_PACK

#endif
