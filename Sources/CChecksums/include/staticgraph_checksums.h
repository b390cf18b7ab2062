#ifndef STATICGRAPH_CHECKSUMS_H
#define STATICGRAPH_CHECKSUMS_H

#include <stddef.h>
#include <stdint.h>

/// The CRC-32C (Castagnoli) of bytes that follow others whose checksum is `checksum`; 0 for none.
///
/// Uses the processor's instruction where there is one. `bytes` may be null when `count` is 0.
uint32_t staticgraph_crc32c(uint32_t checksum, const void *bytes, size_t count);

/// The same from tables alone, as on a processor without the instruction.
uint32_t staticgraph_crc32c_portable(uint32_t checksum, const void *bytes, size_t count);

#endif
