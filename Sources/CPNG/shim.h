#ifndef STATICGRAPH_PNG_SHIM_H
#define STATICGRAPH_PNG_SHIM_H
#include <png.h>
#endif
