#include <math.h>

#include "kernel_support.h"
#include "staticgraph_normalization.h"

#define INLINE __attribute__((always_inline)) static inline

// Four rows are added in the type of the elements, all else in wider arithmetic. The order is the
// same for every instruction set.
enum { lanes = 16, group = 4 };

// The two numbers that an element adds: DIFFERENCE to the sums, PRODUCT to the products.
#define DIFFERENCE_OF_X(at) (x[at] - center)
#define PRODUCT_OF_X(at) (DIFFERENCE_OF_X(at) * DIFFERENCE_OF_X(at))
#define DIFFERENCE_OF_FLOW(at) (flow[at])
#define PRODUCT_OF_FLOW(at) (flow[at] * (x[at] - center))

#define ADD_GROUP(TERM, start, stride) \
  ((TERM(start) + TERM(start + stride)) + (TERM(start + 2 * stride) + TERM(start + 3 * stride)))

#define DEFINE_SUMS(name, type, DIFFERENCE, PRODUCT)                                           \
  INLINE void name##_column_##type(size_t count, const type *restrict flow,                    \
                                   const type *restrict x, type center, double *sum,           \
                                   double *product) {                                          \
    (void)flow;                                                                                \
    double sums[lanes] = {0}, products[lanes] = {0};                                           \
    size_t i = 0;                                                                              \
    for (; i + group * lanes <= count; i += group * lanes) {                                   \
      for (size_t lane = 0; lane < lanes; lane++) {                                            \
        sums[lane] += (double)ADD_GROUP(DIFFERENCE, i + lane, lanes);                          \
        products[lane] += (double)ADD_GROUP(PRODUCT, i + lane, lanes);                         \
      }                                                                                        \
    }                                                                                          \
    for (; i < count; i++) {                                                                   \
      sums[i % lanes] += (double)DIFFERENCE(i);                                                \
      products[i % lanes] += (double)PRODUCT(i);                                               \
    }                                                                                          \
    for (size_t width = lanes / 2; width > 0; width /= 2) {                                    \
      for (size_t lane = 0; lane < width; lane++) sums[lane] += sums[lane + width];            \
      for (size_t lane = 0; lane < width; lane++) products[lane] += products[lane + width];    \
    }                                                                                          \
    *sum = sums[0];                                                                            \
    *product = products[0];                                                                    \
  }                                                                                            \
                                                                                               \
  INLINE void name##_matrix_##type(size_t rows, size_t channels, const type *restrict flow,    \
                                   const type *restrict x, const type *restrict centers,       \
                                   double *restrict sums, double *restrict products) {         \
    if (channels == 1) {                                                                       \
      name##_column_##type(rows, flow, x, centers[0], sums, products);                         \
      return;                                                                                  \
    }                                                                                          \
    for (size_t c = 0; c < channels; c++) sums[c] = products[c] = 0;                           \
    size_t row = 0;                                                                            \
    for (; row + group <= rows; row += group) {                                                \
      const size_t start = row * channels;                                                     \
      for (size_t c = 0; c < channels; c++) {                                                  \
        const type center = centers[c];                                                        \
        sums[c] += (double)ADD_GROUP(DIFFERENCE, start + c, channels);                         \
        products[c] += (double)ADD_GROUP(PRODUCT, start + c, channels);                        \
      }                                                                                        \
    }                                                                                          \
    for (; row < rows; row++) {                                                                \
      const size_t start = row * channels;                                                     \
      for (size_t c = 0; c < channels; c++) {                                                  \
        const type center = centers[c];                                                        \
        sums[c] += (double)DIFFERENCE(start + c);                                              \
        products[c] += (double)PRODUCT(start + c);                                             \
      }                                                                                        \
    }                                                                                          \
  }

#define DEFINE_LOOPS(type)                                                                     \
  DEFINE_SUMS(sums, type, DIFFERENCE_OF_X, PRODUCT_OF_X)                                       \
  DEFINE_SUMS(gradient_sums, type, DIFFERENCE_OF_FLOW, PRODUCT_OF_FLOW)                        \
                                                                                               \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_batch_sums_##type(size_t rows, size_t channels, const void *x,              \
                                     const void *shift, double *sums, double *squares) {       \
    sums_matrix_##type(rows, channels, x, x, shift, sums, squares);                            \
  }                                                                                            \
                                                                                               \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_batch_gradient_sums_##type(size_t rows, size_t channels, const void *flow,  \
                                              const void *x, const void *mean, double *sums,   \
                                              double *products) {                              \
    gradient_sums_matrix_##type(rows, channels, flow, x, mean, sums, products);                \
  }                                                                                            \
                                                                                               \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_batch_normalize_##type(size_t rows, size_t channels, const void *x_memory,  \
                                          const void *mean_memory, const void *factor_memory,  \
                                          const void *offset_memory, void *result_memory) {    \
    const type *x = x_memory, *mean = mean_memory;                                             \
    const type *factor = factor_memory, *offset = offset_memory;                               \
    type *result = result_memory;                                                              \
    if (channels == 1) {                                                                       \
      const type center = mean[0], slope = factor[0], base = offset[0];                        \
      for (size_t i = 0; i < rows; i++) result[i] = (x[i] - center) * slope + base;            \
      return;                                                                                  \
    }                                                                                          \
    for (; rows > 0; rows--, x += channels, result += channels) {                              \
      for (size_t c = 0; c < channels; c++) {                                                  \
        result[c] = (x[c] - mean[c]) * factor[c] + offset[c];                                  \
      }                                                                                        \
    }                                                                                          \
  }                                                                                            \
                                                                                               \
  STATICGRAPH_CLONES                                                                           \
  void staticgraph_batch_gradient_##type(                                                      \
      size_t rows, size_t channels, const void *flow_memory, const void *x_memory,             \
      const void *mean_memory, const void *factor_memory, const void *middle_memory,           \
      const void *slope_memory, void *result_memory) {                                         \
    const type *flow = flow_memory, *x = x_memory, *mean = mean_memory;                        \
    const type *factor = factor_memory, *middle = middle_memory, *slope = slope_memory;        \
    type *result = result_memory;                                                              \
    if (channels == 1) {                                                                       \
      const type m = mean[0], f = factor[0], b = middle[0], s = slope[0];                      \
      for (size_t i = 0; i < rows; i++) result[i] = f * (flow[i] - b - (x[i] - m) * s);        \
      return;                                                                                  \
    }                                                                                          \
    for (; rows > 0; rows--, flow += channels, x += channels, result += channels) {            \
      for (size_t c = 0; c < channels; c++) {                                                  \
        result[c] = factor[c] * (flow[c] - middle[c] - (x[c] - mean[c]) * slope[c]);           \
      }                                                                                        \
    }                                                                                          \
  }

static void total_of_parts(staticgraph_channel_sums s, size_t channel, double *sum,
                           double *product) {
  *sum = *product = 0;
  for (size_t part = 0; part < s.parts; part++) {
    *sum += s.sums[part * s.channels + channel];
    *product += s.products[part * s.channels + channel];
  }
}

#define DEFINE_CHANNELS(type)                                                                  \
  void staticgraph_batch_moments_##type(staticgraph_channel_sums s, const void *shift_memory,  \
                                        void *mean_memory, void *variance_memory) {            \
    const type *shift = shift_memory;                                                          \
    type *mean = mean_memory, *variance = variance_memory;                                     \
    for (size_t c = 0; c < s.channels; c++) {                                                  \
      double sum, square;                                                                      \
      total_of_parts(s, c, &sum, &square);                                                     \
      const double difference = s.count > 0 ? sum / s.count : 0;                               \
      const double spread = s.count > 0 ? square / s.count - difference * difference : 0;      \
      mean[c] = (type)(s.count > 0 ? shift[c] + difference : 0);                               \
      variance[c] = (type)(spread < 0 ? 0 : spread);                                           \
    }                                                                                          \
  }                                                                                            \
                                                                                               \
  void staticgraph_batch_factors_##type(size_t channels, float epsilon,                        \
                                        const void *scale_memory, const void *variance_memory, \
                                        void *factor_memory) {                                 \
    const type *scale = scale_memory, *variance = variance_memory;                             \
    type *factor = factor_memory;                                                              \
    for (size_t c = 0; c < channels; c++) {                                                    \
      factor[c] = (type)(scale[c] / sqrt((double)variance[c] + (double)epsilon));              \
    }                                                                                          \
  }                                                                                            \
                                                                                               \
  void staticgraph_batch_average_##type(size_t channels, float part, double weight,            \
                                        const void *x_memory, const void *old_memory,          \
                                        void *result_memory) {                                 \
    const type *x = x_memory, *old = old_memory;                                               \
    type *result = result_memory;                                                              \
    const double p = part;                                                                     \
    for (size_t c = 0; c < channels; c++) {                                                    \
      result[c] = (type)(part == 1 ? weight * x[c] : p * weight * x[c] + (1 - p) * old[c]);    \
    }                                                                                          \
  }                                                                                            \
                                                                                               \
  void staticgraph_batch_gradient_factors_##type(                                              \
      staticgraph_channel_sums s, float epsilon, bool is_training, const void *scale_memory,   \
      const void *variance_memory, void *scale_flow_memory, void *offset_flow_memory,          \
      void *factor_memory, void *middle_memory, void *slope_memory) {                          \
    const type *scale = scale_memory, *variance = variance_memory;                             \
    type *scale_flow = scale_flow_memory, *offset_flow = offset_flow_memory;                   \
    type *factor = factor_memory, *middle = middle_memory, *slope = slope_memory;              \
    const double part = is_training && s.count > 0 ? 1 / s.count : 0;                          \
    for (size_t c = 0; c < s.channels; c++) {                                                  \
      double sum, product;                                                                     \
      total_of_parts(s, c, &sum, &product);                                                    \
      const double squared = (double)variance[c] + (double)epsilon;                            \
      const double inverse = 1 / sqrt(squared);                                                \
      scale_flow[c] = (type)(product * inverse);                                               \
      offset_flow[c] = (type)sum;                                                              \
      factor[c] = (type)(scale[c] * inverse);                                                  \
      middle[c] = (type)(sum * part);                                                          \
      slope[c] = is_training ? (type)(product * part / squared) : 0;                           \
    }                                                                                          \
  }

DEFINE_LOOPS(float32)
DEFINE_LOOPS(float64)
DEFINE_CHANNELS(float32)
DEFINE_CHANNELS(float64)
