// Measures how far the Float32 functions are from the right result, in units of its last place,
// over every bit pattern of the argument or every STRIDE-th of them.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

typedef struct {
  const char *name;
  staticgraph_unary loop;
  double (*right)(double);
  // The error that is allowed.
  double bound;
} measured;

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double softplus(double x) { return x > 700 ? x : log1p(exp(x)); }
static double softsign(double x) { return isinf(x) ? copysign(NAN, x) : x / (1 + fabs(x)); }
static double elu(double x) { return x < 0 ? expm1(x) : x; }
static double selu(double x) {
  return x < 0 ? (double)(float)1.7580993408473768 * expm1(x) : (double)(float)1.0507009873554805 * x;
}
static double reciprocal(double x) { return 1 / x; }
static double rsqrt(double x) { return 1 / sqrt(x); }
static double square(double x) { return x * x; }

#define FUNCTION(name, right) {#name, staticgraph_##name##_float32, right, 2}
static const measured functions[] = {
    FUNCTION(exp, exp),       FUNCTION(expm1, expm1),       FUNCTION(log, log),
    FUNCTION(log1p, log1p),   FUNCTION(sin, sin),           FUNCTION(cos, cos),
    FUNCTION(tan, tan),       FUNCTION(asin, asin),         FUNCTION(acos, acos),
    FUNCTION(atan, atan),     FUNCTION(sinh, sinh),         FUNCTION(cosh, cosh),
    FUNCTION(tanh, tanh),     FUNCTION(asinh, asinh),       FUNCTION(acosh, acosh),
    FUNCTION(atanh, atanh),   FUNCTION(sigmoid, sigmoid),   FUNCTION(erf, erf),
    FUNCTION(erfc, erfc),     FUNCTION(softplus, softplus), FUNCTION(softsign, softsign),
    FUNCTION(elu, elu),       FUNCTION(selu, selu),         FUNCTION(sqrt, sqrt),
    FUNCTION(rsqrt, rsqrt),   FUNCTION(square, square),     FUNCTION(reciprocal, reciprocal),
};

// The distance in units of the last place of the right result, of which subnormal numbers have a
// fixed one; infinite where one of the two is a number and the other is none.
static double error_of(float result, double right) {
  if (isnan(right)) return isnan(result) ? 0 : INFINITY;
  if (isnan(result)) return INFINITY;
  const float rounded = (float)right;
  if (isinf(rounded) || isinf(result)) {
    if (rounded == result) return 0;
    // Just below the largest number, infinity is one unit away.
    const double largest = 0x1.fffffep127;
    const double finite = isinf(result) ? fabs(right) : fabsf(result);
    return signbit(result) != signbit(rounded) ? INFINITY : (0x1p128 - fmin(finite, largest)) / 0x1p104;
  }
  int exponent;
  frexp(right, &exponent);
  const double unit = ldexp(1, exponent - 24 < -149 ? -149 : exponent - 24);
  return fabs((double)result - right) / unit;
}

int main(int count, char **arguments) {
  const uint64_t stride = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
  const char *wanted = count > 2 ? arguments[2] : NULL;
  if (stride < 1) return 64;
  enum { block = 4096 };
  static float x[block], result[block];
  int failures = 0, known = 0;
  for (size_t number = 0; number < sizeof functions / sizeof *functions; number++) {
    const measured *function = functions + number;
    if (wanted && strcmp(wanted, function->name) != 0) continue;
    known++;
    double worst = 0;
    float worst_x = 0, worst_result = 0;
    for (uint64_t bits = 0; bits < (uint64_t)1 << 32;) {
      size_t filled = 0;
      for (; filled < block && bits < (uint64_t)1 << 32; filled++, bits += stride) {
        const uint32_t pattern = (uint32_t)bits;
        memcpy(x + filled, &pattern, sizeof *x);
      }
      function->loop(filled, x, result);
      for (size_t i = 0; i < filled; i++) {
        const double error = error_of(result[i], function->right(x[i]));
        if (error > worst) {
          worst = error;
          worst_x = x[i];
          worst_result = result[i];
        }
      }
    }
    const int is_close = worst <= function->bound;
    printf("%-10s %10.3f ulp at %-15.9g (%.9g, not %.9g)%s\n", function->name, worst, worst_x,
           worst_result, function->right(worst_x), is_close ? "" : "  too far");
    fflush(stdout);
    failures += !is_close;
  }
  if (!known) {
    fprintf(stderr, "there is no function %s\n", wanted);
    return 64;
  }
  return failures > 0;
}
