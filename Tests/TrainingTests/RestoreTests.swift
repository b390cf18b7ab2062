import Foundation
import PythonSupport
import StaticGraph
import Testing

/// Sessions that go on from a checkpoint.
@Suite struct RestoreTests {
  private func withCheckpoint<Result>(
    _ tensors: [String: Tensor], as name: String = "model.safetensors",
    _ body: (Checkpoint) throws -> Result
  ) throws -> Result {
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent(name).path
      try Checkpoint.write(tensors, to: path)
      return try body(Checkpoint.open(path))
    }
  }

  private func session(_ text: String) throws -> (Session, GraphNode) {
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: text))
    let session = try Session(graph)
    return (session, try #require(session.graph.node(named: "train")))
  }

  private let network = """
    placeholder x: Float32[?, 6]
    variable weights = heNormal([6, 4], seed: 3)
    let hidden = dropout(relu(matmul(x, weights)), rate: 0.5, seed: 5, seed2: 6)
    let noise = randomNormal([4], seed: 7)
    output loss = sum(square(hidden + noise - 1))
    target train = minimize(loss, by: .nadam(learningRate: 0.01))
    """

  @Test(arguments: ["model.npz", "model.safetensors", "model"])
  func goesOnWithTheSameRandomNumbers(file: String) throws {
    // Batches of two sizes are two plans, which share the sequences.
    let batches = try (0..<8).map { step in
      try Tensor.sample([step % 3 == 2 ? 2 : 5, 6], in: -1...1, seed: UInt64(step))
        .converted(to: .float32)
    }
    func train(_ session: Session, _ train: GraphNode, _ steps: Range<Int>) throws {
      let x = try #require(session.graph.node(named: "x")).output
      for step in steps { try session.run(targets: [train], feeding: [x: batches[step]]) }
    }
    let (whole, target) = try session(network)
    try whole.initializeVariables()
    try train(whole, target, 0..<4)
    let tensors = try whole.checkpointTensors
    try train(whole, target, 4..<8)

    try withCheckpoint(tensors, as: file) { checkpoint in
      let (second, target) = try session(network)
      let report = try second.restore(checkpoint)
      #expect(report.missing.isEmpty && report.unused.isEmpty)
      try train(second, target, 4..<8)
      #expect(try second.checkpointTensors == whole.checkpointTensors)
    }
    let variables = tensors.filter { !$0.key.hasPrefix("staticgraph/") }
    // Of the dropout, the noise and the initial weights.
    #expect(variables.count == tensors.count - 3)
    try withCheckpoint(variables, as: file) { checkpoint in
      let (third, target) = try session(network)
      try third.restore(checkpoint)
      try train(third, target, 4..<8)
      #expect(third.variables["weights"] != whole.variables["weights"])
    }
  }

  @Test(arguments: ["model.npz", "model.safetensors", "model"])
  func goesOnWithWhatWasReadAhead(file: String) throws {
    let (session, _) = try session(
      "variable weights = zeros([2, 3])\nvariable bias = zeros([3])\n"
        + "target train = assignAdd(bias, bias)")
    let weights = try Tensor([Float(1), 2, 3, 4, 5, 6]).reshaped(to: [2, 3])
    let stored = ["weights": weights, "bias": Tensor([Float(7), 8, 9]), "other": weights]
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent(file).path
      try Checkpoint.write(stored, to: path)
      for names in [["weights", "bias"], ["weights", "nothing", "other"], []] {
        session.variables.removeAll()
        let report = try session.restore(
          CheckpointAhead(path).reading(Set(names)), lenient: false)
        #expect(report.restored.sorted() == ["bias", "weights"] && report.unused == ["other"])
        #expect(session.variables.values == stored.filter { $0.key != "other" })
      }
      // What was read ahead of another type than the variable's is told as ever.
      try Checkpoint.write(["weights": weights, "bias": weights], to: path)
      let ahead = try CheckpointAhead(path).reading(["weights", "bias"])
      #expect(throws: GraphError.self) { try session.restore(ahead, lenient: false) }
      #expect(try session.restore(ahead, lenient: true).mismatched.map(\.name) == ["bias"])
    }
    #expect(throws: TensorError.self) { try CheckpointAhead("/nowhere/model.npz") }
  }

  @Test func aDamagedArchiveChangesNoVariable() throws {
    let text = """
      variable bias = zeros([3])
      variable weights = zeros([2, 3])
      target train = assignAdd(bias, bias)
      """
    let weights = try Tensor([Float(1), 2, 3, 4, 5, 6]).reshaped(to: [2, 3])
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("model.npz").path
      try Checkpoint.write(["bias": Tensor([Float(7), 8, 9]), "weights": weights], to: path)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      // The last element of the weights.
      let six = withUnsafeBytes(of: Float(6)) { Data($0) }
      bytes[try #require(bytes.range(of: six)).lowerBound] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
      let (session, _) = try session(text)
      try session.initializeVariables()
      let error = #expect(throws: TensorError.self) { try session.restore(Checkpoint.open(path)) }
      #expect(error?.description.contains("entry 'weights.npy'") == true)
      #expect(session.variables["bias"] == Tensor([Float(0), 0, 0]))
      // What is read ahead is told of when it is restored, and only if it is.
      let ahead = try CheckpointAhead(path).reading(["bias", "weights"])
      let second = #expect(throws: TensorError.self) { try session.restore(ahead, lenient: false) }
      #expect(second?.description == error?.description)
      let (other, _) = try self.session(
        text.replacingOccurrences(of: "zeros([2, 3])", with: "zeros([6])"))
      #expect(try other.restore(ahead, lenient: true).mismatched.map(\.name) == ["weights"])
      #expect(other.variables["bias"] == Tensor([Float(7), 8, 9]))
    }
  }

  @Test func tellsWhatDoesNotFit() throws {
    let text = """
      variable weights = zeros([2, 3])
      variable bias = zeros([3])
      variable scale = 1.0
      target train = assignAdd(scale, 1)
      """
    let stored: [String: Tensor] = [
      "weights": try Tensor(zeros: .float32, dimensions: [3, 2]),
      "baias": Tensor([Float(1), 2, 3]),
      "scale": try Tensor([Float(4)]).reshaped(to: []), "other": Tensor([Float(1)]),
    ]
    try withCheckpoint(stored) { checkpoint in
      let (session, _) = try session(text)
      #expect(
        throws: GraphError.self, "'weights' is Float32[3, 2], but the variable is Float32[2, 3]"
      ) { try session.restore(checkpoint) }
      let report = try session.restore(checkpoint, lenient: true)
      #expect(report.restored == ["scale"])
      #expect(report.missing == ["bias"])
      #expect(report.unused == ["baias", "other"])
      #expect(report.mismatched.map(\.name) == ["weights"])
      #expect(report.nearestName(to: "bias") == "baias")
      #expect(
        report.lines() == [
          "not in it: bias (is it 'baias'?)", "not in the graph: baias, other",
          "of another type or shape: weights (Float32[3, 2], but the variable is Float32[2, 3])",
        ])
      #expect(try session.variables["scale"] == Tensor([Float(4)]).reshaped(to: []))
      #expect(session.variables["weights"] == nil)
    }
    try withCheckpoint(["other": Tensor([Float(1)])]) { checkpoint in
      let (session, _) = try session(text)
      #expect(throws: GraphError.self) { try session.restore(checkpoint) }
      #expect(try session.restore(checkpoint, lenient: true).restored.isEmpty)
    }
  }
}
