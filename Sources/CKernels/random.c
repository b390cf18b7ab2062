#define _GNU_SOURCE
#include <math.h>
#include <string.h>

#include "staticgraph_random.h"

// Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (2011).
static inline void philox(const staticgraph_philox *generator, uint64_t position,
                          uint32_t words[4]) {
  const uint64_t low = generator->counter[0] | (uint64_t)generator->counter[1] << 32;
  uint64_t high = generator->counter[2] | (uint64_t)generator->counter[3] << 32;
  const uint64_t sum = low + position;
  high += sum < low;
  uint32_t a = (uint32_t)sum, b = (uint32_t)(sum >> 32);
  uint32_t c = (uint32_t)high, d = (uint32_t)(high >> 32);
  uint32_t first = generator->key[0], second = generator->key[1];
  for (int round = 0; round < 10; round++) {
    const uint64_t left = (uint64_t)a * 0xD2511F53u;
    const uint64_t right = (uint64_t)c * 0xCD9E8D57u;
    a = (uint32_t)(right >> 32) ^ b ^ first;
    c = (uint32_t)(left >> 32) ^ d ^ second;
    b = (uint32_t)right;
    d = (uint32_t)left;
    first += 0x9E3779B9u;
    second += 0xBB67AE85u;
  }
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}

staticgraph_philox staticgraph_philox_of_seeds(uint64_t seed, uint64_t seed2,
                                               uint64_t position) {
  const staticgraph_philox generator = {
      {(uint32_t)position, (uint32_t)(position >> 32), (uint32_t)seed2, (uint32_t)(seed2 >> 32)},
      {(uint32_t)seed, (uint32_t)(seed >> 32)}};
  return generator;
}

staticgraph_philox staticgraph_philox_of_scrambled_seeds(uint64_t first, uint64_t second) {
  const staticgraph_philox scrambler = {
      {(uint32_t)first, (uint32_t)(first >> 32), (uint32_t)second, (uint32_t)(second >> 32)},
      {0x3EC8F720u, 0x02461E29u}};
  uint32_t mixed[4];
  philox(&scrambler, 0, mixed);
  const staticgraph_philox generator = {{0, 0, mixed[2], mixed[3]}, {mixed[0], mixed[1]}};
  return generator;
}

// One word after the other.
typedef struct {
  const staticgraph_philox *generator;
  uint64_t position;
  unsigned used;
  uint32_t words[4];
} word_reader;

static word_reader words_from(const staticgraph_philox *generator, uint64_t position) {
  word_reader reader = {.generator = generator, .position = position, .used = 4};
  return reader;
}

static inline uint32_t next_word(word_reader *reader) {
  if (reader->used == 4) {
    philox(reader->generator, reader->position, reader->words);
    reader->position++;
    reader->used = 0;
  }
  return reader->words[reader->used++];
}

// The bits after the point of a number from 1 up to 2, less 1.
static inline float unit_float(uint32_t word) {
  const uint32_t bits = (word & 0x7FFFFFu) | 0x3F800000u;
  float number;
  memcpy(&number, &bits, sizeof number);
  return number - 1.0f;
}

static inline double unit_double(uint32_t high, uint32_t low) {
  const uint64_t bits = (uint64_t)(high & 0xFFFFFu) << 32 | low | 0x3FF0000000000000u;
  double number;
  memcpy(&number, &bits, sizeof number);
  return number - 1.0;
}

// The transformation of Box and Muller, kept away from the logarithm of 0.
static inline void normal_floats(uint32_t first, uint32_t second, float result[2]) {
  const float uniform = unit_float(first);
  // Rounded once: an angle near a root of the sine must be as near to it as TensorFlow's.
  const float angle = (float)(2.0 * M_PI * unit_float(second));
  const float radius = sqrtf(-2.0f * logf(uniform < 1.0e-7f ? 1.0e-7f : uniform));
  sincosf(angle, &result[0], &result[1]);
  result[0] *= radius;
  result[1] *= radius;
}

static inline void normal_doubles(const uint32_t words[4], double result[2]) {
  const double uniform = unit_double(words[0], words[1]);
  const double angle = 2.0 * M_PI * unit_double(words[2], words[3]);
  const double radius = sqrt(-2.0 * log(uniform < 1.0e-7 ? 1.0e-7 : uniform));
  sincos(angle, &result[0], &result[1]);
  result[0] *= radius;
  result[1] *= radius;
}

// Calls for `group` numbers at once, the last time for what is left.
#define DEFINE_FILL(name, type, group, MAKE)                                                \
  void staticgraph_random_##name(staticgraph_philox generator, size_t start, size_t end,    \
                                 void *result) {                                            \
    type *target = result;                                                                  \
    for (size_t i = start; i < end; i += group) {                                           \
      type numbers[group];                                                                  \
      MAKE(&generator, i / group, numbers);                                                 \
      const size_t left = end - i < group ? end - i : group;                                \
      memcpy(target + i, numbers, left * sizeof(type));                                     \
    }                                                                                       \
  }

static inline void make_uniform_floats(const staticgraph_philox *generator, uint64_t position,
                                       float result[4]) {
  uint32_t words[4];
  philox(generator, position, words);
  for (int i = 0; i < 4; i++) result[i] = unit_float(words[i]);
}

static inline void make_uniform_doubles(const staticgraph_philox *generator, uint64_t position,
                                        double result[2]) {
  uint32_t words[4];
  philox(generator, position, words);
  result[0] = unit_double(words[0], words[1]);
  result[1] = unit_double(words[2], words[3]);
}

static inline void make_normal_floats(const staticgraph_philox *generator, uint64_t position,
                                      float result[4]) {
  uint32_t words[4];
  philox(generator, position, words);
  normal_floats(words[0], words[1], result);
  normal_floats(words[2], words[3], result + 2);
}

static inline void make_normal_doubles(const staticgraph_philox *generator, uint64_t position,
                                       double result[2]) {
  uint32_t words[4];
  philox(generator, position, words);
  normal_doubles(words, result);
}

// Each number has 256 words of its own to be found in.
static inline void make_truncated_floats(const staticgraph_philox *generator, uint64_t position,
                                         float result[4]) {
  word_reader reader = words_from(generator, position * 256);
  for (int made = 0; made < 4;) {
    float pair[2];
    const uint32_t first = next_word(&reader);
    normal_floats(first, next_word(&reader), pair);
    for (int i = 0; i < 2 && made < 4; i++) {
      if (fabsf(pair[i]) < 2.0f) result[made++] = pair[i];
    }
  }
}

static inline void make_truncated_doubles(const staticgraph_philox *generator, uint64_t position,
                                          double result[2]) {
  word_reader reader = words_from(generator, position * 128);
  for (int made = 0; made < 2;) {
    double pair[2];
    uint32_t words[4];
    for (int i = 0; i < 4; i++) words[i] = next_word(&reader);
    normal_doubles(words, pair);
    for (int i = 0; i < 2 && made < 2; i++) {
      if (fabs(pair[i]) < 2.0) result[made++] = pair[i];
    }
  }
}

DEFINE_FILL(uniform_float32, float, 4, make_uniform_floats)
DEFINE_FILL(uniform_float64, double, 2, make_uniform_doubles)
DEFINE_FILL(normal_float32, float, 4, make_normal_floats)
DEFINE_FILL(normal_float64, double, 2, make_normal_doubles)
DEFINE_FILL(truncated_float32, float, 4, make_truncated_floats)
DEFINE_FILL(truncated_float64, double, 2, make_truncated_doubles)

void staticgraph_random_integers(staticgraph_philox generator, size_t start, size_t end,
                                 bool is_wide, int64_t least, int64_t limit, void *result) {
  const uint64_t range = (uint64_t)limit - (uint64_t)least;
  uint32_t words[4];
  if (is_wide) {
    int64_t *target = result;
    for (size_t i = start; i < end; i++) {
      if (i % 2 == 0) philox(&generator, i / 2, words);
      const size_t place = i % 2 * 2;
      const uint64_t bits = words[place] | (uint64_t)words[place + 1] << 32;
      target[i] = (int64_t)((uint64_t)least + bits % range);
    }
  } else {
    int32_t *target = result;
    for (size_t i = start; i < end; i++) {
      if (i % 4 == 0) philox(&generator, i / 4, words);
      target[i] = (int32_t)((uint32_t)least + words[i % 4] % (uint32_t)range);
    }
  }
}

void staticgraph_random_order(staticgraph_philox generator, size_t count, size_t *order) {
  word_reader reader = words_from(&generator, 0);
  for (size_t i = 0; i < count; i++) order[i] = i;
  for (size_t i = 0; i + 1 < count; i++) {
    const size_t other = i + next_word(&reader) % (count - i);
    const size_t kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
}

void staticgraph_take_rows(size_t start, size_t end, size_t row_bytes, const size_t *order,
                           const void *rows, void *result) {
  for (size_t row = start; row < end; row++) {
    memcpy((char *)result + row * row_bytes, (const char *)rows + order[row] * row_bytes,
           row_bytes);
  }
}

static inline double logit_at(const void *logits, size_t position, bool is_double) {
  return is_double ? ((const double *)logits)[position] : ((const float *)logits)[position];
}

void staticgraph_random_classes(staticgraph_philox generator, size_t rows, size_t classes,
                                size_t samples, bool is_double, const void *logits,
                                double *cumulative, bool is_wide, void *result) {
  word_reader reader = words_from(&generator, 0);
  for (size_t row = 0; row < rows; row++) {
    double largest = -INFINITY;
    for (size_t i = 0; i < classes; i++) {
      const double logit = logit_at(logits, row * classes + i, is_double);
      if (isfinite(logit) && logit > largest) largest = logit;
    }
    double total = 0;
    for (size_t i = 0; i < classes; i++) {
      const double logit = logit_at(logits, row * classes + i, is_double);
      if (isfinite(logit)) total += exp(logit - largest);
      cumulative[i] = total;
    }
    for (size_t sample = 0; sample < samples; sample++) {
      const uint32_t first = next_word(&reader);
      const double sought = unit_double(first, next_word(&reader)) * total;
      size_t low = 0, high = classes;
      while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (cumulative[middle] > sought) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      const size_t position = row * samples + sample;
      if (is_wide) {
        ((int64_t *)result)[position] = (int64_t)low;
      } else {
        ((int32_t *)result)[position] = (int32_t)low;
      }
    }
  }
}
