// Counts that the compiler knows, so that arrays of so many sums stay in registers.
#ifndef STATICGRAPH_CONSTANT_COUNTS_H
#define STATICGRAPH_CONSTANT_COUNTS_H

// Calls `call` with a count from 1 to 6 as a constant.
#define WITH_CONSTANT(count, call) \
  switch (count) {                 \
    case 1: call(1); break;        \
    case 2: call(2); break;        \
    case 3: call(3); break;        \
    case 4: call(4); break;        \
    case 5: call(5); break;        \
    default: call(6); break;       \
  }

#endif
