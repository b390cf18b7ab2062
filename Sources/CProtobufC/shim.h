#ifndef STATICGRAPH_PROTOBUF_C_SHIM_H
#define STATICGRAPH_PROTOBUF_C_SHIM_H
#include <protobuf-c/protobuf-c.h>
#endif
