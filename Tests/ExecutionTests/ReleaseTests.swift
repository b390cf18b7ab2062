import Dispatch
import StaticGraph
import Synchronization
import Testing

@testable import Execution

/// Variables whose memory is given back while runs keep what they have computed from them.
@Suite struct ReleaseTests {
  /// A checkpoint in memory that counts how often each variable is read.
  private final class Source: Sendable {
    struct Damage: Error {}
    private let counts = Mutex<[String: Int]>([:])
    private let isDamaged = Atomic(false)
    private let pause = Mutex<(@Sendable () -> Void)?>(nil)
    let values: [String: Tensor]

    init(_ values: [String: Tensor]) { self.values = values }

    func count(_ name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

    /// Has whoever reads next do something before.
    func pauseOnce(_ body: @escaping @Sendable () -> Void) { pause.withLock { $0 = body } }

    func damage() { isDamaged.store(true, ordering: .relaxed) }

    var types: [(name: String, type: TensorType)] {
      values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.type) }
    }

    func restore(_ session: Session, staged: StagedValues = StagedValues()) throws {
      try session.variables.set(types, staged: staged, readingAgain: read)
    }

    @Sendable func read(_ name: String, _ memory: UnsafeMutableRawBufferPointer) throws {
      let pause = pause.withLock { pause in
        defer { pause = nil }
        return pause
      }
      pause?()
      counts.withLock { $0[name, default: 0] += 1 }
      if isDamaged.load(ordering: .relaxed) { throw Damage() }
      values[name]!.withUnsafeBytes { memory.copyMemory(from: $0) }
    }
  }

  private final class Runs: Sendable {
    let wereFree = Atomic(false)
  }

  /// Products of matrices: what the weights alone give is kept, the bias is read in each run.
  private struct Network {
    let graph = Graph()
    let x: Value
    let weights: Value
    let bias: Value
    let y: Value
    let step: GraphNode
    let source = Source([
      "weights": Tensor.sample([80, 80], seed: 2), "bias": Tensor.sample([80, 80], seed: 3),
    ])

    init() {
      x = graph.placeholder("x", Float64.self, shape: [80, 80])
      weights = graph.variable("weights", initialValue: graph.constant(Tensor.sample([80, 80])))
      bias = graph.variable("bias", initialValue: graph.constant(Tensor.sample([80, 80])))
      y = matmul(x, matmul(weights, weights, transposeA: true)) + bias
      step = assign(weights, weights * 0.5)
    }

    /// What a session gives that keeps everything.
    func expected(_ x: Tensor, _ weights: Tensor) throws -> Tensor {
      let session = try Session(graph)
      try session.setValue(weights, of: self.weights)
      try session.setValue(source.values["bias"]!, of: bias)
      return try session.run(y, feeding: [self.x: x])
    }
  }

  private let input = Tensor.sample([80, 80], seed: 4)

  @Test func whatIsKeptInAnotherFormHasNoMemoryUntilItIsAskedFor() throws {
    let network = Network()
    let source = network.source
    let session = try Session(network.graph)
    try source.restore(session)
    let call = try session.prepare(fetches: [network.y], feeds: [network.x])
    let expected = try network.expected(input, source.values["weights"]!)
    for _ in 0..<3 { #expect(try call.run([input]) == [expected]) }
    #expect(source.count("weights") == 1 && source.count("bias") == 1)
    #expect(session.variables["weights"] == source.values["weights"])
    #expect(session.variables.values == source.values)
    #expect(source.count("weights") == 3 && source.count("bias") == 1)
    // A run that reads the variable itself has it in memory again.
    for _ in 0..<2 { #expect(try session.run(network.weights) == source.values["weights"]) }
    #expect(source.count("weights") == 4)
    #expect(try call.run([input]) == [expected])
    #expect(try call.compiled([input]).invariants?.computationCount == 1)
  }

  @Test func whatWasReadAheadIsTakenWhereItFits() throws {
    let network = Network()
    let source = network.source
    var types = source.types
    let staged = try StagedValues(types, readingAgain: source.read)
    #expect(source.count("weights") == 1 && source.count("bias") == 1)
    // What was read under a name for another type is read anew, and what nobody wants is left.
    types[0].type = TensorType(.float32, [160, 80])
    types.append(("other", types[1].type))
    let others = try StagedValues(types) { _, memory in
      memory.initializeMemory(as: UInt8.self, repeating: 1)
    }
    for (values, weights, bias) in [(staged, 1, 1), (others, 1, 2)] {
      let session = try Session(network.graph)
      try source.restore(session, staged: values)
      #expect(source.count("weights") == weights && source.count("bias") == bias)
      #expect(session.variables.names == ["bias", "weights"])
      #expect(session.variables["bias"] == source.values["bias"])
    }
    #expect(throws: Source.Damage.self) {
      source.damage()
      _ = try StagedValues(source.types, readingAgain: source.read)
    }
  }

  /// Another thread has the lock of the store and waits with it until the runs are done.
  @Test func aWarmRunTakesNoLockOfTheStore() throws {
    let network = Network()
    let source = network.source
    let session = try Session(network.graph, options: SessionOptions(threads: 2))
    try source.restore(session)
    let bound = try session.prepare(fetches: [network.y], feeds: [network.x]).bind([input])
    for _ in 0..<2 { try bound.run() }
    let (entered, done, ended) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    let runs = Runs()
    source.pauseOnce {
      entered.signal()
      runs.wereFree.store(done.wait(timeout: .now() + 20) == .success, ordering: .relaxed)
    }
    DispatchQueue.global().async {
      _ = session.variables["weights"]
      ended.signal()
    }
    try #require(entered.wait(timeout: .now() + 20) == .success)
    for _ in 0..<50 { try bound.run() }
    done.signal()
    try #require(ended.wait(timeout: .now() + 20) == .success)
    let wereFree = runs.wereFree.load(ordering: .relaxed)
    #expect(wereFree)
    #expect(try bound.result(0) == network.expected(input, source.values["weights"]!))
  }

  @Test func whatIsAssignedIsNeverReadAgain() throws {
    let network = Network()
    let source = network.source
    let session = try Session(network.graph)
    try source.restore(session)
    let bound = try session.prepare(fetches: [network.y], feeds: [network.x]).bind([input])
    try bound.run()
    try session.run(targets: [network.step])
    let halved = try session.value(of: network.weights)
    let original = try source.values["weights"]!.elements(as: Double.self)
    #expect(try halved.elements(as: Double.self) == original.map { $0 * 0.5 })
    try bound.run()
    #expect(try bound.result(0) == network.expected(input, halved))
    let other = Tensor.sample([80, 80], seed: 9)
    try session.setValue(other, of: network.weights)
    try bound.run()
    #expect(try bound.result(0) == network.expected(input, other))
    #expect(session.variables["weights"] == other)
    #expect(source.count("weights") == 2)
    // A released variable that gets a value from outside is not read for it.
    try source.restore(session)
    try bound.run()
    try session.setValue(other, of: network.weights)
    #expect(session.variables["weights"] == other)
    try bound.run()
    #expect(try bound.result(0) == network.expected(input, other))
    #expect(source.count("weights") == 3)
  }

  @Test func whatCannotBeReadAgainIsToldOf() throws {
    let network = Network()
    let session = try Session(network.graph)
    try network.source.restore(session)
    let call = try session.prepare(fetches: [network.y], feeds: [network.x])
    let expected = try call.run([input])
    network.source.damage()
    #expect(throws: Source.Damage.self) { try session.run(network.weights) }
    #expect(session.variables["weights"] == nil)
    #expect(try call.run([input]) == expected)
  }

  @Test func othersThatUseTheStoreKeepTheirs() async throws {
    let network = Network()
    let source = network.source
    let input = input
    let expected = try network.expected(input, source.values["weights"]!)
    let doubled = try network.source.values["weights"]!.elements(as: Double.self).map { $0 * 2 }
    let twice = network.weights * 2
    let session = try Session(network.graph, options: SessionOptions(threads: 1))
    try source.restore(session)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<6 {
        group.addTask {
          for size in 1..<20 {
            if task % 2 == 0 {
              // Each call has a plan of its own, which computes and releases.
              let call = try session.prepare(fetches: [network.y], fixed: [network.x: input])
              #expect(try call.run() == [expected], "\(size)")
            } else {
              #expect(try session.run(twice).elements(as: Double.self) == doubled)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
