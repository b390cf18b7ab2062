#ifndef STATICGRAPH_ZLIB_SHIM_H
#define STATICGRAPH_ZLIB_SHIM_H
#include <zlib.h>
#endif
