#include "staticgraph_indexing.h"

#include <string.h>

#include "kernel_support.h"

#define SLICE_NUMBERS(type)                                                   \
  {                                                                           \
    const type *tuple = indices;                                              \
    for (size_t i = 0; i < count; i++, tuple += depth) {                      \
      uint64_t number = 0;                                                    \
      bool is_inside = true;                                                  \
      for (size_t axis = 0; axis < depth; axis++) {                           \
        const int64_t index = tuple[axis];                                    \
        is_inside &= (uint64_t)index < (uint64_t)sizes[axis];                 \
        number = number * (uint64_t)sizes[axis] + (uint64_t)index;            \
      }                                                                       \
      numbers[i] = is_inside ? (int64_t)number : -1;                          \
      if (!is_inside && first < 0) first = (ptrdiff_t)i;                      \
    }                                                                         \
  }

ptrdiff_t staticgraph_slice_numbers(size_t count, size_t depth, const void *indices, bool is_wide,
                                    const int64_t *sizes, int64_t *numbers) {
  ptrdiff_t first = -1;
  if (is_wide) SLICE_NUMBERS(int64_t)
  else SLICE_NUMBERS(int32_t)
  return first;
}

#define GATHER(bits)                                                              \
  {                                                                               \
    const uint##bits##_t *elements = source;                                      \
    uint##bits##_t *target = result;                                              \
    for (size_t i = 0; i < count; i++) {                                          \
      target[i] = numbers[i] < 0 ? 0 : elements[numbers[i]];                      \
    }                                                                             \
  }

void staticgraph_gather_slices(size_t count, size_t slice_bytes, const void *source,
                               const int64_t *numbers, void *result) {
  switch (slice_bytes) {
    case 0: return;
    case 1: GATHER(8) return;
    case 2: GATHER(16) return;
    case 4: GATHER(32) return;
    case 8: GATHER(64) return;
  }
  for (size_t i = 0; i < count; i++) {
    char *target = (char *)result + i * slice_bytes;
    if (numbers[i] < 0) {
      memset(target, 0, slice_bytes);
    } else {
      memcpy(target, (const char *)source + (size_t)numbers[i] * slice_bytes, slice_bytes);
    }
  }
}

void staticgraph_scatter_slices(size_t count, size_t width, size_t stride, const int64_t *numbers,
                                const void *updates, void *result) {
  if (width == 0) return;
  for (size_t i = 0; i < count; i++) {
    if (numbers[i] < 0) continue;
    memcpy((char *)result + (size_t)numbers[i] * stride, (const char *)updates + i * stride, width);
  }
}

// Integers wrap; signed ones are added as unsigned ones, which gives the same bits.
#define DEFINE_SCATTER(name, type, operator)                                               \
  STATICGRAPH_CLONES                                                                       \
  void staticgraph_scatter_##name(size_t count, size_t width, size_t stride,               \
                                  const int64_t *numbers, const void *updates_memory,      \
                                  void *result_memory) {                                   \
    const type *updates = updates_memory;                                                  \
    type *result = result_memory;                                                          \
    if (width == 1 && stride == 1) {                                                       \
      for (size_t i = 0; i < count; i++) {                                                 \
        if (numbers[i] >= 0) result[numbers[i]] = result[numbers[i]] operator updates[i];  \
      }                                                                                    \
      return;                                                                              \
    }                                                                                      \
    if (width == 0) return;                                                                \
    for (size_t i = 0; i < count; i++) {                                                   \
      if (numbers[i] < 0) continue;                                                        \
      type *target = result + (size_t)numbers[i] * stride;                                 \
      const type *source = updates + i * stride;                                           \
      for (size_t k = 0; k < width; k++) target[k] = target[k] operator source[k];         \
    }                                                                                      \
  }

DEFINE_SCATTER(add_float32, float32, +)
DEFINE_SCATTER(add_float64, float64, +)
DEFINE_SCATTER(add_int32, uint32_t, +)
DEFINE_SCATTER(add_int64, uint64_t, +)
DEFINE_SCATTER(add_uint8, uint8_t, +)
DEFINE_SCATTER(sub_float32, float32, -)
DEFINE_SCATTER(sub_float64, float64, -)
DEFINE_SCATTER(sub_int32, uint32_t, -)
DEFINE_SCATTER(sub_int64, uint64_t, -)
DEFINE_SCATTER(sub_uint8, uint8_t, -)
DEFINE_SCATTER(add_truth, uint8_t, |)
