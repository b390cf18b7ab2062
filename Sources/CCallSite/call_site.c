#include "staticgraph_call_site.h"

#include <execinfo.h>

uintptr_t staticgraph_return_address(int depth) {
  enum { most = 16 };
  void *frames[most];
  // Frame 0 lies in this function, frame 1 in its caller.
  int wanted = depth + 2;
  if (wanted >= most) return 0;
  int count = backtrace(frames, wanted + 1);
  return wanted < count ? (uintptr_t)frames[wanted] : 0;
}
