#define _GNU_SOURCE
#include "call_places.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__GLIBC__)

#include <execinfo.h>

static int frames_of_caller(void **frames) { return backtrace(frames, places_frames); }

#else

static int frames_of_caller(void **frames) {
  (void)frames;
  return 0;
}

#endif

void call_places_begin(call_places *places) {
  // The first call loads what it needs, which allocates.
  void *unused[places_frames];
  frames_of_caller(unused);
  atomic_store(&places->count, 0);
  for (int i = 0; i < places_count; i++) atomic_store(&places->frame_counts[i], 0);
  atomic_store(&places->is_counting, 1);
}

long call_places_end(call_places *places) {
  atomic_store(&places->is_counting, 0);
  return atomic_load(&places->count);
}

void call_places_note(call_places *places) {
  if (!atomic_load_explicit(&places->is_counting, memory_order_relaxed)) return;
  const long number = atomic_fetch_add(&places->count, 1);
  if (number >= places_count) return;
  atomic_store(&places->frame_counts[number], frames_of_caller(places->frames[number]));
}

const char *call_places_text(call_places *places, int number) {
  static char text[places_frames * 20];
  size_t length = 0;
  text[0] = 0;
  if (number < 0 || number >= places_count) return text;
  Dl_info own, found;
  dladdr((void *)call_places_text, &own);
  // The first frames are those of this file and of who notes.
  for (int i = 3; i < atomic_load(&places->frame_counts[number]); i++) {
    void *frame = places->frames[number][i];
    if (!dladdr(frame, &found) || found.dli_fbase != own.dli_fbase) continue;
    length += (size_t)snprintf(text + length, sizeof text - length, " %#lx",
                               (unsigned long)((uintptr_t)frame - (uintptr_t)own.dli_fbase));
  }
  return text;
}
