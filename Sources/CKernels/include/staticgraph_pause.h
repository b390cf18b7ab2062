#ifndef STATICGRAPH_PAUSE_H
#define STATICGRAPH_PAUSE_H

/// Tells the processor that the thread is waiting for another.
static inline void staticgraph_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
