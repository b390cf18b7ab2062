#include <string.h>

#include "staticgraph_movement.h"

void staticgraph_roll(size_t start, size_t end, size_t rank, const int64_t *sizes,
                      const int64_t *shifts, size_t slice_bytes, const void *source, void *target) {
  const int64_t size = sizes[rank - 1], shift = shifts[rank - 1];
  const size_t line_bytes = (size_t)size * slice_bytes, last_bytes = (size_t)shift * slice_bytes;
  for (size_t line = start; line < end; line++) {
    size_t from = 0, rest = line, stride = 1;
    for (size_t axis = rank - 1; axis-- > 0;) {
      const size_t count = (size_t)sizes[axis], place = rest % count;
      const size_t moved = place + count - (size_t)shifts[axis];
      from += (moved < count ? moved : moved - count) * stride;
      rest /= count;
      stride *= count;
    }
    const char *old = (const char *)source + from * line_bytes;
    char *new = (char *)target + line * line_bytes;
    memcpy(new, old + (line_bytes - last_bytes), last_bytes);
    memcpy(new + last_bytes, old, line_bytes - last_bytes);
  }
}
