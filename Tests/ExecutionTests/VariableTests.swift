import StaticGraph
import Testing

/// What variables are to a session, and what reads see of updates.
@Suite struct VariableTests {
  @Test func keepTheirValuesFromRunToRun() throws {
    let graph = Graph()
    let count = graph.variable("count", initialValue: Tensor(Float64(1)))
    let step = assignAdd(count, graph.constant(Tensor(Float64(2))))
    let session = try Session(graph)
    try session.initializeVariables()
    try session.run(targets: [step])
    try session.run(targets: [step])
    #expect(try session.value(of: count) == Tensor(Float64(5)))
    #expect(try session.run(count) == Tensor(Float64(5)))
    let other = try Session(graph)
    #expect(throws: GraphError.self) { try other.run(count) }
    let sharing = try Session(graph, variables: session.variables)
    #expect(try sharing.run(count) == Tensor(Float64(5)))
  }

  @Test func valuesAreWrittenInPlaceTogetherOrNotAtAll() throws {
    struct Damage: Error {}
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(1), 2]))
    let y = graph.variable("y", initialValue: Tensor(Float64(3)))
    let sum = x + y
    let session = try Session(graph)
    try session.initializeVariables()
    let call = try session.prepare(fetches: [sum], feeds: [])
    #expect(try call.run([]) == [Tensor([Float64(4), 5])])
    let types: [(name: String, type: TensorType)] = [
      ("x", TensorType(.float64, [2])), ("y", TensorType(.float64, [])),
    ]
    #expect(throws: Damage.self) {
      try session.variables.set(types) { name, memory in
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        if name == "y" { throw Damage() }
      }
    }
    #expect(try call.run([]) == [Tensor([Float64(4), 5])])
    try session.variables.set(types) { name, memory in
      _ = memory.initializeMemory(as: Double.self, repeating: name == "x" ? 10 : 20)
    }
    #expect(try call.run([]) == [Tensor([Float64(30), 30])])
    #expect(throws: GraphError.self) {
      try session.variables.set([("x", TensorType(.string, []))]) { _, _ in }
    }
  }

  @Test func whatWasWrittenTogetherGoesItsOwnWays() throws {
    let store = VariableStore()
    // Together more than a large page, in which each begins somewhere else.
    let counts = ["a": 3, "b": 400_000, "c": 300_001]
    let types = counts.sorted { $0.key < $1.key }.map {
      (name: $0.key, type: TensorType(.float64, [$0.value]))
    }
    try store.set(types) { name, memory in
      _ = memory.initializeMemory(as: Double.self, repeating: Double(name.utf8.first!))
    }
    func value(_ number: Double, _ count: Int) -> Tensor {
      Tensor([Double](repeating: number, count: count))
    }
    #expect(store["a"] == value(97, 3) && store["c"] == value(99, 300_001))
    try store.set(["b": Tensor(Float(7)), "c": value(5, 300_001)])
    #expect(store.values == ["a": value(97, 3), "b": Tensor(Float(7)), "c": value(5, 300_001)])
    try store.set(Array(types.prefix(1))) { _, memory in
      _ = memory.initializeMemory(as: Double.self, repeating: 1)
    }
    #expect(store.values == ["a": value(1, 3), "b": Tensor(Float(7)), "c": value(5, 300_001)])
    store.removeAll()
    #expect(store.names.isEmpty && store["c"] == nil)
  }

  @Test func aReadSeesTheUpdatesThatItDependsOn() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(1), 2]))
    let add = assignAdd(x, graph.constant(Tensor([Float64(10), 20])))
    let double = x * 2
    let after = graph.controlDependencies(on: [add]) { currentValue(of: x) }
    let second = graph.controlDependencies(on: [add]) {
      assign(x, after * graph.constant(Tensor(Float64(3))))
    }
    // Built behind the updates, but independent of them.
    let late = x + 100
    let session = try Session(graph)
    try session.initializeVariables()
    let values = try session.run([x, double, after, late, after - x], targets: [second])
    #expect(values[0] == Tensor([Float64(1), 2]))
    #expect(values[1] == Tensor([Float64(2), 4]))
    #expect(values[2] == Tensor([Float64(11), 22]))
    #expect(values[3] == Tensor([Float64(101), 102]))
    #expect(values[4] == Tensor([Float64(10), 20]))
    #expect(try session.value(of: x) == Tensor([Float64(33), 66]))
  }

  @Test func onlyAVariableHasACurrentValue() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = currentValue(of: x)
    #expect(!y.isValid)
    let error = #expect(throws: GraphError.self) { try Session(graph) }
    #expect(error?.description.contains("currentValue: 'x' is not a variable") == true)
  }

  @Test func valuesThatWaitForEachOtherAreSwapped() throws {
    let graph = Graph()
    let a = graph.variable("a", initialValue: Tensor(Float64(1)))
    let b = graph.variable("b", initialValue: Tensor(Float64(2)))
    let swap = graph.group([assign(a, b), assign(b, a)])
    let session = try Session(graph)
    try session.initializeVariables()
    try session.run(targets: [swap])
    #expect(try session.run([a, b]) == [Tensor(Float64(2)), Tensor(Float64(1))])
  }

  @Test func resultsStayWhatTheyWere() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(1), 2, 3]))
    let view = reshape(x, to: [3, 1])
    let add = assignAdd(x, x)
    let session = try Session(graph)
    try session.initializeVariables()
    let before = try session.run([view, x], targets: [add])
    try session.run(targets: [add])
    #expect(before[0] == (try Tensor([Float64(1), 2, 3], dimensions: [3, 1])))
    #expect(before[1] == Tensor([Float64(1), 2, 3]))
    #expect(try session.value(of: x) == Tensor([Float64(4), 8, 12]))
  }

  @Test func initialValuesMayDependOnVariablesAndFeeds() throws {
    let graph = Graph()
    let image = graph.placeholder("image", type: TensorType(.float64, Shape(dimensions: [nil, 2])))
    let picture = graph.variable("picture", initialValue: image)
    let half = graph.variable("half", initialValue: picture * 0.5)
    let total = sum(picture) + sum(half)
    let session = try Session(graph)
    let missing = #expect(throws: GraphError.self) { try session.run(total) }
    #expect(missing?.description.contains("'picture' has no value yet") == true)
    try session.initializeVariables(feeding: [image: [[1, 2], [3, 4]]])
    #expect(try session.run(total) == Tensor(Float64(15)))
    try session.initializeVariables(feeding: [image: [[1, 1]]])
    #expect(try session.run(total) == Tensor(Float64(3)))
    #expect(try session.value(of: half) == [[0.5, 0.5]])
  }

  @Test func onlyMissingValuesAreInitialised() throws {
    let graph = Graph()
    let a = graph.variable("a", initialValue: Tensor(Float32(1)))
    let b = graph.variable("b", initialValue: a + 1)
    let session = try Session(graph)
    try session.setValue(5, of: a)
    try session.initializeVariables(onlyMissing: true)
    #expect(try session.run([a, b]) == [Tensor(Float32(5)), Tensor(Float32(6))])
    #expect(session.variables.names == ["a", "b"])
    #expect(throws: GraphError.self) { try session.setValue([1, 2], of: a) }
    session.variables.removeAll()
    #expect(throws: GraphError.self) { try session.run(a) }
  }

  @Test func whatIsNoVariableCannotBeChanged() throws {
    let graph = Graph()
    let x = graph.constant(Tensor(Float64(1)))
    _ = assign(x, x)
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(error?.description.contains("is not a variable") == true)
  }

  @Test func whatIsNoVariableIsToldOfWhereItStands() throws {
    let graph = Graph()
    let y = graph.constant(Tensor(Float64(1)), name: "y")
    let line = #line + 1
    let place = Origin(fileID: #fileID, line: #line)
    func told(_ operation: some Operator, _ inputs: [Value], _ message: String) {
      let before = graph.diagnostics.count
      #expect(!graph.append(operation, inputs, origin: place).isValid)
      let diagnostics = graph.diagnostics.dropFirst(before)
      #expect(
        diagnostics.map(\.message) == ["\(message) must be a variable, but it is 'y' (Const)"])
      #expect(diagnostics.allSatisfy { $0.location?.line == line })
    }
    told(AssignVariableOp(), [y, y], "AssignVariableOp: resource")
    told(AssignAddVariableOp(), [y, y], "AssignAddVariableOp: resource")
    told(ReadVariableOp(), [y], "ReadVariableOp: resource")
    told(Assign(), [y, y], "Assign: ref")
    told(ResourceApplyGradientDescent(), [y, y, y], "ResourceApplyGradientDescent: var")
    told(IsVariableInitialized(), [y], "IsVariableInitialized: ref")
    #expect(throws: GraphError.self) { _ = try Session(graph) }
  }

  @Test func whatRunsTogetherReadsWhenItIsDue() throws {
    let graph = Graph()
    let v = graph.append(VariableV2(TensorType(.float64, [3])), name: "v", origin: .unknown).output
    let doubled = v * 2
    let update = graph.append(
      Assign(), [v, graph.constant([10, 20, 30], as: .float64)], name: "u", origin: .unknown
    ).output
    let session = try Session(graph)
    try session.setValue(Tensor([1.0, 2, 3]), of: v)
    // The product does not depend on the update, the sum does.
    let sum = try session.run(doubled + square(update))
    #expect(sum == Tensor([102.0, 404, 906]))
  }

  @Test func whatIsPutTogetherReadsWhenItIsDue() throws {
    let graph = Graph()
    let v = graph.append(VariableV2(TensorType(.float64, [2, 2])), name: "v", origin: .unknown)
      .output
    let turned = transpose(v)
    let negative = -v
    let new = graph.constant(try Tensor([1.0, 0, 0, 2], dimensions: [2, 2]), as: .float64)
    let assignment = graph.append(Assign(), [v, new], name: "u", origin: .unknown)
    let update = assignment.output
    let session = try Session(graph)
    let old = try Tensor([1.0, 2, 3, 4], dimensions: [2, 2])
    try session.setValue(old, of: v)
    #expect(try session.run(matmul(turned, update)) == Tensor([[1.0, 6], [2, 8]]))
    try session.setValue(old, of: v)
    #expect(try session.run(update + negative) == Tensor([[0.0, -2], [-3, -2]]))
    // A read that waits for the update sees it.
    try session.setValue(old, of: v)
    let behind = graph.controlDependencies(on: [assignment]) { transpose(v) }
    #expect(try session.run(behind + 1) == Tensor([[2.0, 1], [1, 3]]))
  }

  @Test func changedVariablesAreVariables() throws {
    let graph = Graph()
    let one = graph.constant(Tensor(Float64(1)))
    let v = graph.append(VariableV2(TensorType(.float64, [])), name: "v", origin: .unknown).output
    let assigned = graph.append(Assign(), [v, one], origin: .unknown).output
    let sum = graph.append(AssignAdd(), [assigned, one], origin: .unknown).output
    #expect(try Session(graph).run(sum).scalar(as: Double.self) == 2)
    try graph.frozen().verify()
  }

  @Test func boundCallsTrainWithoutLookUps() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(0), 0]))
    let step = graph.placeholder("step", Float64.self)
    let add = assignAdd(x, broadcast(step, to: graph.constant(Tensor([Int32(2)]))))
    let session = try Session(graph)
    try session.initializeVariables()
    let call = try session.prepare(fetches: [x], targets: [add], feeds: [step]).bind([1.0])
    for _ in 0..<3 { try call.run() }
    #expect(try call.result(0) == Tensor([Float64(2), 2]))
    try session.setValue([10, 20], of: x)
    try call.run()
    #expect(try session.value(of: x) == Tensor([Float64(11), 21]))
  }

  @Test func noRunSeesHalfOfAChange() async throws {
    let graph = Graph()
    let names = (0..<4).map { "v\($0)" }
    let variables = names.map {
      graph.variable($0, initialValue: Tensor([Float64](repeating: 0, count: 999)))
    }
    let one = graph.constant(Tensor([Float64](repeating: 1, count: 999)))
    let step = graph.group(variables.map { assignAdd($0, one) })
    let session = try Session(graph)
    try session.initializeVariables()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for _ in 0..<100 {
            if worker % 2 == 0 {
              try session.run(targets: [step])
            } else {
              let values = try session.run(variables)
              #expect(Set(values.map { $0.description }).count == 1)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try session.run(variables[3]) == Tensor([Float64](repeating: 200, count: 999)))
  }

  @Test func aVariableOfOpenSizesWithoutAValueIsNoCrash() throws {
    let graph = Graph()
    let open = graph.append(
      VarHandleOp(TensorType(.float32, .unknown)), name: "w", origin: .unknown)
    let asked = graph.append(VarIsInitializedOp(), [open.output], origin: .unknown).output
    let read = graph.append(ReadVariableOp(), [open.output], origin: .unknown).output
    let session = try Session(graph)
    #expect(try session.run(asked) == Tensor(false))
    for value in [open.output, read] {
      let error = #expect(throws: GraphError.self) { try session.run(value) }
      #expect(error?.description.contains("'w' has no value yet") == true)
    }
    try session.setValue([1, 2], of: open.output)
    #expect(try session.run(asked) == Tensor(true))
    #expect(try session.run(open.output) == Tensor([Float32(1), 2]))
  }

  @Test func aVariableLargerThanTheLimitIsToldOf() throws {
    let graph = Graph()
    let type = TensorType(.float32, [1 << 40, 1 << 40])
    let huge = graph.append(VarHandleOp(type), name: "huge", origin: .unknown).output
    let error = #expect(throws: GraphError.self) { try Session(graph).run(huge) }
    #expect(error?.description.contains("too many bytes") == true)
  }
}
