#include "staticgraph_resizing.h"

#include "kernel_support.h"

#define INLINE __attribute__((always_inline)) static inline

// Usual numbers of channels are known to the compiler.
#define FOR_CHANNELS(call)    \
  switch (channels) {         \
    case 1: call(1); break;   \
    case 3: call(3); break;   \
    default: call(channels);  \
  }

#define DEFINE_ROW(type)                                                                      \
  INLINE void mix_##type(staticgraph_places places, size_t channels, const type *restrict above, \
                         const type *restrict below, float part, float *restrict result) {    \
    for (size_t i = 0; i < places.count; i++) {                                               \
      const size_t left = (size_t)places.before[i] * channels;                                \
      const size_t right = (size_t)places.after[i] * channels;                                \
      const float across = places.part[i];                                                    \
      for (size_t c = 0; c < channels; c++) {                                                 \
        const float top_left = (float)above[left + c], top_right = (float)above[right + c];   \
        const float bottom_left = (float)below[left + c];                                     \
        const float bottom_right = (float)below[right + c];                                   \
        const float top = top_left + (top_right - top_left) * across;                         \
        const float bottom = bottom_left + (bottom_right - bottom_left) * across;             \
        result[i * channels + c] = top + (bottom - top) * part;                               \
      }                                                                                       \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  STATICGRAPH_CLONES                                                                          \
  void staticgraph_resize_row_##type(staticgraph_places places, size_t channels,              \
                                     const void *above, const void *below, float part,        \
                                     float *result) {                                         \
    FOR_CHANNELS(MIX_##type)                                                                  \
  }

#define MIX_float32(count) mix_float32(places, count, above, below, part, result)
#define MIX_float64(count) mix_float64(places, count, above, below, part, result)
#define MIX_int32(count) mix_int32(places, count, above, below, part, result)
#define MIX_int64(count) mix_int64(places, count, above, below, part, result)
#define MIX_uint8(count) mix_uint8(places, count, above, below, part, result)

// Weights are numbers of 32 bits whatever the type of the images, as TensorFlow has it.
#define DEFINE_ROW_BACK(type)                                                                 \
  INLINE void give_back_##type(staticgraph_places places, size_t channels,                    \
                               const float *restrict flow, float weight,                      \
                               type *restrict result) {                                       \
    for (size_t i = 0; i < places.count; i++) {                                               \
      type *left = result + (size_t)places.before[i] * channels;                              \
      type *right = result + (size_t)places.after[i] * channels;                              \
      const float across = places.part[i];                                                    \
      for (size_t c = 0; c < channels; c++) {                                                 \
        left[c] += (type)(flow[i * channels + c] * weight * (1 - across));                    \
      }                                                                                       \
      for (size_t c = 0; c < channels; c++) {                                                 \
        right[c] += (type)(flow[i * channels + c] * weight * across);                         \
      }                                                                                       \
    }                                                                                         \
  }                                                                                           \
                                                                                              \
  STATICGRAPH_CLONES                                                                          \
  void staticgraph_resize_row_back_##type(staticgraph_places places, size_t channels,         \
                                          const float *flow, float weight, void *result) {    \
    FOR_CHANNELS(GIVE_BACK_##type)                                                            \
  }

#define GIVE_BACK_float32(count) give_back_float32(places, count, flow, weight, result)
#define GIVE_BACK_float64(count) give_back_float64(places, count, flow, weight, result)

DEFINE_ROW(float32)
DEFINE_ROW(float64)
DEFINE_ROW(int32)
DEFINE_ROW(int64)
DEFINE_ROW(uint8)
DEFINE_ROW_BACK(float32)
DEFINE_ROW_BACK(float64)
