import StaticGraph
import Testing

/// Learning rates that follow a count of steps, and running averages.
@Suite struct ScheduleTests {
  private func rates(_ steps: [Int], _ schedule: (Value) -> Value) throws -> [Double] {
    let graph = Graph()
    let step = graph.placeholder("step", Int64.self)
    let rate = schedule(step)
    let session = try Session(graph)
    return try steps.map {
      try session.run([rate], feeding: [step: Tensor(Int64($0))])[0].scalar(as: Double.self)
    }
  }

  @Test func boundariesBelongToWhatIsBefore() throws {
    let rates = try rates([0, 10, 11, 20, 21]) {
      piecewiseConstantDecay(boundaries: [10, 20], values: [3, 2, 1], step: $0)
    }
    #expect(rates == [3, 3, 2, 2, 1])
  }

  @Test func staircasesGoDownAtOnce() throws {
    let rates = try rates([0, 9, 10, 19, 20]) {
      exponentialDecay(
        initialLearningRate: 8, decaySteps: 10, decayRate: 0.5, staircase: true, step: $0)
    }
    #expect(rates == [8, 8, 4, 4, 2])
  }

  @Test func warmUpLeadsToTheRate() throws {
    let rates = try rates([0, 5, 10, 11, 1000]) {
      linearWarmup($0.graph.constant(Tensor(0.5)), warmupSteps: 10, step: $0)
    }
    #expect(rates == [0, 0.25, 0.5, 0.5, 0.5])
  }

  @Test func filesHaveTheSameNames() throws {
    let text = """
      placeholder step: Int32
      output a = piecewiseConstantDecay(boundaries: [2], values: [1, 0.5], step: step)
      output b = exponentialDecay(
        initialLearningRate: 1, decaySteps: 2, decayRate: 0.25, step: step)
      output c = inverseTimeDecay(
        initialLearningRate: 1, decaySteps: 1, decayRate: 1, staircase: true, step: step)
      output d = polynomialDecay(
        initialLearningRate: 1, decaySteps: 6, endLearningRate: 0, power: 2, step: step)
      output e = cosineDecay(initialLearningRate: 1, decaySteps: 6, step: step)
      output f = cosineDecayRestarts(initialLearningRate: 1, firstDecaySteps: 3, step: step)
      output g = linearWarmup(e, warmupSteps: 6, step: step)
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "test.graph", text: text))
    let session = try Session(graph)
    let step = try #require(graph.node(named: "step")).output
    let values = try "abcdefg".map { try #require(graph.node(named: String($0))).output }
    let rates = try session.run(values, feeding: [step: Tensor(Int32(3))]).map {
      try $0.scalar(as: Double.self)
    }
    let expected: [Double] = [0.5, 0.125, 0.25, 0.25, 0.5, 1, 0.25]
    for (rate, number) in zip(rates, expected) {
      let distance: Double = (rate - number).magnitude
      #expect(distance < 1e-12, "\(rates)")
    }
  }

  @Test func refusesWhatCannotBeComputedWith() throws {
    let cases: [((Value) -> Value, String)] = [
      (
        { piecewiseConstantDecay(boundaries: [1, 1], values: [1, 2, 3], step: $0) },
        "piecewiseConstantDecay: boundaries must rise"
      ),
      (
        { piecewiseConstantDecay(boundaries: [1], values: [1], step: $0) },
        "one value more than boundaries, but there are 1 values and 1 boundaries"
      ),
      (
        { exponentialDecay(initialLearningRate: -1, decaySteps: 1, decayRate: 1, step: $0) },
        "exponentialDecay: initialLearningRate must be at least 0, but it is -1.0"
      ),
      (
        { exponentialDecay(initialLearningRate: 1, decaySteps: 0, decayRate: 1, step: $0) },
        "decaySteps must be at least 1, but it is 0"
      ),
      (
        { cosineDecay(initialLearningRate: 1, decaySteps: 1, warmupSteps: 3, step: $0) },
        "warmupSteps needs a warmupTarget"
      ),
      (
        { cosineDecay(initialLearningRate: 1, decaySteps: 1, step: stack([$0, $0])) },
        "step must be a scalar, but it is Int64[2]"
      ),
    ]
    for (schedule, expected) in cases {
      let graph = Graph()
      _ = schedule(graph.placeholder("step", Int64.self))
      let text = graph.diagnostics.map(\.description).joined()
      #expect(text.contains(expected), "\(text)")
      #expect(text.contains("ScheduleTests.swift"), "\(text)")
    }
  }

  // MARK: Running averages

  @Test func averagesBeginWithTheVariable() throws {
    let graph = Graph()
    let w = graph.variable("w", initialValue: Tensor(Float32(8)))
    let change = assign(w, w / 2)
    let update = try graph.controlDependencies(on: [change]) {
      try graph.updateMovingAverages(of: [w], decay: 0.75)
    }
    let session = try Session(graph)
    try session.initializeVariables()
    #expect(try session.run([movingAverage(of: w)]) == [Tensor(Float32(8))])
    try session.run(targets: [update])
    #expect(
      try session.run([w, movingAverage(of: w)]) == [Tensor(Float32(4)), Tensor(Float32(7))])
  }

  @Test func averagesOfValuesBeginWithZeros() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let plain = identity(x, name: "plain")
    let unbiased = identity(x, name: "unbiased")
    let updates = [
      try graph.updateMovingAverages(of: [plain], decay: 0.5),
      try graph.updateMovingAverages(of: [unbiased], decay: 0.5, zeroDebias: true),
    ]
    let session = try Session(graph)
    try session.initializeVariables()
    for number in [4.0, 8] { try session.run(targets: updates, feeding: [x: Tensor(number)]) }
    #expect(try session.run([movingAverage(of: plain)]) == [Tensor(5.0)])
    #expect(try session.run([movingAverage(of: unbiased)]) == [Tensor(5 / 0.75)])
  }

  @Test func averagesInFiles() throws {
    let text = """
      variable w = 8.0
      variable n = 0
      let step = minimize(w, by: .gradientDescent(learningRate: 1), step: n)
      target train = updateMovingAverages(of: w, decay: 0.9, updates: n, after: step)
      output smooth = movingAverage(of: w)
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "test.graph", text: text))
    let session = try Session(graph)
    try session.initializeVariables()
    try session.run(targets: [try #require(graph.node(named: "train"))])
    // The decay is (1 + 1) / (10 + 1) after the first step.
    let output = try #require(graph.node(named: "smooth")).output
    let smooth = try session.run([output])[0].scalar(as: Float.self)
    let expected: Float = (8 * 2 + 7 * 9) / 11
    #expect((smooth - expected).magnitude < 1e-5)
  }

  @Test func scopesAreNamedOnce() throws {
    let text = """
      scope "net" {
        variable w = 8.0
        let loss = square(w)
        let step = minimize(loss, by: .adam())
        let value = tanh(w)
        let averages = updateMovingAverages(of: [w, value], decay: 0.9, zeroDebias: true)
        target train = identity(loss, after: [step, averages])
        output smooth = movingAverage(of: w)
      }
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "test.graph", text: text))
    let names = try graph.frozen().nodes.filter(\.isVariable).map(\.name)
    #expect(
      names.sorted() == [
        "net/beta1_power", "net/beta2_power", "net/value/ExponentialMovingAverage",
        "net/value/ExponentialMovingAverage/biased",
        "net/value/ExponentialMovingAverage/local_step", "net/w", "net/w/Adam", "net/w/Adam_1",
        "net/w/ExponentialMovingAverage",
      ])
  }

  @Test func anotherScopeLeavesTheNamesOfWhatIsKept() throws {
    let graph = Graph()
    let w = graph.variable("w", initialValue: Tensor(8.0))
    for scope in ["first", "second"] {
      try graph.scope(scope) { _ = try graph.minimize(square(w), by: .adagrad()) }
    }
    let names = try graph.frozen().nodes.filter(\.isVariable).map(\.name)
    #expect(names == ["w", "w/Adagrad", "w/Adagrad_1"])
  }

  @Test func saysWhatHasNoAverage() throws {
    let graph = Graph()
    let w = graph.variable("w", initialValue: Tensor(8.0))
    let n = graph.variable("n", initialValue: Tensor(Int32(8)))
    func message(_ values: [Value], _ decay: OptimizerNumber) -> String {
      do {
        _ = try graph.updateMovingAverages(of: values, decay: decay)
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    #expect(message([n], 0.5).contains("must be of floating-point numbers, but it is Int32"))
    #expect(message([w], 1.5).contains("decay must be from 0 to 1, but it is 1.5"))
    #expect(message([w], 0.5) == "no error")
    #expect(message([w], 0.5).contains("has a moving average already"))
    _ = movingAverage(of: n)
    #expect(graph.diagnostics.last?.description.contains("has no moving average") == true)
  }
}
