import Foundation
import StaticGraph
import Testing

@testable import Execution

/// What stays the same from run to run is computed once.
@Suite struct InvariantTests {
  /// Products of large matrices: fixed · weights, and what a picture adds to it.
  private struct Network {
    let graph = Graph()
    let style: Value
    let picture: Value
    let weights: Value
    let loss: Value
    let train: GraphNode

    init() throws {
      style = graph.placeholder("style", Float64.self, shape: [60, 60])
      picture = graph.variable("picture", initialValue: graph.constant(Tensor.sample([60, 60])))
      weights = graph.variable(
        "weights", initialValue: graph.constant(Tensor.sample([60, 60], seed: 2)))
      let target = matmul(matmul(style, weights), style, transposeA: true)
      let found = matmul(matmul(picture, weights), picture, transposeA: true)
      loss = sum(square(found - target))
      train = assign(picture, picture * 0.5)
    }
  }

  private func computations(_ call: Callable, _ feeds: [Tensor] = []) throws -> Int? {
    try call.compiled(feeds).invariants?.computationCount
  }

  @Test func whatDependsOnFixedFeedsIsComputedOnce() throws {
    let network = try Network()
    let session = try Session(network.graph)
    try session.initializeVariables()
    let style = Tensor.sample([60, 60], seed: 3)
    let call = try session.prepare(
      fetches: [network.loss], targets: [network.train], fixed: [network.style: style])
    for step in 0..<4 {
      // Another plan, which keeps nothing.
      let expected = try session.run(network.loss, feeding: [network.style: style])
      let found = try call.run()[0]
      #expect(found == expected, "step \(step)")
    }
    #expect(try computations(call) == 1)
  }

  @Test func anAssignedVariableIsSeen() throws {
    let network = try Network()
    let session = try Session(network.graph)
    try session.initializeVariables()
    let style = Tensor.sample([60, 60], seed: 3)
    let call = try session.prepare(
      fetches: [network.loss], targets: [network.train], fixed: [network.style: style])
    let bound = try call.bind()
    for step in 0..<6 {
      if step % 2 == 1 {
        try session.setValue(Tensor.sample([60, 60], seed: 10 + UInt64(step)), of: network.weights)
      }
      let expected = try session.run(network.loss, feeding: [network.style: style])
      if step < 3 {
        #expect(try call.run()[0] == expected, "step \(step)")
      } else {
        try bound.run()
        #expect(try bound.result(0) == expected, "step \(step)")
      }
    }
    #expect(try computations(call) == 4)
  }

  @Test func anotherRunsAssignmentIsSeen() throws {
    let network = try Network()
    let change = assign(network.weights, network.weights * 2)
    let session = try Session(network.graph)
    try session.initializeVariables()
    let style = Tensor.sample([60, 60], seed: 3)
    let call = try session.prepare(fetches: [network.loss], fixed: [network.style: style])
    let first = try call.run()[0]
    try session.run(targets: [change])
    let second = try call.run()[0]
    #expect(first != second)
    #expect(second == (try session.run(network.loss, feeding: [network.style: style])))
    session.variables.removeAll()
    #expect(throws: GraphError.self) { try call.run() }
  }

  @Test func runsOnManyThreadsSeeOneValueOfAVariable() throws {
    let network = try Network()
    let session = try Session(network.graph, options: SessionOptions(threads: 1))
    try session.initializeVariables()
    let call = try session.prepare(
      fetches: [network.loss], fixed: [network.style: Tensor.sample([60, 60], seed: 3)])
    let weights = (0..<2).map { Tensor.sample([60, 60], seed: 20 + UInt64($0)) }
    let expected = try weights.map { value in
      try session.setValue(value, of: network.weights)
      return try call.run()[0]
    }
    #expect(expected[0] != expected[1])
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      for step in 0..<4 {
        do {
          if thread == 0 {
            try session.setValue(weights[step % 2], of: network.weights)
          } else {
            #expect(expected.contains(try call.run()[0]))
          }
        } catch {
          Issue.record(error)
        }
      }
    }
    #expect(try computations(call)! >= 2)
  }

  @Test func feedsThatAreNotFixedCountAsNew() throws {
    let network = try Network()
    let session = try Session(network.graph)
    try session.initializeVariables()
    let call = try session.prepare(
      fetches: [network.loss], targets: [network.train], feeds: [network.style])
    let tensors = (0..<2).map { Tensor.sample([60, 60], seed: UInt64($0)) }
    #expect(try call.run([tensors[0]]) != call.run([tensors[1]]))
    #expect(try computations(call, [tensors[0]]) == nil)
  }

  @Test func callsWithOtherFixedTensorsDoNotMix() throws {
    let network = try Network()
    let session = try Session(network.graph)
    try session.initializeVariables()
    let tensors = (0..<2).map { Tensor.sample([60, 60], seed: UInt64($0)) }
    let calls = try tensors.map {
      try session.prepare(fetches: [network.loss], fixed: [network.style: $0])
    }
    for _ in 0..<2 {
      for (call, tensor) in zip(calls, tensors) {
        #expect(
          try call.run()[0] == session.run(network.loss, feeding: [network.style: tensor]))
      }
    }
  }

  @Test func aFetchedInvariantIsGivenEachTime() throws {
    let network = try Network()
    let session = try Session(network.graph)
    try session.initializeVariables()
    let squares = matmul(network.weights, network.weights)
    let first = try session.run([squares, network.picture], targets: [network.train])
    let second = try session.run([squares, network.picture], targets: [network.train])
    #expect(first[0] == second[0])
    #expect(first[1] != second[1])
  }

  @Test func smallFiltersAreArrangedOnce() throws {
    let graph = Graph()
    let image = graph.placeholder("image", Float32.self, shape: [1, 9, 9, 16])
    let initial = try Tensor.sample([1, 1, 16, 16]).converted(to: .float32)
    let filters = graph.variable("filters", initialValue: graph.constant(initial))
    let session = try Session(graph)
    try session.initializeVariables()
    let call = try session.prepare(
      fetches: [relu(conv2D(image, filters, strides: 1, padding: .same))],
      feeds: [image])
    let pixels = try Tensor.sample([1, 9, 9, 16], seed: 2).converted(to: .float32)
    let first = try call.run([pixels])
    #expect(try call.run([pixels]) == first)
    #expect(try computations(call, [pixels]) == 1)
    let other = try Tensor.sample([1, 1, 16, 16], seed: 5).converted(to: .float32)
    try session.setValue(other, of: filters)
    #expect(try call.run([pixels]) != first)
    #expect(try computations(call, [pixels]) == 2)
  }

  @Test func littleWorkIsNotKept() throws {
    let graph = Graph()
    let v = graph.variable("v", initialValue: graph.constant(Tensor.sample([4])))
    let session = try Session(graph)
    try session.initializeVariables()
    let call = try session.prepare(fetches: [v * 2 + 1])
    _ = try call.run()
    #expect(try computations(call) == nil)
  }

  @Test func aTensorThatDoesNotFitIsTold() throws {
    let network = try Network()
    let session = try Session(network.graph)
    let error = #expect(throws: GraphError.self) {
      try session.prepare(fetches: [network.loss], fixed: [network.style: Tensor.sample([2])])
    }
    #expect(error?.description.contains("feed 'style'") == true)
    #expect(throws: GraphError.self) {
      try session.prepare(
        fetches: [network.loss], feeds: [network.style],
        fixed: [network.style: Tensor.sample([60, 60])])
    }
  }
}
