#ifndef STATICGRAPH_CALL_SITE_H
#define STATICGRAPH_CALL_SITE_H

#include <stdint.h>

/// The return address `depth` frames above the caller of this function, or 0.
///
/// Depth 0 is where the caller itself will return to.
uintptr_t staticgraph_return_address(int depth);

#endif
