// Logarithms, and the exponential less 1, without branches, so that loops over them become vector
// code.
#ifndef STATICGRAPH_VECTOR_LOGARITHM_H
#define STATICGRAPH_VECTOR_LOGARITHM_H

#include "vector_math.h"

// x = m·2ⁿ with m between √½ and √2, and log x = n·ln 2 + log m. With f = m − 1, s = f / (2 + f)
// and the odd series of log m = log ((1 + s) / (1 − s)) the sum 2·s + s·rest is f − s·(f − rest),
// which keeps the bits of f.
static inline float32 log_float32(float32 x) {
  const int is_small = x < 0x1p-126f;
  const uint32_t bits = bits_of_float32(is_small ? x * 0x1p23f : x);
  const uint32_t above = bits - bits_of_float32(0x1.6a09e6p-1f);
  const float32 n = (float32)((int32_t)above >> 23) - (is_small ? 23 : 0);
  const float32 f = float32_of_bits(bits - (above & 0xff800000u)) - 1;
  const float32 s = f / (2 + f);
  const float32 square = s * s;
  float32 rest = 2.0f / 9;
  rest = rest * square + 2.0f / 7;
  rest = rest * square + 2.0f / 5;
  rest = rest * square + 2.0f / 3;
  rest *= square;
  const float32 result = n * 0x1.62e4p-1f + ((f - s * (f - rest)) + n * 0x1.7f7d1cp-20f);
  const float32 special = x == 0 ? -INFINITY : x > 0 ? INFINITY : NAN;
  return x > 0 && x < INFINITY ? result : special;
}

static inline float64 log_float64(float64 x) {
  const int is_small = x < 0x1p-1022;
  const uint64_t bits = bits_of_float64(is_small ? x * 0x1p52 : x);
  const uint64_t above = bits - bits_of_float64(0x1.6a09e667f3bcdp-1);
  // Shifts and conversions of signed 64 bits are no vector instructions everywhere; the offset
  // makes n positive, and the low bits of a large number turn it into one.
  const uint64_t exponent = (above + ((uint64_t)1024 << 52)) >> 52;
  const float64 n = (float64_of_bits(bits_of_float64(0x1p52) | exponent) - (0x1p52 + 1024))
                    - (is_small ? 52 : 0);
  const float64 f = float64_of_bits(bits - (above & 0xfff0000000000000u)) - 1;
  const float64 s = f / (2 + f);
  const float64 square = s * s;
  float64 rest = 2.0 / 23;
  rest = rest * square + 2.0 / 21;
  rest = rest * square + 2.0 / 19;
  rest = rest * square + 2.0 / 17;
  rest = rest * square + 2.0 / 15;
  rest = rest * square + 2.0 / 13;
  rest = rest * square + 2.0 / 11;
  rest = rest * square + 2.0 / 9;
  rest = rest * square + 2.0 / 7;
  rest = rest * square + 2.0 / 5;
  rest = rest * square + 2.0 / 3;
  rest *= square;
  const float64 result = n * 0x1.62e42fefa38p-1 + ((f - s * (f - rest)) + n * 0x1.ef35793c7673p-45);
  const float64 special = x == 0 ? -INFINITY : x > 0 ? INFINITY : NAN;
  return x > 0 && x < INFINITY ? result : special;
}

// What 1 + x loses to rounding is added, divided by the sum: the logarithm's derivative there.
static inline float32 log1p_float32(float32 x) {
  const float32 sum = 1 + x;
  const float32 lost = sum == 0 ? 0 : (x - (sum - 1)) / sum;
  const float32 result = log_float32(sum) + lost;
  return sum == 1 || x == INFINITY ? x : result;
}

static inline float64 log1p_float64(float64 x) {
  const float64 sum = 1 + x;
  const float64 lost = sum == 0 ? 0 : (x - (sum - 1)) / sum;
  const float64 result = log_float64(sum) + lost;
  return sum == 1 || x == INFINITY ? x : result;
}

// Half the power of two is applied first, so that the largest results are finite. The bounds are
// where the result is infinite, or rounds to −1. Close to 0 the result is x itself.
static inline float32 expm1_float32(float32 x) {
  const reduced_float32 reduced = reduce_float32(x > 89 ? 89 : x < -20 ? -20 : x);
  const float32 half = power_of_two_float32(reduced.n - 1);
  const float32 result = (half * exp_rest_float32(reduced.rest) + (half - 0.5f)) * 2;
  return fabsf(x) < 0x1p-25f ? x : result;
}

static inline float64 expm1_float64(float64 x) {
  const reduced_float64 reduced = reduce_float64(x > 710 ? 710 : x < -40 ? -40 : x);
  const float64 half = power_of_two_float64(reduced.n - 1);
  const float64 result = (half * exp_rest_float64(reduced.rest) + (half - 0.5)) * 2;
  return fabs(x) < 0x1p-54 ? x : result;
}

#endif
