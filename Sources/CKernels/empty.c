#include "staticgraph_kernels.h"
