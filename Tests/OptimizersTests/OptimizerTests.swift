import StaticGraph
import Testing

/// What optimisers make of a graph, in Swift and in files, and what they refuse.
@Suite struct OptimizerTests {
  /// Every optimiser by its name, with its defaults.
  private static let optimizers: [(name: String, optimizer: Optimizer, slots: [String])] = [
    ("gradientDescent", .gradientDescent(learningRate: 0.1), []),
    ("momentum", .momentum(learningRate: 0.1), ["Momentum"]),
    ("adam", .adam(), ["Adam", "Adam_1"]),
    ("adamW", .adamW(), ["Adam", "Adam_1"]),
    ("adagrad", .adagrad(), ["Adagrad"]),
    ("rmsProp", .rmsProp(), ["RMSProp", "RMSProp_1"]),
    ("adadelta", .adadelta(), ["Adadelta", "Adadelta_1"]),
    ("ftrl", .ftrl(), ["Ftrl", "Ftrl_1"]),
    ("adamax", .adamax(), ["AdaMax", "AdaMax_1"]),
    ("nadam", .nadam(), ["Nadam", "Nadam_1"]),
  ]

  private func compiled(_ text: String) throws -> Graph {
    try GraphCompiler().compile(SourceFile(name: "test.graph", text: text))
  }

  private func message(_ text: String) -> String {
    do {
      _ = try compiled(text)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  /// A graph with one variable and a call of `minimize` with further arguments.
  private func training(_ arguments: String) -> String {
    """
    variable w = [1.0, 2.0]
    variable n: Int64 = 0
    let loss = sum(w * w)
    target train = minimize(loss, \(arguments))
    """
  }

  @Test func defaultsAreThoseOfSwift() throws {
    for (name, optimizer, _) in Self.optimizers {
      let needsRate = ["gradientDescent", "momentum"].contains(name)
      let file = try compiled(training("by: .\(name)\(needsRate ? "(learningRate: 0.1)" : "")"))
      let graph = Graph()
      let w = graph.variable("w", initialValue: Tensor([Float32(1), 2]))
      _ = try graph.minimize(sum(w * w), by: optimizer)
      // Constants of one name and value are all that defaults decide.
      func numbers(_ graph: Graph) throws -> [String: Tensor] {
        let scalars = try graph.frozen().nodes.compactMap { node -> (String, Tensor)? in
          guard let constant = node.operation as? Const, constant.value.shape == .scalar,
            node.name.contains("/")
          else { return nil }
          return (node.name, constant.value)
        }
        return Dictionary(scalars, uniquingKeysWith: { first, _ in first })
          .filter { !$0.key.hasPrefix("gradients") }
      }
      let (there, here) = (try numbers(file), try numbers(graph))
      #expect(!here.isEmpty)
      for (key, value) in here where there[key] != nil {
        #expect(there[key] == value, "\(name): \(key)")
      }
      #expect(here.keys.allSatisfy { !$0.hasPrefix(name) || there[$0] != nil }, "\(name)")
    }
  }

  @Test func whatIsKeptHasTheNamesOfTensorFlow() throws {
    for (name, optimizer, slots) in Self.optimizers {
      for type in [DataType.float32, .float64] {
        let graph = Graph()
        let w = graph.variable("w", initialValue: try Tensor([1.0, 2]).converted(to: type))
        let train = try graph.minimize(sum(w * w), by: optimizer)
        let session = try Session(graph)
        try session.initializeVariables()
        let before = try session.value(of: w)
        try session.run(targets: [train])
        #expect(try session.value(of: w) != before, "\(name)")
        let kept = session.variables.values.keys.filter { $0.hasPrefix("w/") }.sorted()
        #expect(kept == slots.map { "w/\($0)" }, "\(name)")
        #expect(session.variables.values.values.allSatisfy { $0.dataType == type })
      }
    }
  }

  @Test func variablesOfTwoTypesTrainTogether() throws {
    for (name, optimizer, _) in Self.optimizers {
      let graph = Graph()
      let a = graph.variable("a", initialValue: Tensor([Float32(1), 2]))
      let b = graph.variable("b", initialValue: Tensor([3.0]))
      let train = try graph.minimize(
        cast(sum(a * a), to: .float64) + sum(b * b), by: optimizer,
        clipping: .globalNorm(limit: 1), weightDecay: .decoupled(rate: 0.1))
      let session = try Session(graph)
      try session.initializeVariables()
      try session.run(targets: [train])
      let moved = try session.run([a, b])
      #expect(try moved[0].elements(as: Float.self)[1] < 2, "\(name)")
      #expect(try moved[1].elements(as: Double.self)[0] < 3, "\(name)")
    }
  }

  @Test func filesSayEverythingThatSwiftDoes() throws {
    let graph = try compiled(
      training(
        """
        by: .rmsProp(learningRate: exponentialDecay(initialLearningRate: 0.1, decaySteps: 10,
          decayRate: 0.5, step: n), centered: true), clipping: .globalNorm(limit: 1),
          weightDecay: .l2(strength: 0.01), step: n
        """))
    let session = try Session(graph)
    try session.initializeVariables()
    let train = try #require(graph.node(named: "train"))
    for _ in 0..<3 { try session.run(targets: [train]) }
    #expect(session.variables.values["n"] == Tensor(Int64(3)))
    #expect(session.variables.values["w/RMSProp_2"] != nil)
  }

  @Test func refusesWhatCannotBeComputedWith() {
    let messages = [
      ("by: .adm", "there is no optimizer .adm"), ("by: .adm", "did you mean .adam?"),
      ("by: .rmsprop", "did you mean .rmsProp?"),
      ("by: .adam(beta3: 0.9)", ".adam has no 'beta3'"),
      ("by: .adam(beta3: 0.9)", "did you mean beta1? it has learningRate, beta1"),
      ("by: .momentum", ".momentum needs learningRate"),
      ("by: .adam(learningRate: -0.1)", ".adam: learningRate must be at least 0, but it is -0.1"),
      ("by: .adam(beta1: 1)", ".adam: beta1 must be at least 0 and below 1, but it is 1.0"),
      ("by: .ftrl(learningRate: 0)", ".ftrl: learningRate must be above 0, but it is 0.0"),
      (
        "by: .ftrl(learningRatePower: 0.5)",
        ".ftrl: learningRatePower must be at most 0, but it is 0.5"
      ),
      ("by: .adam(amsgrad: 1)", "amsgrad must be true or false, but it is the integer 1"),
      (
        "by: .adagrad(initialAccumulatorValue: loss)",
        ".adagrad: initialAccumulatorValue must be a number that stays"
      ),
      ("by: .adam(learningRate: w)", "learningRate must be a scalar, but it is Float32[2]"),
      ("by: .adam, clipping: .globalNorm", "clipping: .globalNorm needs limit"),
      ("by: .adam, clipping: .globalNrm(limit: 1)", "did you mean .globalNorm?"),
      ("by: .adam, clipping: .localNorm(limit: 0)", "clipping: .localNorm: limit must be above 0"),
      ("by: .adam, weightDecay: .l2(rate: 1)", ".l2 has no 'rate'"),
      ("by: .adam, weightDecay: .l2(strength: -1)", ".l2: strength must be at least 0"),
      (
        "by: .adam, weightDecay: .decoupled(rate: 1, excluding: [loss])",
        "'loss' is not a variable of this graph"
      ),
      ("by: .adam, step: loss", "step: 'loss' is not a variable of this graph"),
      ("by: .adam, step: w", "step must be a scalar, but it is Float32[2]"),
    ]
    for (arguments, expected) in messages {
      let text = message(training(arguments))
      #expect(text.contains(expected), "\(arguments): \(text)")
      #expect(text.contains("test.graph:"), "\(arguments): \(text)")
    }
  }

  @Test func decayLeavesOutWhatIsExcluded() throws {
    let graph = Graph()
    let a = graph.variable("a", initialValue: Tensor(Float32(4)))
    let b = graph.variable("b", initialValue: Tensor(Float32(4)))
    let train = try graph.minimize(
      0 * a + 0 * b, by: .gradientDescent(learningRate: 0.5),
      weightDecay: .decoupled(rate: 0.5, excluding: [b]))
    let penalty = try graph.minimize(
      0 * a + 0 * b, by: .gradientDescent(learningRate: 0.5),
      weightDecay: .l2(strength: 0.25, excluding: [a]), name: "penalty")
    let session = try Session(graph)
    try session.initializeVariables()
    try session.run(targets: [train])
    #expect(try session.run([a, b]) == [Tensor(Float32(3)), Tensor(Float32(4))])
    try session.run(targets: [penalty])
    #expect(try session.run([a, b]) == [Tensor(Float32(3)), Tensor(Float32(3))])
  }

  @Test func anInfiniteNormIsNotHidden() throws {
    let graph = Graph()
    let a = graph.variable("a", initialValue: Tensor(Float32(1)))
    let factor = graph.placeholder("factor", Float32.self)
    let train = try graph.minimize(
      a * factor, by: .gradientDescent(learningRate: 1), clipping: .globalNorm(limit: 1))
    let session = try Session(graph)
    try session.initializeVariables()
    try session.run(targets: [train], feeding: [factor: Tensor(Float32.infinity)])
    #expect(try session.value(of: a).scalar(as: Float.self).isNaN)
  }
}
