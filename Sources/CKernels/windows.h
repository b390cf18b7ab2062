// Which elements of a window lie in the image.
#ifndef STATICGRAPH_WINDOWS_H
#define STATICGRAPH_WINDOWS_H

#include "kernel_support.h"
#include "staticgraph_convolution.h"

#define STATICGRAPH_INLINE static inline __attribute__((always_inline))

typedef struct {
  ptrdiff_t first, end;
} window_range;

STATICGRAPH_INLINE ptrdiff_t quotient(ptrdiff_t x, ptrdiff_t divisor) {
  return divisor == 1 ? x : x / divisor;
}

// The numbers k in 0..<count for which start + k · step lies in 0..<size.
STATICGRAPH_INLINE window_range numbers_inside(ptrdiff_t start, ptrdiff_t step, ptrdiff_t count,
                                               ptrdiff_t size) {
  const ptrdiff_t first = start < 0 ? quotient(-start + step - 1, step) : 0;
  const ptrdiff_t last = start < size ? quotient(size - 1 - start, step) + 1 : 0;
  const ptrdiff_t end = last < count ? last : count;
  return (window_range){first, first < end ? end : first};
}

// The part of `range` that lies in first..<end.
STATICGRAPH_INLINE window_range clipped(window_range range, ptrdiff_t first, ptrdiff_t end) {
  const ptrdiff_t low = range.first > first ? range.first : first;
  const ptrdiff_t high = range.end < end ? range.end : end;
  return (window_range){low, low < high ? high : low};
}

#endif
