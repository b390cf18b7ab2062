// Elementary functions without branches, so that loops over them become vector code. Each gives
// the same bits whether it stands in a vector or alone.
#ifndef STATICGRAPH_VECTOR_MATH_H
#define STATICGRAPH_VECTOR_MATH_H

#include <math.h>
#include <string.h>

#include "kernel_support.h"

static inline float32 float32_of_bits(uint32_t bits) {
  float32 x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline float64 float64_of_bits(uint64_t bits) {
  float64 x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline uint32_t bits_of_float32(float32 x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline uint64_t bits_of_float64(float64 x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

// A number plus this one is rounded to an integer, which the low bits of the sum then hold.
#define ROUNDER_FLOAT32 0x1.8p23f
#define ROUNDER_FLOAT64 0x1.8p52

// x = n·ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts, of which the first has so few digits
// that its product with n is exact.
typedef struct {
  float32 rest;
  uint32_t n;
} reduced_float32;

typedef struct {
  float64 rest;
  uint64_t n;
} reduced_float64;

static inline reduced_float32 reduce_float32(float32 x) {
  const float32 shifted = x * 0x1.715476p+0f + ROUNDER_FLOAT32;
  const float32 n = shifted - ROUNDER_FLOAT32;
  return (reduced_float32){(x - n * 0x1.62e4p-1f) - n * 0x1.7f7d1cp-20f,
                           bits_of_float32(shifted) - bits_of_float32(ROUNDER_FLOAT32)};
}

static inline reduced_float64 reduce_float64(float64 x) {
  const float64 shifted = x * 0x1.71547652b82fep+0 + ROUNDER_FLOAT64;
  const float64 n = shifted - ROUNDER_FLOAT64;
  return (reduced_float64){(x - n * 0x1.62e42fefa38p-1) - n * 0x1.ef35793c7673p-45,
                           bits_of_float64(shifted) - bits_of_float64(ROUNDER_FLOAT64)};
}

// exp r − 1 for small r, by its series.
static inline float32 exp_rest_float32(float32 r) {
  float32 sum = 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  return r + r * r * sum;
}

static inline float64 exp_rest_float64(float64 r) {
  float64 sum = 1.0 / 6227020800;
  sum = sum * r + 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  return r + r * r * sum;
}

// exp r for small r: the polynomial of degree 6 with the first three terms of the series whose
// largest relative error is least.
static inline float32 exp_of_rest_float32(float32 r) {
  float32 sum = 0x1.6b6e1ap-10f;
  sum = sum * r + 0x1.122fc2p-7f;
  sum = sum * r + 0x1.555688p-5f;
  sum = sum * r + 0x1.5554a4p-3f;
  sum = sum * r + 0.5f;
  sum = sum * r + 1;
  return sum * r + 1;
}

// 2 to the power of n, for a number that is not subnormal.
static inline float32 power_of_two_float32(uint32_t n) { return float32_of_bits((n + 127) << 23); }
static inline float64 power_of_two_float64(uint64_t n) { return float64_of_bits((n + 1023) << 52); }

// The power of two is applied in halves, so that results may be subnormal or infinite. What is
// beyond the bounds gives 0 or infinity at the bounds already.
static inline float32 exp_float32(float32 x) {
  const float32 bounded = x > 90 ? 90 : x < -105 ? -105 : x;
  const reduced_float32 reduced = reduce_float32(bounded);
  const uint32_t half = (uint32_t)((int32_t)reduced.n >> 1);
  return exp_of_rest_float32(reduced.rest) * power_of_two_float32(half)
         * power_of_two_float32(reduced.n - half);
}

static inline float64 exp_float64(float64 x) {
  const float64 bounded = x > 710 ? 710 : x < -750 ? -750 : x;
  const reduced_float64 reduced = reduce_float64(bounded);
  // Arithmetic shifts of 64 bits are no vector instruction everywhere; the offset makes n positive.
  const uint64_t half = ((reduced.n + 2048) >> 1) - 1024;
  return (1 + exp_rest_float64(reduced.rest)) * power_of_two_float64(half)
         * power_of_two_float64(reduced.n - half);
}

// Close to 0 an odd series; from there on 1 − 2 / (exp 2|x| + 1), up to where it rounds to 1. There
// the exponential need be less exact than elsewhere: ln 2 has one part.
static inline float32 tanh_float32(float32 x) {
  const float32 magnitude = fabsf(x);
  const float32 bounded = magnitude > 10 ? 10 : magnitude;
  const float32 shifted = bounded * 0x1.715476p+1f + ROUNDER_FLOAT32;
  const float32 n = shifted - ROUNDER_FLOAT32;
  const float32 power = exp_of_rest_float32(2 * bounded - n * 0x1.62e43p-1f)
                        * power_of_two_float32(bits_of_float32(shifted));
  const float32 far = 1 - 2 / (power + 1);
  const float32 square = x * x;
  float32 rest = -5.70498872745e-3f;
  rest = rest * square + 2.06390887954e-2f;
  rest = rest * square - 5.37397155531e-2f;
  rest = rest * square + 1.33314422036e-1f;
  rest = rest * square - 3.33332819422e-1f;
  const float32 near = x + x * square * rest;
  return magnitude < 0.625f ? near : copysignf(far, x);
}

// tanh |x| = (exp 2|x| − 1) / (exp 2|x| + 1), where the subtraction cancels nothing because the
// power of two is applied to exp r − 1. The bounds are where the quotient rounds to 1.
static inline float64 tanh_float64(float64 x) {
  const float64 magnitude = fabs(x);
  const reduced_float64 reduced = reduce_float64(2 * (magnitude > 22 ? 22 : magnitude));
  const float64 scale = power_of_two_float64(reduced.n);
  const float64 less_one = scale * exp_rest_float64(reduced.rest) + (scale - 1);
  return copysign(less_one / (less_one + 2), x);
}

// With p the exponential of −|x|, which is never infinite: 1 / (1 + p), or p − p·(p / (1 + p)),
// which has fewer roundings than the quotient itself, where x is negative.
static inline float32 sigmoid_float32(float32 x) {
  const float32 magnitude = fabsf(x);
  const reduced_float32 reduced = reduce_float32(-(magnitude > 105 ? 105 : magnitude));
  // In two steps, since the exponential may be subnormal.
  const float32 power =
      exp_of_rest_float32(reduced.rest) * power_of_two_float32(reduced.n + 64) * 0x1p-64f;
  const float32 share = (x < 0 ? power : 1) / (1 + power);
  return x < 0 ? power - power * share : share;
}

static inline float64 sigmoid_float64(float64 x) {
  const float64 power = exp_float64(-fabs(x));
  const float64 share = (x < 0 ? power : 1) / (1 + power);
  return x < 0 ? power - power * share : share;
}

// Up to this the products of the reduction are exact.
#define LARGEST_ANGLE_FLOAT32 1e5f

// sin (x + quarters·π/2), for |x| up to the largest angle.
static inline float32 sine_float32(float32 x, uint32_t quarters) {
  const float64 shifted = (float64)x * 0x1.45f306dc9c883p-1 + ROUNDER_FLOAT64;
  const float64 n = shifted - ROUNDER_FLOAT64;
  const float32 r = (float32)(((float64)x - n * 0x1.921fb544p+0) - n * 0x1.0b4611a626331p-34);
  const uint32_t quadrant = (uint32_t)bits_of_float64(shifted) + quarters;
  const float32 square = r * r;
  float32 sine = 1.0f / 362880;
  sine = sine * square - 1.0f / 5040;
  sine = sine * square + 1.0f / 120;
  sine = sine * square - 1.0f / 6;
  sine = r + r * square * sine;
  float32 cosine = -1.0f / 3628800;
  cosine = cosine * square + 1.0f / 40320;
  cosine = cosine * square - 1.0f / 720;
  cosine = cosine * square + 1.0f / 24;
  cosine = 1 - 0.5f * square + square * square * cosine;
  const float32 magnitude = quadrant & 1 ? cosine : sine;
  const float32 result = float32_of_bits(bits_of_float32(magnitude) ^ (quadrant & 2) << 30);
  // The sine of a zero keeps its sign.
  return quarters == 0 && x == 0 ? x : result;
}

#endif
