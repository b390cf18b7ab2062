import GraphIR
import Operators
import Tensors

extension Optimizer {
  /// Adam with Nesterov's momentum, under Dozat's schedule for it (Dozat 2016).
  ///
  /// The moments are kept as `NAME/Nadam` and `NAME/Nadam_1`. TensorFlow has no operator for this
  /// step, which is made of arithmetic and assignments.
  public static func nadam(
    learningRate: OptimizerNumber = 0.001, beta1: OptimizerNumber = 0.9,
    beta2: OptimizerNumber = 0.999, epsilon: OptimizerNumber = 1e-7
  ) -> Optimizer {
    Optimizer(
      .nadam,
      ["learningRate": learningRate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon])
  }
}

extension OptimizerRule {
  static let nadam = OptimizerRule(
    "nadam", scope: "Nadam",
    [
      .number("learningRate", .atLeastZero, default: 0.001),
      .number("beta1", .belowOne, default: 0.9), .number("beta2", .belowOne, default: 0.999),
      .number("epsilon", .atLeastZero, default: 1e-7),
    ]
  ) { step, pairs in
    // The momentum of step t is μ(t) = beta1 · (1 − 0.96ᵗ / 2).
    let decay = step.scalar("Nadam/decay", 0.96, step.type)
    let one = step.scalar("Nadam/one", 1, step.type)
    let decayPower = step.shared("decay_power", initialValue: decay)
    let product = step.shared("momentum_product", initialValue: one)
    let powers = step.powers(of: ["beta2"])
    let beta1 = step.number("beta1", step.type)
    let momentum = beta1 * (1 - 0.5 * decayPower)
    let nextPower = decayPower * decay
    let nextMomentum = beta1 * (1 - 0.5 * nextPower)
    let nextProduct = product * momentum
    let rate = step.number("learningRate", step.type)
    let ofMoment = rate * nextMomentum / (1 - nextProduct * nextMomentum)
    let ofGradient = rate * (1 - momentum) / (1 - nextProduct)
    let ofSquares = 1 / (1 - powers[0].power)

    let updates = pairs.flatMap { pair -> [GraphNode] in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      let slots = ["Nadam", "Nadam_1"].map { step.slot($0, of: variable) }
      let first =
        slots[0] + (pair.gradient - slots[0]) * (1 - step.number("beta1", type))
      let second =
        slots[1] + (square(pair.gradient) - slots[1]) * (1 - step.number("beta2", type))
      let numerator =
        cast(ofMoment, to: type) * first + cast(ofGradient, to: type) * pair.gradient
      let change =
        numerator / (sqrt(second * cast(ofSquares, to: type)) + step.number("epsilon", type))
      let name = "Nadam/update_\(variable.node.name)"
      return [
        assign(slots[0], first, name: "\(name)/first"),
        assign(slots[1], second, name: "\(name)/second"),
        assignSub(variable, change, name: "\(name)/apply"),
      ]
    }
    let advanced = step.advancing(powers, after: updates)
    return advanced
      + step.graph.controlDependencies(on: updates) {
        [
          assign(decayPower, nextPower, name: "Nadam/decay_power/update"),
          assign(product, nextProduct, name: "Nadam/momentum_product/update"),
        ]
      }
  }
}
