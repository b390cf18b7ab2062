#include "windows.h"

// A product and the sum that it is added to are rounded together.
#pragma clang fp contract(fast)

#define NUMBER float32
#include "depthwise_loops.h"
#undef NUMBER

#define NUMBER float64
#include "depthwise_loops.h"
#undef NUMBER
