#ifndef STATICGRAPH_EXIF_SHIM_H
#define STATICGRAPH_EXIF_SHIM_H
#include <libexif/exif-data.h>
#endif
