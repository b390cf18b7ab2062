// Several elementwise loops and folds run together, tile by tile: what lies between them never
// leaves the first-level cache.
#ifndef STATICGRAPH_TILES_H
#define STATICGRAPH_TILES_H

#include "staticgraph_comparisons.h"
#include "staticgraph_kernels.h"

enum {
  /// The bytes of a register: what one loop hands to another.
  staticgraph_register_bytes = 4096,
  /// The most registers that a program may use.
  staticgraph_most_registers = 24,
  /// The most leaves and instructions together that a program may have.
  staticgraph_most_operands = 96,
  /// The most outputs that a program may have.
  staticgraph_most_outputs = 16,
};

_Static_assert(staticgraph_most_operands < 128 && staticgraph_most_outputs < 128,
               "places have eight bits");

/// What an instruction does with its operands.
typedef enum : uint8_t {
  staticgraph_tile_unary,
  staticgraph_tile_binary,
  staticgraph_tile_select,
  staticgraph_tile_ternary,
} staticgraph_tile_kind;

/// One loop. Operands are numbered: the leaves first, then the results of the instructions.
typedef struct {
  /// The function, which is of the type that the kind says.
  void (*loop)(void);
  uint16_t x, y, z;
  staticgraph_tile_kind kind;
  /// The bytes of an element of the result.
  uint8_t result_size;
  /// The register of the result; −1 − n for the memory of output n.
  int8_t place;
} staticgraph_tile_instruction;

/// An input: rows that begin `row_stride` elements apart, or one element a row.
typedef struct {
  size_t element_size;
  size_t row_stride;
  bool is_scalar;
  /// Whether some instruction cannot take one element for all.
  bool must_be_vector;
  /// The register that it is expanded into where that is necessary.
  int8_t place;
} staticgraph_tile_leaf;

/// An output that the elements of an operand are folded into.
typedef struct {
  uint32_t operand;
  /// Which output it is.
  uint32_t output;
  size_t element_size;
  staticgraph_fold fold_rows, fold_columns;
  /// Where the results of a row lie, as for a leaf.
  size_t row_stride;
  bool is_scalar;
} staticgraph_tile_fold;

/// What runs over each tile.
typedef struct {
  const staticgraph_tile_leaf *leaves;
  size_t leaf_count;
  const staticgraph_tile_instruction *instructions;
  size_t instruction_count;
  const staticgraph_tile_fold *folds;
  size_t fold_count;
  /// The most elements of a tile, so that one of them fits into a register in every type.
  size_t tile_elements;
} staticgraph_tile_program;

/// The loop that does what two loops do, one after the other: second(first(x, y), z), or with the
/// inputs of either the other way round, with the same bits; null where there is none.
staticgraph_ternary staticgraph_pair(staticgraph_binary first, bool first_is_swapped,
                                     staticgraph_binary second, bool second_is_swapped);

/// Runs a program over a matrix of elements.
///
/// `leaves` and `outputs` say where the first row of each lies; elements of outputs lie in rows
/// without a gap, and folds take up what stands in their memory.
void staticgraph_run_tiles(const staticgraph_tile_program *program, size_t rows, size_t columns,
                           const void *const *leaves, void *const *outputs);

#endif
