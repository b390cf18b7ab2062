#include "staticgraph_tiles.h"

#include <string.h>

#include "kernel_support.h"

// Where the operands of one tile lie.
typedef struct {
  const char *memory[staticgraph_most_operands];
  bool is_scalar[staticgraph_most_operands];
} tile_operands;

// The memory of leaves and outputs that the next tile takes, if it follows on this one.
typedef struct {
  size_t count;
  struct {
    uintptr_t start;
    size_t lines;
  } ranges[staticgraph_most_operands];
} tile_ahead;

enum { line_bytes = 64 };

static void add_ahead(tile_ahead *ahead, const char *memory, size_t bytes) {
  if (bytes < line_bytes) return;
  ahead->ranges[ahead->count].start = (uintptr_t)memory + bytes;
  ahead->ranges[ahead->count].lines = bytes / line_bytes;
  ahead->count++;
}

// Brings a part of that memory close. One loop of a tile waits for memory and the others leave it
// idle, unless what the next tile takes arrives beside them; an address beyond the end does no harm.
static void fetch_ahead(const tile_ahead *ahead, size_t part, size_t parts) {
  for (size_t number = 0; number < ahead->count; number++) {
    const size_t lines = ahead->ranges[number].lines;
    for (size_t line = lines * part / parts; line < lines * (part + 1) / parts; line++) {
      __builtin_prefetch((const void *)(ahead->ranges[number].start + line * line_bytes));
    }
  }
}

static void run_instructions(const staticgraph_tile_program *program, size_t count,
                             tile_operands *operands, const tile_ahead *ahead) {
  const char **memory = operands->memory;
  const bool *is_scalar = operands->is_scalar;
  for (size_t number = 0; number < program->instruction_count; number++) {
    fetch_ahead(ahead, number, program->instruction_count);
    const staticgraph_tile_instruction *step = program->instructions + number;
    void *result = (void *)memory[program->leaf_count + number];
    switch (step->kind) {
      case staticgraph_tile_unary:
        ((staticgraph_unary)step->loop)(count, memory[step->x], result);
        break;
      case staticgraph_tile_binary:
        ((staticgraph_binary)step->loop)(count, memory[step->x], is_scalar[step->x],
                                         memory[step->y], is_scalar[step->y], result);
        break;
      case staticgraph_tile_select:
        staticgraph_select(count, step->result_size, (const uint8_t *)memory[step->x],
                           memory[step->y], memory[step->z], result);
        break;
      case staticgraph_tile_ternary:
        ((staticgraph_ternary)step->loop)(count, memory[step->x], memory[step->y],
                                          is_scalar[step->y], memory[step->z],
                                          is_scalar[step->z], result);
        break;
    }
  }
}

// Folds an operand, `rows` rows of `columns` elements without a gap, into the results of these
// rows.
static void run_fold(const staticgraph_tile_fold *fold, size_t rows, size_t columns,
                     const void *x, char *results) {
  if (!fold->is_scalar && fold->row_stride != 0) {
    fold->fold_columns(1, rows * columns, rows * columns, x, results);
  } else if (!fold->is_scalar) {
    fold->fold_columns(rows, columns, columns, x, results);
  } else if (fold->row_stride == 0) {
    fold->fold_rows(1, rows * columns, rows * columns, x, results);
  } else {
    fold->fold_rows(rows, columns, columns, x, results);
  }
}

void staticgraph_run_tiles(const staticgraph_tile_program *program, size_t rows, size_t columns,
                           const void *const *leaves, void *const *outputs) {
  _Alignas(64) char registers[staticgraph_most_registers][staticgraph_register_bytes];
  tile_operands operands;
  const size_t tile = program->tile_elements;
  // Short rows are taken several at a time, long ones in parts.
  const size_t rows_at_once = columns < tile && columns > 0 ? tile / columns : 1;
  const size_t columns_at_once = columns < tile ? columns : tile;
  memset(operands.is_scalar + program->leaf_count, false, program->instruction_count);
  for (size_t number = 0; number < program->instruction_count; number++) {
    const int32_t place = program->instructions[number].place;
    if (place >= 0) operands.memory[program->leaf_count + number] = registers[place];
  }
  for (size_t row = 0; row < rows; row += rows_at_once) {
    const size_t height = rows - row < rows_at_once ? rows - row : rows_at_once;
    for (size_t column = 0; column < columns; column += columns_at_once) {
      const size_t left = columns - column;
      const size_t width = left < columns_at_once ? left : columns_at_once;
      const size_t count = height * width;
      tile_ahead ahead;
      ahead.count = 0;
      for (size_t number = 0; number < program->leaf_count; number++) {
        const staticgraph_tile_leaf *leaf = program->leaves + number;
        const char *start = (const char *)leaves[number]
                            + (row * leaf->row_stride + (leaf->is_scalar ? 0 : column))
                                  * leaf->element_size;
        const bool is_one = leaf->is_scalar && (height == 1 || leaf->row_stride == 0);
        const bool is_dense = !leaf->is_scalar && (height == 1 || leaf->row_stride == columns);
        operands.is_scalar[number] = is_one && !leaf->must_be_vector;
        if (is_dense) add_ahead(&ahead, start, count * leaf->element_size);
        if (is_dense || operands.is_scalar[number] || count == 1) {
          operands.memory[number] = start;
          continue;
        }
        // Rows that are all alike need be expanded once.
        if (row == 0 || leaf->row_stride != 0 || height == 1) {
          staticgraph_expand(height, width, leaf->element_size, start, leaf->row_stride,
                             leaf->is_scalar, registers[leaf->place]);
        }
        operands.memory[number] = registers[leaf->place];
      }
      for (size_t number = 0; number < program->instruction_count; number++) {
        const staticgraph_tile_instruction *step = program->instructions + number;
        if (step->place >= 0) continue;
        const char *result =
            (char *)outputs[-1 - step->place] + (row * columns + column) * step->result_size;
        add_ahead(&ahead, result, count * step->result_size);
        operands.memory[program->leaf_count + number] = result;
      }
      run_instructions(program, count, &operands, &ahead);
      for (size_t number = 0; number < program->fold_count; number++) {
        const staticgraph_tile_fold *fold = program->folds + number;
        char *results = (char *)outputs[fold->output]
                        + (row * fold->row_stride + (fold->is_scalar ? 0 : column))
                              * fold->element_size;
        run_fold(fold, height, width, operands.memory[fold->operand], results);
      }
    }
  }
}
