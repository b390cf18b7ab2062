import GraphIR
import Operators
import Tensors

/// Learning rates that follow the number of steps, and running averages, in a `.graph` file, under
/// the names of their Swift counterparts.
public let scheduleFunctions: [GraphFunction] = [
  schedule("piecewiseConstantDecay", [.labelled("boundaries"), .labelled("values")]) { call in
    .piecewiseConstant(
      boundaries: try call.numbers("boundaries"), values: try call.numbers("values"))
  },
  schedule("exponentialDecay", decayParameters) { call in
    .exponential(
      initial: try call.number("initialLearningRate"), steps: try call.integer("decaySteps"),
      rate: try call.number("decayRate"), staircase: try call.flag("staircase") ?? false)
  },
  schedule("inverseTimeDecay", decayParameters) { call in
    .inverseTime(
      initial: try call.number("initialLearningRate"), steps: try call.integer("decaySteps"),
      rate: try call.number("decayRate"), staircase: try call.flag("staircase") ?? false)
  },
  schedule(
    "polynomialDecay",
    [
      .labelled("initialLearningRate"), .labelled("decaySteps"),
      .labelled("endLearningRate", default: "0.0001"), .labelled("power", default: "1"),
      .labelled("cycle", default: "false"),
    ]
  ) { call in
    .polynomial(
      initial: try call.number("initialLearningRate"), steps: try call.integer("decaySteps"),
      end: try call.number("endLearningRate", default: 0.0001),
      power: try call.number("power", default: 1), cycle: try call.flag("cycle") ?? false)
  },
  schedule(
    "cosineDecay",
    [
      .labelled("initialLearningRate"), .labelled("decaySteps"), .labelled("alpha", default: "0"),
      .labelled("warmupTarget", default: "none"), .labelled("warmupSteps", default: "0"),
    ]
  ) { call in
    .cosine(
      initial: try call.number("initialLearningRate"), steps: try call.integer("decaySteps"),
      alpha: try call.number("alpha", default: 0),
      warmupTarget: call["warmupTarget"] == nil ? nil : try call.number("warmupTarget"),
      warmupSteps: try call.integer("warmupSteps", default: 0))
  },
  schedule(
    "cosineDecayRestarts",
    [
      .labelled("initialLearningRate"), .labelled("firstDecaySteps"),
      .labelled("stepMultiplier", default: "2"), .labelled("rateMultiplier", default: "1"),
      .labelled("alpha", default: "0"),
    ]
  ) { call in
    .cosineRestarts(
      initial: try call.number("initialLearningRate"),
      steps: try call.integer("firstDecaySteps"),
      stepMultiplier: try call.number("stepMultiplier", default: 2),
      rateMultiplier: try call.number("rateMultiplier", default: 1),
      alpha: try call.number("alpha", default: 0))
  },
  schedule(
    "linearWarmup",
    [
      .positional("learningRate"), .labelled("initialLearningRate", default: "0"),
      .labelled("warmupSteps"),
    ]
  ) { call in
    .warmup(
      of: try call.value("learningRate"),
      initial: try call.number("initialLearningRate", default: 0),
      steps: try call.integer("warmupSteps"))
  },
]

private let decayParameters: [GraphFunction.Parameter] = [
  .labelled("initialLearningRate"), .labelled("decaySteps"), .labelled("decayRate"),
  .labelled("staircase", default: "false"),
]

private func schedule(
  _ name: String, _ parameters: [GraphFunction.Parameter],
  _ make: @escaping @Sendable (FunctionCall) throws -> LearningRateSchedule
) -> GraphFunction {
  GraphFunction(name, parameters + [.labelled("step")]) { call in
    [try make(call).rate(after: try call.value("step"), origin: call.origin)]
  }
}

/// `updateMovingAverages` and `movingAverage` in a `.graph` file.
public let movingAverageFunctions: [GraphFunction] = [
  GraphFunction(
    "updateMovingAverages",
    [
      .labelled("of"), .labelled("decay"), .labelled("updates", default: "none"),
      .labelled("zeroDebias", default: "false"),
    ]
  ) { call in
    let decay: OptimizerNumber =
      if case .value(let value)? = call["decay"] {
        .value(value)
      } else {
        .number(try call.number("decay"))
      }
    _ = try call.graph.updateMovingAverages(
      of: try call.values("of"), decay: decay,
      updates: call["updates"] == nil ? nil : try call.value("updates"),
      zeroDebias: try call.flag("zeroDebias") ?? false, name: "updateMovingAverages",
      origin: call.origin)
    return []
  },
  GraphFunction("movingAverage", [.labelled("of")]) { call in
    [try averageRead(of: try call.value("of"))]
  },
]

extension FunctionCall {
  fileprivate func number(_ name: String, default standard: Double? = nil) throws -> Double {
    switch self[name] {
    case .number(let number): return number
    case .integer(let integer): return Double(integer)
    case nil:
      guard let standard else { throw ShapeError("\(name) is missing") }
      return standard
    case let other?: throw ShapeError("\(name) must be a number, but it is \(other.kind)")
    }
  }

  fileprivate func integer(_ name: String, default standard: Int? = nil) throws -> Int {
    switch self[name] {
    case .integer(let integer): return integer
    case nil:
      guard let standard else { throw ShapeError("\(name) is missing") }
      return standard
    case let other?: throw ShapeError("\(name) must be an integer, but it is \(other.kind)")
    }
  }

  fileprivate func numbers(_ name: String) throws -> [Double] {
    guard case .list(let members)? = self[name] else {
      throw ShapeError(
        "\(name) must be a list of numbers, but it is \(self[name]?.kind ?? "missing")")
    }
    return try members.map {
      switch $0 {
      case .number(let number): number
      case .integer(let integer): Double(integer)
      default: throw ShapeError("\(name) must be a list of numbers, but it holds \($0.kind)")
      }
    }
  }
}
