// Steps of the optimisers that adapt the rate to each element.
#include <math.h>

#include "kernel_support.h"
#include "staticgraph_updates.h"

#define NUMBER(type, position) (*(const type *)operands->numbers[position])
#define VARIABLE(type, name, position) type *restrict name = operands->variables[position]

#define UPDATE(name, type) \
  STATICGRAPH_CLONES       \
  void staticgraph_##name##_##type(size_t count, const staticgraph_update_operands *operands)

#define DEFINE_ADAGRAD(type, root)                                                  \
  static inline __attribute__((always_inline)) void adagrad_of_##type(                                             \
      size_t count, const staticgraph_update_operands *operands, type epsilon) {    \
    const type rate = NUMBER(type, 0), *gradient = operands->gradient;              \
    VARIABLE(type, variable, 0);                                                    \
    VARIABLE(type, sum, 1);                                                         \
    const type share = operands->flag ? 1 : 0;                                      \
    for (size_t i = 0; i < count; i++) {                                            \
      sum[i] += share * gradient[i] * gradient[i];                                  \
      variable[i] -= rate * gradient[i] / (root(sum[i]) + epsilon);                 \
    }                                                                               \
  }                                                                                 \
  UPDATE(adagrad, type) { adagrad_of_##type(count, operands, 0); }                  \
  UPDATE(adagrad_epsilon, type) { adagrad_of_##type(count, operands, NUMBER(type, 1)); }

#define DEFINE_RMSPROP(type, root)                                             \
  UPDATE(rmsprop, type) {                                                      \
    const type rate = NUMBER(type, 0), rho = NUMBER(type, 1);                  \
    const type momentum = NUMBER(type, 2), epsilon = NUMBER(type, 3);          \
    const type *gradient = operands->gradient;                                 \
    VARIABLE(type, variable, 0);                                               \
    VARIABLE(type, squares, 1);                                                \
    VARIABLE(type, step, 2);                                                   \
    for (size_t i = 0; i < count; i++) {                                       \
      squares[i] += (gradient[i] * gradient[i] - squares[i]) * (1 - rho);      \
      step[i] = momentum * step[i] + rate * gradient[i] / root(squares[i] + epsilon); \
      variable[i] -= step[i];                                                  \
    }                                                                          \
  }                                                                            \
  UPDATE(centered_rmsprop, type) {                                             \
    const type rate = NUMBER(type, 0), rho = NUMBER(type, 1);                  \
    const type momentum = NUMBER(type, 2), epsilon = NUMBER(type, 3);          \
    const type *gradient = operands->gradient;                                 \
    VARIABLE(type, variable, 0);                                               \
    VARIABLE(type, mean, 1);                                                   \
    VARIABLE(type, squares, 2);                                                \
    VARIABLE(type, step, 3);                                                   \
    for (size_t i = 0; i < count; i++) {                                       \
      squares[i] += (gradient[i] * gradient[i] - squares[i]) * (1 - rho);      \
      mean[i] += (gradient[i] - mean[i]) * (1 - rho);                          \
      const type variance = squares[i] - mean[i] * mean[i] + epsilon;          \
      step[i] = momentum * step[i] + rate * gradient[i] / root(variance);      \
      variable[i] -= step[i];                                                  \
    }                                                                          \
  }

#define DEFINE_ADADELTA(type, root)                                            \
  UPDATE(adadelta, type) {                                                     \
    const type rate = NUMBER(type, 0), rho = NUMBER(type, 1);                  \
    const type epsilon = NUMBER(type, 2), *gradient = operands->gradient;      \
    VARIABLE(type, variable, 0);                                               \
    VARIABLE(type, squares, 1);                                                \
    VARIABLE(type, steps, 2);                                                  \
    for (size_t i = 0; i < count; i++) {                                       \
      squares[i] = rho * squares[i] + (1 - rho) * gradient[i] * gradient[i];   \
      const type step = root(steps[i] + epsilon) / root(squares[i] + epsilon) * gradient[i]; \
      steps[i] = rho * steps[i] + (1 - rho) * step * step;                     \
      variable[i] -= rate * step;                                              \
    }                                                                          \
  }

// The power of the sum of squares is −1/2 nearly always, and then a square root.
#define FTRL_LOOP(type, power_of)                                                             \
  for (size_t i = 0; i < count; i++) {                                                        \
    const type g = gradient[i], old = sum[i], new = old + g * g;                              \
    const type power = power_of(new);                                                         \
    const type change = (power - power_of(old)) * inverse;                                    \
    const type line = linear[i] + (g + 2 * shrinkage * variable[i]) * factor                  \
                      - change * variable[i];                                                 \
    const type excess = line > limit ? limit - line : line < -limit ? -limit - line : 0;      \
    variable[i] = excess / (power * inverse + curvature);                                     \
    linear[i] = line;                                                                         \
    sum[i] = new;                                                                             \
  }

#define DEFINE_FTRL(type, root, raised)                                                       \
  static inline __attribute__((always_inline)) void ftrl_of_##type(                                                          \
      size_t count, const staticgraph_update_operands *operands, type shrinkage,              \
      type exponent) {                                                                        \
    const type rate = NUMBER(type, 0), factor = operands->flag ? rate : 1;                    \
    const type inverse = operands->flag ? 1 : 1 / rate;                                       \
    const type limit = NUMBER(type, 1) * factor, curvature = 2 * NUMBER(type, 2) * factor;    \
    const type *gradient = operands->gradient;                                                \
    VARIABLE(type, variable, 0);                                                              \
    VARIABLE(type, sum, 1);                                                                   \
    VARIABLE(type, linear, 2);                                                                \
    if (exponent == (type)-0.5) {                                                             \
      FTRL_LOOP(type, root)                                                                   \
    } else {                                                                                  \
      FTRL_LOOP(type, raised)                                                                 \
    }                                                                                         \
  }                                                                                           \
  UPDATE(ftrl, type) { ftrl_of_##type(count, operands, 0, NUMBER(type, 3)); }                 \
  UPDATE(ftrl_shrinkage, type) {                                                              \
    ftrl_of_##type(count, operands, NUMBER(type, 3), NUMBER(type, 4));                        \
  }

#define DEFINE_ADAMAX(type, magnitude)                                          \
  UPDATE(adamax, type) {                                                        \
    const type rate = NUMBER(type, 1) / (1 - NUMBER(type, 0));                  \
    const type beta1 = NUMBER(type, 2), beta2 = NUMBER(type, 3);                \
    const type epsilon = NUMBER(type, 4), *gradient = operands->gradient;       \
    VARIABLE(type, variable, 0);                                                \
    VARIABLE(type, first, 1);                                                   \
    VARIABLE(type, norm, 2);                                                    \
    for (size_t i = 0; i < count; i++) {                                        \
      const type faded = beta2 * norm[i], size = magnitude(gradient[i]);        \
      first[i] += (gradient[i] - first[i]) * (1 - beta1);                       \
      norm[i] = faded > size ? faded : size;                                    \
      variable[i] -= rate * first[i] / (norm[i] + epsilon);                     \
    }                                                                           \
  }

#define DEFINE_AMSGRAD(type, root)                                              \
  UPDATE(amsgrad, type) {                                                       \
    const type rate = NUMBER(type, 2) * root(1 - NUMBER(type, 1)) / (1 - NUMBER(type, 0)); \
    const type beta1 = NUMBER(type, 3), beta2 = NUMBER(type, 4);                \
    const type epsilon = NUMBER(type, 5), *gradient = operands->gradient;       \
    VARIABLE(type, variable, 0);                                                \
    VARIABLE(type, first, 1);                                                   \
    VARIABLE(type, second, 2);                                                  \
    VARIABLE(type, largest, 3);                                                 \
    for (size_t i = 0; i < count; i++) {                                        \
      const type g = gradient[i];                                               \
      first[i] += (g - first[i]) * (1 - beta1);                                 \
      second[i] += (g * g - second[i]) * (1 - beta2);                           \
      largest[i] = second[i] > largest[i] ? second[i] : largest[i];             \
      variable[i] -= rate * first[i] / (root(largest[i]) + epsilon);            \
    }                                                                           \
  }

#define RAISED_FLOAT32(number) powf(number, -exponent)
#define RAISED_FLOAT64(number) pow(number, -exponent)

DEFINE_ADAGRAD(float32, sqrtf)
DEFINE_ADAGRAD(float64, sqrt)
DEFINE_RMSPROP(float32, sqrtf)
DEFINE_RMSPROP(float64, sqrt)
DEFINE_ADADELTA(float32, sqrtf)
DEFINE_ADADELTA(float64, sqrt)
DEFINE_FTRL(float32, sqrtf, RAISED_FLOAT32)
DEFINE_FTRL(float64, sqrt, RAISED_FLOAT64)
DEFINE_ADAMAX(float32, fabsf)
DEFINE_ADAMAX(float64, fabs)
DEFINE_AMSGRAD(float32, sqrtf)
DEFINE_AMSGRAD(float64, sqrt)
