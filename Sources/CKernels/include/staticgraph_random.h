// Random numbers from a counter: number n of a sequence is known without those before it, so that
// any piece can be made by any thread. The sequences are those of TensorFlow.
#ifndef STATICGRAPH_RANDOM_H
#define STATICGRAPH_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Where a sequence of Philox 4x32-10 stands: four words of counter and two of key.
typedef struct {
  uint32_t counter[4];
  uint32_t key[2];
} staticgraph_philox;

/// The sequence of two seeds, from position `position` on, counted in groups of four words.
staticgraph_philox staticgraph_philox_of_seeds(uint64_t seed, uint64_t seed2, uint64_t position);

/// The sequence of two seeds whose bits are scrambled first.
staticgraph_philox staticgraph_philox_of_scrambled_seeds(uint64_t first, uint64_t second);

/// Writes numbers `start` up to `end` of a sequence to these places of `result`. `start` is a
/// multiple of 4.
typedef void (*staticgraph_random_fill)(staticgraph_philox generator, size_t start, size_t end,
                                        void *result);

/// Numbers from 0 up to but not including 1.
void staticgraph_random_uniform_float32(staticgraph_philox generator, size_t start, size_t end,
                                        void *result);
void staticgraph_random_uniform_float64(staticgraph_philox generator, size_t start, size_t end,
                                        void *result);
/// Numbers of the standard normal distribution.
void staticgraph_random_normal_float32(staticgraph_philox generator, size_t start, size_t end,
                                       void *result);
void staticgraph_random_normal_float64(staticgraph_philox generator, size_t start, size_t end,
                                       void *result);
/// The same without those of magnitude 2 and more.
void staticgraph_random_truncated_float32(staticgraph_philox generator, size_t start, size_t end,
                                          void *result);
void staticgraph_random_truncated_float64(staticgraph_philox generator, size_t start, size_t end,
                                          void *result);

/// Integers from `least` up to but not including `limit`, which is greater.
void staticgraph_random_integers(staticgraph_philox generator, size_t start, size_t end,
                                 bool is_wide, int64_t least, int64_t limit, void *result);

/// Writes the numbers 0 up to `count` in random order.
void staticgraph_random_order(staticgraph_philox generator, size_t count, size_t *order);

/// Copies rows in that order: row i of the result is row order[i].
void staticgraph_take_rows(size_t start, size_t end, size_t row_bytes, const size_t *order,
                           const void *rows, void *result);

/// Draws `samples` classes for each of `rows` rows of `classes` unnormalised log-probabilities of
/// 4 or 8 bytes. `cumulative` has room for a number of each class.
void staticgraph_random_classes(staticgraph_philox generator, size_t rows, size_t classes,
                                size_t samples, bool is_double, const void *logits,
                                double *cumulative, bool is_wide, void *result);

#endif
