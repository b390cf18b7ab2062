#include "kernel_support.h"

enum { tile_bytes = 4096 };

void staticgraph_accumulate(size_t count, size_t element_size, staticgraph_binary fold,
                            size_t input_count, void *const *inputs, size_t start, void *result) {
  // Partial results stay out of `result`, which may be any of the inputs.
  _Alignas(64) char tile[tile_bytes];
  const size_t tile_count = tile_bytes / element_size;
  for (size_t done = 0; done < count; done += tile_count) {
    const size_t part = count - done < tile_count ? count - done : tile_count;
    const size_t offset = (start + done) * element_size;
    const char *running = (const char *)inputs[0] + offset;
    for (size_t i = 1; i < input_count; i++) {
      char *target = i + 1 < input_count ? tile : (char *)result + offset;
      fold(part, running, false, (const char *)inputs[i] + offset, false, target);
      running = tile;
    }
  }
}
