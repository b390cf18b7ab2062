#ifndef STATICGRAPH_RETAIN_COUNTER_H
#define STATICGRAPH_RETAIN_COUNTER_H

// Counts how often this process retains an object of Swift. The runtime lets instruments replace
// the functions that do; where it does not, nothing is counted.

// Whether anything is counted here.
int retains_are_counted(void);

// Counts from 0 on, the retains of all threads.
void retains_begin(void);

// Ends the counting, and tells how many retains there were.
long retains_end(void);

// Where one of the first retains since the last beginning was made, as `allocations_place` tells it.
const char *retains_place(int number);

#endif
