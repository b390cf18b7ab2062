#include "elementwise_loops.h"
#include "vector_math.h"

static const double pi = 3.14159265358979323846;
static const double two_by_root_pi = 1.12837916709551257390;

// An odd polynomial close to 0, and 1 − exp of a polynomial from there to where the function rounds
// to 1. The coefficients leave errors below 10⁻⁸ of the result.
static inline float32 erf_float32(float32 x) {
  const float32 square = x * x;
  float32 odd = -6.203249e-4f;
  odd = odd * square + 5.0321803e-3f;
  odd = odd * square - 2.6791463e-2f;
  odd = odd * square + 1.1282455e-1f;
  odd = odd * square - 3.761255e-1f;
  odd = odd * square + 0.12837916709551257f;
  const float32 magnitude = fabsf(x) > 4 ? 4 : fabsf(x);
  float32 logarithm = -5.766265e-6f;
  logarithm = logarithm * magnitude + 5.5585628e-5f;
  logarithm = logarithm * magnitude - 9.448357e-7f;
  logarithm = logarithm * magnitude - 2.791817e-3f;
  logarithm = logarithm * magnitude + 2.2452364e-2f;
  logarithm = logarithm * magnitude - 1.05054416e-1f;
  logarithm = logarithm * magnitude - 6.3573146e-1f;
  logarithm = logarithm * magnitude - 1.1285291f;
  const float32 far = copysignf(1 - exp_float32(logarithm * magnitude), x);
  return fabsf(x) < 0.875f ? x + x * odd : far;
}

// Starts with Winitzki's formula, which is right to some thousandths, and triples the digits with
// each of Halley's steps. From ½ on the complement keeps the digits of 1 − |x|.
static double inverse_of_erf(double x) {
  const double magnitude = fabs(x);
  if (magnitude == 1) return copysign(INFINITY, x);
  if (!(magnitude < 1)) return NAN;
  const double a = 0.147;
  const double logarithm = log1p(-magnitude * magnitude);
  const double half = 2 / (pi * a) + logarithm / 2;
  double y = sqrt(-logarithm / a / (sqrt(half * half - logarithm / a) + half));
  for (int step = 0; step < 3; step++) {
    const double excess = magnitude < 0.5 ? erf(y) - magnitude : (1 - magnitude) - erfc(y);
    const double newton = excess / (two_by_root_pi * exp(-y * y));
    y -= newton / (1 + y * newton);
  }
  return copysign(y, x);
}

// The plain function keeps the sign of gamma in a variable that all threads share.
static double log_gamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

// From 10 on an asymptotic series; below, ψ(x) = ψ(x + 1) − 1 / x, and up to 0 the reflection
// ψ(x) = ψ(1 − x) − π / tan πx.
static double digamma(double x) {
  double less = 0;
  if (x <= 0) {
    if (x == floor(x)) return NAN;
    less = pi / tan(pi * (x - rint(x)));
    x = 1 - x;
  }
  for (; x < 10; x += 1) less += 1 / x;
  const double z = 1 / (x * x);
  double series = 1.0 / 12;
  series = series * z - 691.0 / 32760;
  series = series * z + 1.0 / 132;
  series = series * z - 1.0 / 240;
  series = series * z + 1.0 / 252;
  series = series * z - 1.0 / 120;
  series = series * z + 1.0 / 12;
  return log(x) - 0.5 / x - series * z - less;
}

// Σ (q + k)⁻ˣ over all k from 0 on, for x > 1 and q > 0: some terms, then the formula of Euler and
// Maclaurin for the rest.
static double zeta_of_positive(double x, double q) {
  // The Bernoulli number of each even order, divided by the factorial of the order.
  static const double factors[] = {
      1.0 / 12,
      -1.0 / 720,
      1.0 / 30240,
      -1.0 / 1209600,
      1.0 / 47900160,
      -691.0 / 1307674368000,
      1.0 / 74724249600,
      -3617.0 / 10670622842880000,
      43867.0 / 5109094217170944000,
      -174611.0 / 802857662698291200000.0,
  };
  double sum = 0, power = pow(q, -x);
  for (int k = 0; k < 9 || q <= 9; k++) {
    sum += power;
    q += 1;
    power = pow(q, -x);
    if (power < 0x1p-54 * sum) return sum;
  }
  if (power == 0) return sum;
  sum += power * q / (x - 1) + power / 2;
  double term = x * power / q;
  for (int j = 0; j < (int)(sizeof factors / sizeof factors[0]); j++) {
    sum += factors[j] * term;
    if (fabs(factors[j] * term) < 0x1p-54 * fabs(sum)) break;
    term *= (x + 2 * j + 1) / q * ((x + 2 * j + 2) / q);
  }
  return sum;
}

// Where q is negative, so are the terms up to k = −q; they are the beginning of another sum.
static double zeta(double x, double q) {
  if (x == 1) return INFINITY;
  if (x < 1) return NAN;
  if (!(q <= 0)) return zeta_of_positive(x, q);
  const int is_even = fmod(x, 2) == 0;
  if (q == floor(q)) return is_even ? INFINITY : NAN;
  if (x != floor(x)) return NAN;
  const double fraction = -q - floor(-q);
  const double negative = zeta_of_positive(x, fraction) - zeta_of_positive(x, 1 - q);
  return zeta_of_positive(x, 1 - fraction) + (is_even ? negative : -negative);
}

// The derivative of ψ of order n is (−1)ⁿ⁺¹·n!·ζ(n + 1, x).
static double polygamma(double n, double x) {
  if (!(n >= 0 && n == floor(n))) return NAN;
  if (n == 0) return digamma(x);
  const double magnitude = tgamma(n + 1) * zeta(n + 1, x);
  return fmod(n, 2) == 0 ? -magnitude : magnitude;
}

DEFINE_UNARY_FLOATING(erf, erf_float32(x), erf(x))
DEFINE_UNARY_FLOATING(erfc, (float32)erfc(x), erfc(x))
DEFINE_UNARY_FLOATING(erfinv, (float32)inverse_of_erf(x), inverse_of_erf(x))
DEFINE_UNARY_FLOATING(lgamma, (float32)log_gamma(x), log_gamma(x))
DEFINE_UNARY_FLOATING(digamma, (float32)digamma(x), digamma(x))
DEFINE_BINARY(polygamma, float32, float32, (float32)polygamma(x, y))
DEFINE_BINARY(polygamma, float64, float64, polygamma(x, y))
DEFINE_BINARY(zeta, float32, float32, (float32)zeta(x, y))
DEFINE_BINARY(zeta, float64, float64, zeta(x, y))
