#include "staticgraph_tiles.h"

#include "elementwise_loops.h"

// What a loop of a pair does, in the order of the tables below; −1 for what has no pairs.
enum { pair_add, pair_subtract, pair_subtract_from, pair_multiply, pair_count };

#define APPLY_add(x, y) ((x) + (y))
#define APPLY_subtract(x, y) ((x) - (y))
#define APPLY_subtract_from(x, y) ((y) - (x))
#define APPLY_multiply(x, y) ((x) * (y))

// Two statements, so that the product is rounded before a sum as it is by loops of their own.
#define PAIR_LOOP(first, second, y_index, z_index)                  \
  FOR_EACH_ELEMENT {                                                \
    const element between = APPLY_##first(xs[i], ys[y_index]);      \
    result[i] = APPLY_##second(between, zs[z_index]);               \
  }

#define DEFINE_PAIR(first, second, type)                                                      \
  STATICGRAPH_CLONES                                                                          \
  static void first##_##second##_##type(size_t count, const void *x, const void *y,           \
                                        bool y_is_scalar, const void *z, bool z_is_scalar,    \
                                        void *result_memory) {                                \
    typedef type element;                                                                     \
    const element *xs = x, *ys = y, *zs = z;                                                  \
    element *result = result_memory;                                                          \
    if (y_is_scalar && z_is_scalar) {                                                         \
      const element one_y[1] = {*ys}, one_z[1] = {*zs};                                       \
      ys = one_y, zs = one_z;                                                                 \
      PAIR_LOOP(first, second, 0, 0)                                                          \
    } else if (y_is_scalar) PAIR_LOOP(first, second, 0, i)                                    \
    else if (z_is_scalar) PAIR_LOOP(first, second, i, 0)                                      \
    else PAIR_LOOP(first, second, i, i)                                                       \
  }

#define EACH_SECOND(use, first, type)                                                     \
  use(first, add, type) use(first, subtract, type) use(first, subtract_from, type)       \
      use(first, multiply, type)
#define EACH_PAIR(use, type)                                                              \
  EACH_SECOND(use, add, type) EACH_SECOND(use, subtract, type)                           \
      EACH_SECOND(use, subtract_from, type) EACH_SECOND(use, multiply, type)

EACH_PAIR(DEFINE_PAIR, float32)
EACH_PAIR(DEFINE_PAIR, float64)

#define PAIR_ENTRY(first, second, type) [pair_##first][pair_##second] = first##_##second##_##type,

static int operation_of(staticgraph_binary loop, bool is_swapped, staticgraph_binary add,
                        staticgraph_binary subtract, staticgraph_binary multiply) {
  if (loop == add) return pair_add;
  if (loop == subtract) return is_swapped ? pair_subtract_from : pair_subtract;
  if (loop == multiply) return pair_multiply;
  return -1;
}

#define FIND_PAIR(type)                                                                          \
  {                                                                                              \
    static const staticgraph_ternary loops[pair_count][pair_count] = {                           \
        EACH_PAIR(PAIR_ENTRY, type)};                                                            \
    const int one =                                                                              \
        operation_of(first, first_is_swapped, staticgraph_add_##type, staticgraph_sub_##type,    \
                     staticgraph_mul_##type);                                                    \
    const int other =                                                                            \
        operation_of(second, second_is_swapped, staticgraph_add_##type, staticgraph_sub_##type,  \
                     staticgraph_mul_##type);                                                    \
    if (one >= 0 && other >= 0) return loops[one][other];                                        \
  }

staticgraph_ternary staticgraph_pair(staticgraph_binary first, bool first_is_swapped,
                                     staticgraph_binary second, bool second_is_swapped) {
  FIND_PAIR(float32)
  FIND_PAIR(float64)
  return NULL;
}
