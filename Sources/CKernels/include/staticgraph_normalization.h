// Inner loops of normalisation: by the mean and the variance of a channel, or by its neighbours.
#ifndef STATICGRAPH_NORMALIZATION_H
#define STATICGRAPH_NORMALIZATION_H

#include "staticgraph_kernels.h"

/// Sums that parts of the work left for each channel: part p and channel c at p · channels + c.
typedef struct {
  size_t parts;
  size_t channels;
  /// The number of elements of a channel.
  double count;
  const double *sums;
  const double *products;
} staticgraph_channel_sums;

/// A matrix without gaps, a column a channel; `shift` holds a number for each of these.
/// sums[c] = Σ (x − shift[c]), squares[c] = Σ (x − shift[c])².
typedef void (*staticgraph_batch_sums)(size_t rows, size_t channels, const void *x,
                                       const void *shift, double *sums, double *squares);

/// sums[c] = Σ flow, products[c] = Σ flow · (x − mean[c]).
typedef void (*staticgraph_batch_gradient_sums)(size_t rows, size_t channels, const void *flow,
                                                const void *x, const void *mean, double *sums,
                                                double *products);

/// Mean and variance of each channel from sums about `shift`, both 0 where it has no elements.
typedef void (*staticgraph_batch_moments)(staticgraph_channel_sums sums, const void *shift,
                                          void *mean, void *variance);

/// factor[c] = scale[c] / √(variance[c] + epsilon).
typedef void (*staticgraph_batch_factors)(size_t channels, float epsilon, const void *scale,
                                          const void *variance, void *factor);

/// result[c] = part · weight · x[c], more (1 − part) · old[c] where `part` is not 1.
typedef void (*staticgraph_batch_average)(size_t channels, float part, double weight,
                                          const void *x, const void *old, void *result);

/// result = (x − mean[c]) · factor[c] + offset[c]. `result` may be `x`.
typedef void (*staticgraph_batch_normalize)(size_t rows, size_t channels, const void *x,
                                            const void *mean, const void *factor,
                                            const void *offset, void *result);

/// From Σ flow and Σ flow · (x − mean): what flows into offset and scale, and the three numbers of
/// each channel that what flows into x is made with.
typedef void (*staticgraph_batch_gradient_factors)(staticgraph_channel_sums sums, float epsilon,
                                                   bool is_training, const void *scale,
                                                   const void *variance, void *scale_flow,
                                                   void *offset_flow, void *factor, void *middle,
                                                   void *slope);

/// result = factor[c] · (flow − middle[c] − (x − mean[c]) · slope[c]). `result` may be `flow` or
/// `x`.
typedef void (*staticgraph_batch_gradient)(size_t rows, size_t channels, const void *flow,
                                           const void *x, const void *mean, const void *factor,
                                           const void *middle, const void *slope, void *result);

/// How elements of a row are divided by what stands up to `radius` places from each, with
/// n = bias + alpha · Σ x² over these.
typedef struct {
  size_t radius;
  float bias;
  float alpha;
  float beta;
} staticgraph_response;

/// result = x · n^(−beta), row by row. `work` holds 2 · (columns + radius) elements.
typedef void (*staticgraph_local_response)(staticgraph_response response, size_t rows,
                                           size_t columns, const void *x, void *work,
                                           void *result);

/// result = flow · n^(−beta) − 2 · alpha · beta · x · Σ (flow · y / n) over the same places.
typedef void (*staticgraph_local_response_gradient)(staticgraph_response response, size_t rows,
                                                    size_t columns, const void *flow,
                                                    const void *x, const void *y, void *work,
                                                    void *result);

#define STATICGRAPH_NORMALIZATION(type)                                                        \
  void staticgraph_batch_sums_##type(size_t rows, size_t channels, const void *x,              \
                                     const void *shift, double *sums, double *squares);        \
  void staticgraph_batch_gradient_sums_##type(size_t rows, size_t channels, const void *flow,  \
                                              const void *x, const void *mean, double *sums,   \
                                              double *products);                               \
  void staticgraph_batch_moments_##type(staticgraph_channel_sums sums, const void *shift,      \
                                        void *mean, void *variance);                           \
  void staticgraph_batch_factors_##type(size_t channels, float epsilon, const void *scale,     \
                                        const void *variance, void *factor);                   \
  void staticgraph_batch_average_##type(size_t channels, float part, double weight,            \
                                        const void *x, const void *old, void *result);         \
  void staticgraph_batch_normalize_##type(size_t rows, size_t channels, const void *x,         \
                                          const void *mean, const void *factor,                \
                                          const void *offset, void *result);                   \
  void staticgraph_batch_gradient_factors_##type(                                              \
      staticgraph_channel_sums sums, float epsilon, bool is_training, const void *scale,       \
      const void *variance, void *scale_flow, void *offset_flow, void *factor, void *middle,   \
      void *slope);                                                                            \
  void staticgraph_batch_gradient_##type(size_t rows, size_t channels, const void *flow,       \
                                         const void *x, const void *mean, const void *factor,  \
                                         const void *middle, const void *slope, void *result); \
  void staticgraph_local_response_##type(staticgraph_response response, size_t rows,           \
                                         size_t columns, const void *x, void *work,            \
                                         void *result);                                        \
  void staticgraph_local_response_gradient_##type(staticgraph_response response, size_t rows,  \
                                                  size_t columns, const void *flow,            \
                                                  const void *x, const void *y, void *work,    \
                                                  void *result);

STATICGRAPH_NORMALIZATION(float32)
STATICGRAPH_NORMALIZATION(float64)

#undef STATICGRAPH_NORMALIZATION

#endif
