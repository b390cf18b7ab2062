#include "kernel_support.h"
#include "staticgraph_reductions.h"

static inline void put(void *memory, size_t position, bool is_wide, size_t value) {
  if (is_wide) {
    ((int64_t *)memory)[position] = (int64_t)value;
  } else {
    ((int32_t *)memory)[position] = (int32_t)value;
  }
}

enum { columns_at_once = 128 };

#define DEFINE_CHOOSE(name, type, BETTER)                                                   \
  void staticgraph_##name##_##type(size_t outer, size_t count, size_t inner,                \
                                   const void *x_memory, bool is_wide, void *result) {      \
    for (size_t block = 0; block < outer; block++) {                                        \
      const type *x = (const type *)x_memory + block * count * inner;                       \
      for (size_t start = 0; start < inner; start += columns_at_once) {                     \
        const size_t left = inner - start;                                                  \
        const size_t width = left < columns_at_once ? left : columns_at_once;               \
        type best[columns_at_once];                                                         \
        size_t row_of[columns_at_once];                                                     \
        for (size_t i = 0; i < width; i++) {                                                \
          best[i] = x[start + i];                                                           \
          row_of[i] = 0;                                                                    \
        }                                                                                   \
        for (size_t row = 1; row < count; row++) {                                          \
          const type *source = x + row * inner + start;                                     \
          for (size_t i = 0; i < width; i++) {                                              \
            if (source[i] BETTER best[i]) {                                                 \
              best[i] = source[i];                                                          \
              row_of[i] = row;                                                              \
            }                                                                               \
          }                                                                                 \
        }                                                                                   \
        for (size_t i = 0; i < width; i++) {                                                \
          put(result, block * inner + start + i, is_wide, row_of[i]);                       \
        }                                                                                   \
      }                                                                                     \
    }                                                                                       \
  }

// A heap of the places of the k best, the worst of them first.
#define DEFINE_TOP(type)                                                                    \
  static inline bool is_worse_##type(const type *x, size_t a, size_t b) {                   \
    return x[a] < x[b] || (!(x[b] < x[a]) && a > b);                                        \
  }                                                                                         \
                                                                                            \
  static void sift_##type(const type *x, size_t *heap, size_t count, size_t place) {        \
    const size_t moved = heap[place];                                                       \
    for (;;) {                                                                              \
      size_t child = 2 * place + 1;                                                         \
      if (child >= count) break;                                                            \
      if (child + 1 < count && is_worse_##type(x, heap[child + 1], heap[child])) child++;   \
      if (!is_worse_##type(x, heap[child], moved)) break;                                   \
      heap[place] = heap[child];                                                            \
      place = child;                                                                        \
    }                                                                                       \
    heap[place] = moved;                                                                    \
  }                                                                                         \
                                                                                            \
  void staticgraph_top_##type(size_t rows, size_t count, size_t k, const void *x_memory,    \
                              bool is_wide, size_t *heap, void *value_memory,               \
                              void *indices) {                                              \
    for (size_t row = 0; row < rows && k > 0; row++) {                                      \
      const type *x = (const type *)x_memory + row * count;                                 \
      type *values = (type *)value_memory + row * k;                                        \
      for (size_t i = 0; i < k; i++) heap[i] = i;                                           \
      for (size_t place = k / 2; place-- > 0;) sift_##type(x, heap, k, place);              \
      for (size_t i = k; i < count; i++) {                                                  \
        if (!is_worse_##type(x, heap[0], i)) continue;                                      \
        heap[0] = i;                                                                        \
        sift_##type(x, heap, k, 0);                                                         \
      }                                                                                     \
      for (size_t left = k; left-- > 0;) {                                                  \
        values[left] = x[heap[0]];                                                          \
        put(indices, row * k + left, is_wide, heap[0]);                                     \
        heap[0] = heap[left];                                                               \
        sift_##type(x, heap, left, 0);                                                      \
      }                                                                                     \
    }                                                                                       \
  }

#define DEFINE_ALL(type)         \
  DEFINE_CHOOSE(argmax, type, >) \
  DEFINE_CHOOSE(argmin, type, <) \
  DEFINE_TOP(type)

DEFINE_ALL(float32)
DEFINE_ALL(float64)
DEFINE_ALL(int32)
DEFINE_ALL(int64)
DEFINE_ALL(uint8)
