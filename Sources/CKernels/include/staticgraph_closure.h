#ifndef STATICGRAPH_CLOSURE_H
#define STATICGRAPH_CLOSURE_H

// A closure `(Int) -> Void` of Swift, which other threads call while its owner waits for them.
//
// Swift alone could hand a closure that does not escape to other threads only by allocating.
// Swift declares `staticgraph_closure_take`, which notes a closure, and
// `staticgraph_closure_keep`, up to whose call the closure may be called.
typedef struct {
  const void *function;
  const void *context;
} staticgraph_closure;

// Calls a closure that was noted and is still kept.
void staticgraph_closure_call(const staticgraph_closure *closure, long argument);

#endif
