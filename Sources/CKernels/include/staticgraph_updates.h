// Steps of optimisers: each changes variables in one pass.
#ifndef STATICGRAPH_UPDATES_H
#define STATICGRAPH_UPDATES_H

#include <stdbool.h>
#include <stddef.h>

/// `variable` −= `rate` · `change`.
typedef void (*staticgraph_gradient_descent)(
    size_t count, const void *rate, const void *change, void *variable);

void staticgraph_gradient_descent_float32(
    size_t count, const void *rate, const void *change, void *variable);
void staticgraph_gradient_descent_float64(
    size_t count, const void *rate, const void *change, void *variable);

/// `accumulator` = `momentum` · `accumulator` + `gradient`; `variable` −= `rate` · `accumulator`,
/// or for Nesterov's form −= `rate` · (`gradient` + `momentum` · `accumulator`).
typedef void (*staticgraph_momentum)(
    size_t count, const void *rate, const void *momentum, bool nesterov, const void *gradient,
    void *variable, void *accumulator);

void staticgraph_momentum_float32(
    size_t count, const void *rate, const void *momentum, bool nesterov, const void *gradient,
    void *variable, void *accumulator);
void staticgraph_momentum_float64(
    size_t count, const void *rate, const void *momentum, bool nesterov, const void *gradient,
    void *variable, void *accumulator);

/// The numbers of Adam's step, each at its address.
typedef struct {
  const void *beta1_power, *beta2_power, *rate, *beta1, *beta2, *epsilon;
} staticgraph_adam_numbers;

/// One step of Adam (Kingma and Ba 2015): `first` and `second` are the moments.
typedef void (*staticgraph_adam)(
    size_t count, const staticgraph_adam_numbers *numbers, bool nesterov, const void *gradient,
    void *variable, void *first, void *second);

void staticgraph_adam_float32(
    size_t count, const staticgraph_adam_numbers *numbers, bool nesterov, const void *gradient,
    void *variable, void *first, void *second);
void staticgraph_adam_float64(
    size_t count, const staticgraph_adam_numbers *numbers, bool nesterov, const void *gradient,
    void *variable, void *first, void *second);

#endif
