#include "staticgraph_closure.h"

// Swift passes a closure as its function and its context, and calls it with the context in the
// register that `swift_context` names.
#define SWIFT_CALL __attribute__((swiftcall))
#define SWIFT_CONTEXT __attribute__((swift_context))

typedef SWIFT_CALL void (*body)(long, SWIFT_CONTEXT const void *);

SWIFT_CALL void staticgraph_closure_take(const void *function, const void *context,
                                         staticgraph_closure *closure) {
  closure->function = function;
  closure->context = context;
}

SWIFT_CALL void staticgraph_closure_keep(const void *function, const void *context) {
  (void)function;
  (void)context;
}

void staticgraph_closure_call(const staticgraph_closure *closure, long argument) {
  ((body)closure->function)(argument, closure->context);
}
