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

/// What one step of an optimiser reads and changes.
typedef struct {
  /// The scalars, each at its address, in the order of the step's inputs.
  const void *numbers[7];
  const void *gradient;
  /// The variable, and what the optimiser keeps for it.
  void *variables[4];
  /// What the step's attribute says, where it has one.
  bool flag;
} staticgraph_update_operands;

/// One step of an optimiser over `count` elements.
typedef void (*staticgraph_update)(size_t count, const staticgraph_update_operands *operands);

#define STATICGRAPH_DECLARE_UPDATE(name)                                                    \
  void staticgraph_##name##_float32(size_t count, const staticgraph_update_operands *);     \
  void staticgraph_##name##_float64(size_t count, const staticgraph_update_operands *);

/// AdaGrad (Duchi, Hazan and Singer 2011). Numbers: rate. Variables: variable, sum of squares. The
/// flag says whether the sum grows.
STATICGRAPH_DECLARE_UPDATE(adagrad)
/// The same with a summand of the divisor. Numbers: rate, epsilon.
STATICGRAPH_DECLARE_UPDATE(adagrad_epsilon)
/// RMSProp (Hinton 2012). Numbers: rate, rho, momentum, epsilon. Variables: variable, mean of
/// squares, running step.
STATICGRAPH_DECLARE_UPDATE(rmsprop)
/// RMSProp by the variance. Variables: variable, mean, mean of squares, running step.
STATICGRAPH_DECLARE_UPDATE(centered_rmsprop)
/// AdaDelta (Zeiler 2012). Numbers: rate, rho, epsilon. Variables: variable, mean of squared
/// gradients, mean of squared steps.
STATICGRAPH_DECLARE_UPDATE(adadelta)
/// FTRL-Proximal (McMahan and others 2013). Numbers: rate, l1, l2, power of the rate. Variables:
/// variable, sum of squares, linear term. The flag says whether the linear term is kept times the
/// rate.
STATICGRAPH_DECLARE_UPDATE(ftrl)
/// The same with shrinkage. Numbers: rate, l1, l2, shrinkage, power of the rate.
STATICGRAPH_DECLARE_UPDATE(ftrl_shrinkage)
/// Adamax (Kingma and Ba 2015). Numbers: power of beta1, rate, beta1, beta2, epsilon. Variables:
/// variable, first moment, norm.
STATICGRAPH_DECLARE_UPDATE(adamax)
/// AMSGrad (Reddi, Kale and Kumar 2018). Numbers: powers of beta1 and beta2, rate, beta1, beta2,
/// epsilon. Variables: variable, first moment, second moment, its largest so far.
STATICGRAPH_DECLARE_UPDATE(amsgrad)

#endif
