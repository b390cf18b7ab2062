#include "staticgraph_blocked.h"

#include "kernel_support.h"

// A NaN stays one.
#define COMPLETE(sum_of, limited)                                \
  for (size_t row = 0; row < rows; row++) {                      \
    float32 *result = sums + row * stride;                       \
    FOR_EACH_ELEMENT {                                           \
      const float32 sum = sum_of;                                \
      result[i] = limited;                                       \
    }                                                            \
  }

#define COMPLETE_AS(sum_of)                                                     \
  {                                                                             \
    if (completion.activation == staticgraph_activation_relu)                   \
      COMPLETE(sum_of, sum < 0 ? 0 : sum)                                       \
    else if (completion.activation == staticgraph_activation_relu6)             \
      COMPLETE(sum_of, sum < 0 ? 0 : sum > 6 ? 6 : sum)                         \
    else COMPLETE(sum_of, sum)                                                  \
  }

STATICGRAPH_CLONES
void staticgraph_complete_float32(size_t rows, size_t count, size_t stride,
                                  staticgraph_completion completion, void *memory) {
  float32 *sums = memory;
  const float32 *bias = completion.bias;
  if (bias) COMPLETE_AS(result[i] + bias[i])
  else COMPLETE_AS(result[i])
}
