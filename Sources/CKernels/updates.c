#include "staticgraph_updates.h"

#include <math.h>

#include "kernel_support.h"

#define DEFINE(type, root)                                                                 \
  STATICGRAPH_CLONES                                                                       \
  void staticgraph_gradient_descent_##type(                                                \
      size_t count, const void *rate_address, const void *change_address,                  \
      void *variable_address) {                                                            \
    const type rate = *(const type *)rate_address, *change = change_address;               \
    type *restrict variable = variable_address;                                            \
    for (size_t i = 0; i < count; i++) variable[i] -= rate * change[i];                    \
  }                                                                                        \
                                                                                           \
  STATICGRAPH_CLONES                                                                       \
  void staticgraph_momentum_##type(                                                        \
      size_t count, const void *rate_address, const void *momentum_address, bool nesterov, \
      const void *gradient_address, void *variable_address, void *accumulator_address) {   \
    const type rate = *(const type *)rate_address;                                         \
    const type momentum = *(const type *)momentum_address;                                 \
    const type *gradient = gradient_address;                                               \
    type *restrict variable = variable_address, *restrict accumulator = accumulator_address; \
    if (nesterov) {                                                                        \
      for (size_t i = 0; i < count; i++) {                                                 \
        accumulator[i] = momentum * accumulator[i] + gradient[i];                          \
        variable[i] -= rate * gradient[i] + rate * momentum * accumulator[i];              \
      }                                                                                    \
    } else {                                                                               \
      for (size_t i = 0; i < count; i++) {                                                 \
        accumulator[i] = momentum * accumulator[i] + gradient[i];                          \
        variable[i] -= rate * accumulator[i];                                              \
      }                                                                                    \
    }                                                                                      \
  }                                                                                        \
                                                                                           \
  STATICGRAPH_CLONES                                                                       \
  void staticgraph_adam_##type(                                                            \
      size_t count, const staticgraph_adam_numbers *numbers, bool nesterov,                \
      const void *gradient_address, void *variable_address, void *first_address,           \
      void *second_address) {                                                              \
    const type beta1 = *(const type *)numbers->beta1, beta2 = *(const type *)numbers->beta2; \
    const type epsilon = *(const type *)numbers->epsilon;                                  \
    const type rate = *(const type *)numbers->rate                                         \
                      * root(1 - *(const type *)numbers->beta2_power)                      \
                      / (1 - *(const type *)numbers->beta1_power);                         \
    const type *gradient = gradient_address;                                               \
    type *restrict variable = variable_address;                                            \
    type *restrict first = first_address, *restrict second = second_address;               \
    for (size_t i = 0; i < count; i++) {                                                   \
      const type g = gradient[i];                                                          \
      first[i] += (g - first[i]) * (1 - beta1);                                            \
      second[i] += (g * g - second[i]) * (1 - beta2);                                      \
      const type step = nesterov ? g * (1 - beta1) + beta1 * first[i] : first[i];          \
      variable[i] -= step * rate / (root(second[i]) + epsilon);                            \
    }                                                                                      \
  }

DEFINE(float32, sqrtf)
DEFINE(float64, sqrt)
