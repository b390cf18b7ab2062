#ifndef STATICGRAPH_ALLOCATION_COUNTER_H
#define STATICGRAPH_ALLOCATION_COUNTER_H

// Counts what this process allocates. The functions of the C library that give memory are replaced
// by ones that count and then do the same; with another library than glibc, or under a sanitizer,
// which replaces them too, nothing is counted.

// Whether anything is counted here.
int allocations_are_counted(void);

// Counts from 0 on, the allocations of all threads.
void allocations_begin(void);

// Ends the counting, and tells how many allocations there were.
long allocations_end(void);

// Where one of the first allocations since the last beginning was made, counted from 0: the offsets
// within the program that `llvm-symbolizer --obj=PROGRAM` takes, the innermost call first. The text
// is empty where there was none, and lasts until the next call.
const char *allocations_place(int number);

#endif
