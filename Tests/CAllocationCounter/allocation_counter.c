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
#include <dlfcn.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

enum { FRAMES = 24, PLACES = 256 };

static atomic_int is_counting;
static atomic_long count;
static void *frames[PLACES][FRAMES];
static atomic_int frame_counts[PLACES];

static void note(void) {
  if (!atomic_load_explicit(&is_counting, memory_order_relaxed)) return;
  long number = atomic_fetch_add(&count, 1);
  if (number < PLACES) atomic_store(&frame_counts[number], backtrace(frames[number], FRAMES));
}

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

void allocations_begin(void) {
  // The first call loads what it needs, which allocates.
  void *unused[1];
  backtrace(unused, 1);
  atomic_store(&count, 0);
  for (int i = 0; i < PLACES; i++) atomic_store(&frame_counts[i], 0);
  atomic_store(&is_counting, 1);
}

long allocations_end(void) {
  atomic_store(&is_counting, 0);
  return atomic_load(&count);
}

const char *allocations_place(int number) {
  static char text[FRAMES * 20];
  size_t length = 0;
  text[0] = 0;
  if (number < 0 || number >= PLACES) return text;
  Dl_info own, found;
  dladdr((void *)allocations_place, &own);
  // The first frames are those of this file.
  for (int i = 2; i < atomic_load(&frame_counts[number]); i++) {
    void *frame = frames[number][i];
    if (!dladdr(frame, &found) || found.dli_fbase != own.dli_fbase) continue;
    length += (size_t)snprintf(text + length, sizeof text - length, " %#lx",
                               (unsigned long)((uintptr_t)frame - (uintptr_t)own.dli_fbase));
  }
  return text;
}

#else

int allocations_are_counted(void) { return 0; }
void allocations_begin(void) {}
long allocations_end(void) { return 0; }
const char *allocations_place(int number) {
  (void)number;
  return "";
}

#endif
