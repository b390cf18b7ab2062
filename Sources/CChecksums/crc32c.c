#include "staticgraph_checksums.h"

#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#endif

// Castagnoli's polynomial, the bits of the lowest powers first.
static const uint32_t polynomial = 0x82F63B78;

// tables[k][b] is what byte b becomes when k bytes of zeros follow it.
static uint32_t tables[8][256];

// Filled before any other code runs, so that reading the tables needs no lock.
__attribute__((constructor)) static void fill_tables(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t rest = byte;
    for (int bit = 0; bit < 8; bit++) rest = rest >> 1 ^ (rest & 1 ? polynomial : 0);
    tables[0][byte] = rest;
  }
  for (int k = 1; k < 8; k++) {
    for (int byte = 0; byte < 256; byte++) {
      uint32_t rest = tables[k - 1][byte];
      tables[k][byte] = rest >> 8 ^ tables[0][rest & 0xFF];
    }
  }
}

uint32_t staticgraph_crc32c_portable(uint32_t checksum, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint32_t state = ~checksum;
  for (; count >= 8; count -= 8, next += 8) {
    uint32_t low = state ^ (next[0] | (uint32_t)next[1] << 8 | (uint32_t)next[2] << 16 |
                            (uint32_t)next[3] << 24);
    state = tables[7][low & 0xFF] ^ tables[6][low >> 8 & 0xFF] ^ tables[5][low >> 16 & 0xFF] ^
            tables[4][low >> 24] ^ tables[3][next[4]] ^ tables[2][next[5]] ^ tables[1][next[6]] ^
            tables[0][next[7]];
  }
  for (; count > 0; count--, next++) state = state >> 8 ^ tables[0][(state ^ *next) & 0xFF];
  return ~state;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static uint32_t crc32c_by_instruction(
    uint32_t checksum, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint64_t state = ~checksum;
  for (; count >= 8; count -= 8, next += 8) {
    uint64_t word;
    memcpy(&word, next, 8);
    state = _mm_crc32_u64(state, word);
  }
  for (; count > 0; count--, next++) state = _mm_crc32_u8((uint32_t)state, *next);
  return ~(uint32_t)state;
}

static int has_instruction(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)

static uint32_t crc32c_by_instruction(uint32_t checksum, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint32_t state = ~checksum;
  for (; count >= 8; count -= 8, next += 8) {
    uint64_t word;
    memcpy(&word, next, 8);
    state = __crc32cd(state, word);
  }
  for (; count > 0; count--, next++) state = __crc32cb(state, *next);
  return ~state;
}

static int has_instruction(void) { return 1; }

#else

static uint32_t crc32c_by_instruction(uint32_t checksum, const void *bytes, size_t count) {
  return staticgraph_crc32c_portable(checksum, bytes, count);
}

static int has_instruction(void) { return 0; }

#endif

uint32_t staticgraph_crc32c(uint32_t checksum, const void *bytes, size_t count) {
  return has_instruction() ? crc32c_by_instruction(checksum, bytes, count)
                           : staticgraph_crc32c_portable(checksum, bytes, count);
}
