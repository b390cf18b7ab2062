// All inner loops; the name makes it the header that the module is built from.
#ifndef STATICGRAPH_CKERNELS_H
#define STATICGRAPH_CKERNELS_H

#include "staticgraph_binary.h"
#include "staticgraph_blocked.h"
#include "staticgraph_closure.h"
#include "staticgraph_comparisons.h"
#include "staticgraph_convolution.h"
#include "staticgraph_direct_convolution.h"
#include "staticgraph_indexing.h"
#include "staticgraph_kernels.h"
#include "staticgraph_movement.h"
#include "staticgraph_normalization.h"
#include "staticgraph_panels.h"
#include "staticgraph_pause.h"
#include "staticgraph_pooled.h"
#include "staticgraph_pooling.h"
#include "staticgraph_random.h"
#include "staticgraph_reductions.h"
#include "staticgraph_resizing.h"
#include "staticgraph_rounding.h"
#include "staticgraph_softmax.h"
#include "staticgraph_squares.h"
#include "staticgraph_strided.h"
#include "staticgraph_tiles.h"
#include "staticgraph_unary.h"
#include "staticgraph_updates.h"
#include "staticgraph_winograd.h"

#endif
