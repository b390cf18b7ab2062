#define _GNU_SOURCE
#include "allocation_counter.h"

// The first header of the C library says which one it is.
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#if defined(__GLIBC__) && !defined(HAS_SANITIZER)

#include <errno.h>
#include <stdint.h>

#include "call_places.h"

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static call_places places;

static void note(void) { call_places_note(&places); }

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note();
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  note();
  return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  note();
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
    return EINVAL;
  }
  void *result = __libc_memalign(alignment, size);
  if (result == NULL) return ENOMEM;
  *memory = result;
  return 0;
}

int allocations_are_counted(void) { return 1; }

void allocations_begin(void) { call_places_begin(&places); }
long allocations_end(void) { return call_places_end(&places); }
const char *allocations_place(int number) { return call_places_text(&places, number); }

#else

int allocations_are_counted(void) { return 0; }
void allocations_begin(void) {}
long allocations_end(void) { return 0; }
const char *allocations_place(int number) {
  (void)number;
  return "";
}

#endif
