#ifndef STATICGRAPH_CALL_PLACES_H
#define STATICGRAPH_CALL_PLACES_H

#include <stdatomic.h>

enum { places_frames = 24, places_count = 256 };

// How often something was called, and where the first calls came from.
typedef struct {
  atomic_int is_counting;
  atomic_long count;
  void *frames[places_count][places_frames];
  atomic_int frame_counts[places_count];
} call_places;

// Counts from 0 on.
void call_places_begin(call_places *places);

// Ends the counting, and tells how many calls there were.
long call_places_end(call_places *places);

// Counts a call of the function that calls this one.
void call_places_note(call_places *places);

// Where a call came from: offsets within the program, the innermost call first, and empty where
// there was none. The text lasts until the next one is asked for.
const char *call_places_text(call_places *places, int number);

#endif
