#ifndef STATICGRAPH_TURBOJPEG_SHIM_H
#define STATICGRAPH_TURBOJPEG_SHIM_H
#include <turbojpeg.h>
#endif
