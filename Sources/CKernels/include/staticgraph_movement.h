// Loops that move elements of 1, 2, 4 or 8 bytes between places with any strides.
#ifndef STATICGRAPH_MOVEMENT_H
#define STATICGRAPH_MOVEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An axis to walk over: its size, and the distance in elements from one position to the next.
typedef struct {
  size_t size;
  ptrdiff_t source_stride;
  ptrdiff_t target_stride;
} staticgraph_axis;

/// Sets each element of the target to that of the source, over three axes of which the last is
/// the innermost. Source and target do not overlap.
typedef void (*staticgraph_movement)(staticgraph_axis planes, staticgraph_axis rows,
                                     staticgraph_axis columns, const void *source, void *target);

void staticgraph_move_1(staticgraph_axis planes, staticgraph_axis rows, staticgraph_axis columns,
                        const void *source, void *target);
void staticgraph_move_2(staticgraph_axis planes, staticgraph_axis rows, staticgraph_axis columns,
                        const void *source, void *target);
void staticgraph_move_4(staticgraph_axis planes, staticgraph_axis rows, staticgraph_axis columns,
                        const void *source, void *target);
void staticgraph_move_8(staticgraph_axis planes, staticgraph_axis rows, staticgraph_axis columns,
                        const void *source, void *target);

/// The same, but adding to what the target holds.
void staticgraph_move_adding_float32(staticgraph_axis planes, staticgraph_axis rows,
                                     staticgraph_axis columns, const void *source, void *target);
void staticgraph_move_adding_float64(staticgraph_axis planes, staticgraph_axis rows,
                                     staticgraph_axis columns, const void *source, void *target);
void staticgraph_move_adding_int32(staticgraph_axis planes, staticgraph_axis rows,
                                   staticgraph_axis columns, const void *source, void *target);
void staticgraph_move_adding_int64(staticgraph_axis planes, staticgraph_axis rows,
                                   staticgraph_axis columns, const void *source, void *target);
void staticgraph_move_adding_uint8(staticgraph_axis planes, staticgraph_axis rows,
                                   staticgraph_axis columns, const void *source, void *target);

/// Moves the slices of a tensor of so many axes, of those sizes, each along every axis by a shift of
/// at least 0 and less than the size; those that leave at an end come in again at the beginning.
/// Writes the lines along the last axis from `start` up to `end`, of `sizes[rank - 1]` slices each.
void staticgraph_roll(size_t start, size_t end, size_t rank, const int64_t *sizes,
                      const int64_t *shifts, size_t slice_bytes, const void *source, void *target);

#endif
