// What the files of inner loops share.
#ifndef STATICGRAPH_KERNEL_SUPPORT_H
#define STATICGRAPH_KERNEL_SUPPORT_H

#include "staticgraph_kernels.h"

typedef float float32;
typedef double float64;
typedef int32_t int32;
typedef int64_t int64;
typedef uint8_t uint8;

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// The sanitizer's start-up runs after the loader has called the resolvers, which crash without it.
#define STATICGRAPH_NO_CLONES 1
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(STATICGRAPH_NO_CLONES)
#define STATICGRAPH_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define STATICGRAPH_CLONES
#endif

// The result may be an input: elements of one place never depend on those of another, which the
// compiler could not know and would check, taking elements singly where memory is shared.
//
// Loops that call functions stay as they are.
#pragma clang diagnostic ignored "-Wpass-failed"
#define FOR_EACH_ELEMENT                               \
  _Pragma("clang loop vectorize(assume_safety)") \
  for (size_t i = 0; i < count; i++)

// Several vectors at a time, for chains of operations that depend on each other: one vector after
// the other leaves most of the arithmetic units waiting.
#define FOR_EACH_ELEMENT_OF_CHAINS                                          \
  _Pragma("clang loop vectorize(assume_safety) interleave_count(4)") \
  for (size_t i = 0; i < count; i++)

#endif
