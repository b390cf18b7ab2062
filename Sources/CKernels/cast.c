#include "kernel_support.h"

#define DEFINE(source, source_type, target, target_type, expression)                           \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_cast_##source##_##target(size_t count, const void *x_memory,               \
                                            void *result_memory) {                             \
    const source_type *xs = x_memory;                                                          \
    target_type *result = result_memory;                                                       \
    FOR_EACH_ELEMENT {                                                                             \
      const source_type x = xs[i];                                                             \
      result[i] = expression;                                                                  \
    }                                                                                          \
  }

#define DEFINE_PLAIN(source, target) DEFINE(source, source, target, target, (target)x)

DEFINE_PLAIN(float64, float32)
DEFINE_PLAIN(int32, float32)
DEFINE_PLAIN(int64, float32)
DEFINE_PLAIN(uint8, float32)
DEFINE_PLAIN(float32, float64)
DEFINE_PLAIN(int32, float64)
DEFINE_PLAIN(int64, float64)
DEFINE_PLAIN(uint8, float64)
DEFINE_PLAIN(uint8, int32)
DEFINE_PLAIN(int32, int64)
DEFINE_PLAIN(uint8, int64)
// Integers keep their low bits.
DEFINE(int64, int64, int32, int32, (int32)(uint32_t)(uint64_t)x)
DEFINE_PLAIN(int32, uint8)
DEFINE_PLAIN(int64, uint8)

// What is out of range, or no number, gives the smallest integer, as the processor's own
// conversion does.
#define DEFINE_TO_SIGNED(source, target, bound, smallest) \
  DEFINE(source, source, target, target, x >= -bound && x < bound ? (target)x : smallest)

DEFINE_TO_SIGNED(float32, int32, 0x1p31f, INT32_MIN)
DEFINE_TO_SIGNED(float64, int32, 0x1p31, INT32_MIN)
DEFINE_TO_SIGNED(float32, int64, 0x1p63f, INT64_MIN)
DEFINE_TO_SIGNED(float64, int64, 0x1p63, INT64_MIN)

// What is out of range gives the nearest integer, and no number gives 0.
DEFINE(float32, float32, uint8, uint8, x >= 255 ? 255 : x > 0 ? (uint8)x : 0)
DEFINE(float64, float64, uint8, uint8, x >= 255 ? 255 : x > 0 ? (uint8)x : 0)

// A truth value is a byte, of which any but 0 is true.
#define DEFINE_TRUTH(type)                        \
  DEFINE(type, type, truth, uint8, x != 0)        \
  DEFINE(truth, uint8, type, type, (type)(x != 0))

DEFINE_TRUTH(float32)
DEFINE_TRUTH(float64)
DEFINE_TRUTH(int32)
DEFINE_TRUTH(int64)
DEFINE_TRUTH(uint8)
