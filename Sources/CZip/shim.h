#ifndef STATICGRAPH_ZIP_SHIM_H
#define STATICGRAPH_ZIP_SHIM_H
#include <zip.h>
#endif
