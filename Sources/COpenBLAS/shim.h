#ifndef STATICGRAPH_OPENBLAS_SHIM_H
#define STATICGRAPH_OPENBLAS_SHIM_H
#include <cblas.h>
#endif
