#include "retain_counter.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "call_places.h"

// What the Swift runtime exports for instruments, weak so that a runtime without it links too.
extern void *(*_swift_retain)(void *) __attribute__((weak));
extern void *(*_swift_retain_n)(void *, uint32_t) __attribute__((weak));
extern atomic_bool
    _swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly
    __attribute__((weak));

static void *(*plain_retain)(void *);
static void *(*plain_retain_n)(void *, uint32_t);
static call_places places;

static void *counted_retain(void *object) {
  call_places_note(&places);
  return plain_retain(object);
}

static void *counted_retain_n(void *object, uint32_t times) {
  call_places_note(&places);
  return plain_retain_n(object, times);
}

int retains_are_counted(void) {
  return &_swift_retain && &_swift_retain_n
         && &_swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly;
}

void retains_begin(void) {
  if (!plain_retain) {
    plain_retain = _swift_retain;
    plain_retain_n = _swift_retain_n;
    _swift_retain = counted_retain;
    _swift_retain_n = counted_retain_n;
  }
  call_places_begin(&places);
  atomic_store(&_swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly, true);
}

long retains_end(void) {
  atomic_store(&_swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly, false);
  return call_places_end(&places);
}

const char *retains_place(int number) { return call_places_text(&places, number); }
