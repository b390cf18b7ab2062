// Convolutions: the patches of images that windows cover as rows of a matrix, and windows that each
// cover one channel.
#ifndef STATICGRAPH_CONVOLUTION_H
#define STATICGRAPH_CONVOLUTION_H

#include <stdbool.h>
#include <stddef.h>

/// Where windows lie on images. Strides between elements are counted in elements.
///
/// Window (y, x) begins at the pixel (y · stride_down − top, x · stride_across − left). What it
/// covers beyond the border is zero.
typedef struct {
  /// Whether the channels of a pixel stand side by side; those of a plane do otherwise.
  bool channels_last;
  /// The size of an image, and the number of its channels that a window covers.
  ptrdiff_t height, width, channels;
  /// From an image to the next, from a pixel to the one beside it, from a channel to the next.
  ptrdiff_t image_stride, pixel_stride, channel_stride;
  /// The size of a window, in elements that it covers.
  ptrdiff_t window_height, window_width;
  /// The number of windows down and across.
  ptrdiff_t rows, columns;
  ptrdiff_t top, left;
  ptrdiff_t stride_down, stride_across;
  ptrdiff_t dilation_down, dilation_across;
} staticgraph_windows;

/// So many bytes behind the patches may be overwritten.
enum { staticgraph_patch_slack = 32 };

/// Copies what `count` windows from number `first` on cover, of each only some rows from
/// `window_row` on, elements of 4 or 8 bytes.
///
/// With channels last, windows are counted over all images, and a row of the matrix holds a window:
/// its rows, in each its columns, in each its channels. Otherwise windows are counted within the
/// one image, and the matrix is transposed.
///
/// `end` is where the memory ends that may be read.
void staticgraph_patches(staticgraph_windows windows, size_t element_size, const void *images,
                         const void *end, ptrdiff_t first, ptrdiff_t count, ptrdiff_t window_row,
                         ptrdiff_t window_rows, void *patches);

/// Adds such a matrix to what the windows cover. The rows of the windows lie in the image.
typedef void (*staticgraph_add_patches)(staticgraph_windows windows, const void *patches,
                                        ptrdiff_t first, ptrdiff_t count, ptrdiff_t window_row,
                                        ptrdiff_t window_rows, void *images);

void staticgraph_add_patches_float32(staticgraph_windows windows, const void *patches,
                                     ptrdiff_t first, ptrdiff_t count, ptrdiff_t window_row,
                                     ptrdiff_t window_rows, void *images);
void staticgraph_add_patches_float64(staticgraph_windows windows, const void *patches,
                                     ptrdiff_t first, ptrdiff_t count, ptrdiff_t window_row,
                                     ptrdiff_t window_rows, void *images);

/// A convolution of each channel with `multiplier` filters of its own, or one of its gradients,
/// for `count` units of the work from number `first` on.
///
/// The filters are a matrix with a row for each element of a window and a column for each filter,
/// those of a channel side by side.
typedef void (*staticgraph_depthwise)(staticgraph_windows windows, ptrdiff_t multiplier,
                                      const void *x, const void *y, ptrdiff_t first,
                                      ptrdiff_t count, void *result);

#define STATICGRAPH_DEPTHWISE(name, type)                                                        \
  void staticgraph_depthwise_##name##_##type(staticgraph_windows windows, ptrdiff_t multiplier, \
                                             const void *x, const void *y, ptrdiff_t first,     \
                                             ptrdiff_t count, void *result);

/// Of images x and filters y; units are lines of windows of all images.
STATICGRAPH_DEPTHWISE(last, float32)
STATICGRAPH_DEPTHWISE(last, float64)
/// What flows back into images from results x by filters y; units are lines of all images.
STATICGRAPH_DEPTHWISE(images_last, float32)
STATICGRAPH_DEPTHWISE(images_last, float64)
/// What flows back into filters from results y by images x, added to the result; units are lines of
/// windows of all images.
STATICGRAPH_DEPTHWISE(filters_last, float32)
STATICGRAPH_DEPTHWISE(filters_last, float64)

/// The same three where channels are planes; units are channels of all images.
STATICGRAPH_DEPTHWISE(first, float32)
STATICGRAPH_DEPTHWISE(first, float64)
STATICGRAPH_DEPTHWISE(images_first, float32)
STATICGRAPH_DEPTHWISE(images_first, float64)
STATICGRAPH_DEPTHWISE(filters_first, float32)
STATICGRAPH_DEPTHWISE(filters_first, float64)

#undef STATICGRAPH_DEPTHWISE

#endif
