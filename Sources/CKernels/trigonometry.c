#include <math.h>

#include "elementwise_loops.h"

DEFINE_UNARY_FLOATING(tan, tanf(x), tan(x))
DEFINE_UNARY_FLOATING(asin, asinf(x), asin(x))
DEFINE_UNARY_FLOATING(acos, acosf(x), acos(x))
DEFINE_UNARY_FLOATING(atan, atanf(x), atan(x))
DEFINE_UNARY_FLOATING(sinh, sinhf(x), sinh(x))
DEFINE_UNARY_FLOATING(cosh, coshf(x), cosh(x))
DEFINE_UNARY_FLOATING(asinh, asinhf(x), asinh(x))
DEFINE_UNARY_FLOATING(acosh, acoshf(x), acosh(x))
DEFINE_UNARY_FLOATING(atanh, atanhf(x), atanh(x))
