import StaticGraph
import Testing

/// Runs that are cut into segments, since sizes depend on values.
@Suite struct SegmentTests {
  private func doubles(_ tensor: Tensor) throws -> [Double] { try tensor.elements() }

  @Test func operatorsBeforeAndAfter() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let positive = gatherNd(x * 2, argwhere(greater(x, x * 0)))
    let total = sum(positive * positive, axes: [0])
    let session = try Session(graph)
    for (input, expected, sum) in [
      ([1.0, -2, 3], [2.0, 6], 40.0), ([-1, -1], [], 0), ([], [], 0), ([5], [10], 100),
      ([1, -2, 3], [2, 6], 40), ([1, 2, -3], [2, 4], 20),
    ] {
      let results = try session.run([positive, total, x], feeding: [x: Tensor(input)])
      #expect(try doubles(results[0]) == expected)
      #expect(try doubles(results[1]) == [sum])
      #expect(try doubles(results[2]) == input)
    }
  }

  @Test func aVariableHasTheSizesThatAnEarlierSegmentGaveIt() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let variable = graph.variable("v", initialValue: x, shape: [nil])
    let distinct = unique(x).values
    let given = assign(variable, distinct)
    let again = unique(concat([distinct, distinct * 2], axis: 0)).values
    let halves = split(again, into: 2, axis: 0)
    let added = graph.controlDependencies(on: [given]) { assignAdd(variable, halves[1]) }
    let result = graph.controlDependencies(on: [added]) { currentValue(of: variable) }
    let session = try Session(graph)
    for (input, expected) in [
      ([1.0, 3, 1], [3.0, 9]), ([5, 7, 11], [15, 21, 33]), ([1, 3, 3], [3, 9]),
    ] {
      #expect(try doubles(session.run(result, feeding: [x: Tensor(input)])) == expected)
    }
  }

  @Test func severalInARow() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Int32.self, shape: [nil])
    var list = x
    for number in 0..<6 {
      let removed = graph.constant(Tensor([Int32(number)]))
      list = unique(listDiff(list + 1, removed + 1).values - 1).values
    }
    let results = try Session(graph).run(list, feeding: [x: Tensor((0..<20).map { Int32($0 % 9) })])
    #expect(try results.elements(as: Int32.self) == [6, 7, 8])
  }

  @Test func inParallelAndMixedWithSizesThatAreFed() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let sizes = graph.placeholder("sizes", Int32.self, shape: [nil])
    let first = argwhere(greater(x, graph.constant(1.0, as: .float64)))
    let second = argwhere(greater(graph.constant(1.0, as: .float64), x))
    let shaped = reshape(x, to: sizes + sizes)
    let both = gatherNd(x, first)
    let others = gatherNd(x, second)
    let results = try Session(graph).run(
      [first, second, shaped, sum(both), sum(others, axes: [0]), others].map { $0 },
      feeding: [x: [1, 2, 3, 0], sizes: [1, 1]])
    #expect(results.map(\.dimensions) == [[2, 1], [1, 1], [2, 2], [], [], [1]])
    #expect(try doubles(results[3]) == [5])
    #expect(try doubles(results[4]) == [0])
  }

  @Test func randomShiftsOfARollNeedNoSegment() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3, 4])
    let shifts = graph.append(
      RandomUniformInt(),
      [
        graph.constant(Tensor([Int32(2)])), graph.constant(Tensor(Int32(-5))),
        graph.constant(Tensor(Int32(6))),
      ], origin: .unknown
    ).output
    let axes = graph.constant(Tensor([Int32(0), 1]))
    let moved = graph.append(Roll(), [x, shifts, axes], origin: .unknown).output
    let back = graph.append(Roll(), [moved, -shifts, axes], origin: .unknown).output
    let fed: Tensor = [[0.0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    let callable = try Session(graph).prepare(fetches: [moved, back], feeds: [x])
    _ = try callable.bind([fed])
    var seen: Set<[Double]> = []
    for _ in 0..<20 {
      let results = try callable.run([fed])
      seen.insert(try doubles(results[0]))
      #expect(results[1] == fed)
    }
    #expect(seen.count > 5)
  }

  @Test func outputsAreFetchedAndFedDirectly() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Int32.self, shape: [nil])
    let (values, positions) = unique(x + 1)
    let product = values * 10
    let session = try Session(graph)
    let plain = try session.run([values, positions, product], feeding: [x: [4, 4, 1]])
    #expect(try plain.map { try $0.elements(as: Int32.self) } == [[5, 2], [0, 0, 1], [50, 20]])
    let fed = try session.run(
      [values, positions, product], feeding: [x: [4, 4, 1], values: [7, 8, 9]])
    #expect(
      try fed.map { try $0.elements(as: Int32.self) } == [[7, 8, 9], [0, 0, 1], [70, 80, 90]])
    // Nothing but the fed value is needed.
    let alone = try session.run(product, feeding: [values: [1]])
    #expect(try alone.elements(as: Int32.self) == [10])
  }

  @Test func constantsStayConstants() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let (values, _) = unique(x)
    // The sizes are a constant on the far side of the cut, so that one cut is enough.
    let shaped = reshape(values, to: [-1, 1])
    let total = sum(broadcast(shaped, to: graph.constant([2, 3], as: .int32)))
    #expect(try Session(graph).run(total, feeding: [x: [4, 1, 4]]).scalar() == 15.0)
    let ofConstants = unique(graph.constant([3, 3, 5] as Tensor, as: .int32)).values
    let bound = try Session(graph).prepare(fetches: [ofConstants + 1]).bind()
    try bound.run()
    #expect(try bound.result(0).elements(as: Int32.self) == [4, 6])
  }

  @Test func textsCrossTheCut() throws {
    let graph = Graph()
    let x = graph.placeholder("x", String.self, shape: [nil])
    let (values, positions) = unique(x)
    let parts = dynamicPartition(values, positions * 0, count: 1)
    let session = try Session(graph)
    let results = try session.run([values, positions], feeding: [x: Tensor(["a", "b", "a"])])
    #expect(results[0] == Tensor(["a", "b"]))
    #expect(try results[1].elements(as: Int32.self) == [0, 1, 0])
    let same = try session.run(parts[0], feeding: [x: Tensor(["a", "b"])])
    #expect(same == Tensor(["a", "b"]))
  }

  @Test func gradientOfAPartition() throws {
    for shape: Shape in [[4, 2], [nil, 2], [nil, nil], .unknown] {
      let graph = Graph()
      let x = graph.placeholder("x", type: TensorType(.float64, shape))
      let side = graph.placeholder(
        "side", type: TensorType(.int32, shape.rank == nil ? .unknown : [nil]))
      let parts = dynamicPartition(x * x, side, count: 3)
      let y = sum(parts[0], axes: [0, 1]) + 10 * sum(parts[2] * parts[2], axes: [0, 1])
      let first = try graph.gradient(of: y, withRespectTo: x)
      let second = try graph.gradient(of: first, withRespectTo: x)
      let results = try Session(graph).run(
        [y, first, second],
        feeding: [x: [[1, 2], [3, 4], [5, 6], [7, 8]], side: [2, 0, 1, 0]])
      #expect(try doubles(results[0]) == [9 + 16 + 49 + 64 + 10 + 160])
      #expect(results[1].dimensions == [4, 2])
      #expect(try doubles(results[1]) == [40, 320, 6, 8, 0, 0, 14, 16])
      #expect(try doubles(results[2]) == [120, 480, 2, 2, 0, 0, 2, 2])
    }
  }

  @Test func aPartitionIsPutTogetherAgain() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let side = graph.placeholder("side", Int32.self, shape: [nil])
    let order = cast(reshape(argwhere(greater(x * x + 1, x * 0)), to: [-1]), to: .int32)
    let parts = dynamicPartition(x, side, count: 2)
    let places = dynamicPartition(order, side, count: 2)
    let y = dynamicStitch(indices: places, data: [parts[0] * parts[0], 3 * parts[1]])
    let gradient = try graph.gradient(of: y, withRespectTo: x)
    let results = try Session(graph).run(
      [y, gradient], feeding: [x: [1, 2, 3, 4], side: [0, 1, 1, 0]])
    #expect(try doubles(results[0]) == [1, 6, 9, 16])
    #expect(try doubles(results[1]) == [2, 3, 3, 8])
  }

  @Test func errorsNameTheNodeAndTheValue() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let side = graph.placeholder("side", Int32.self, shape: [nil])
    let line = #line + 1
    let parts = dynamicPartition(x, side + 1, count: 2, name: "parts")
    let error = #expect(throws: GraphError.self) {
      _ = try Session(graph).run(parts, feeding: [x: [1, 2], side: [0, 1]])
    }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(
      diagnostic.message
        == "DynamicPartition 'parts': partitions holds 2 at position 1, which is not in 0..<2")
    #expect(diagnostic.location?.line == line)
  }

  @Test func aResultThatIsTooLargeIsRefused() throws {
    let graph = Graph(limits: GraphLimits(byteCount: 1 << 20))
    let place = graph.placeholder("place", Int32.self, shape: [1])
    let data = graph.constant([1] as Tensor, as: .float32)
    let y = dynamicStitch(indices: [place], data: [data])
    let session = try Session(graph)
    #expect(try session.run(y, feeding: [place: [2]]).dimensions == [3])
    #expect(throws: GraphError.self) {
      _ = try session.run(y, feeding: [place: Tensor([Int32.max])])
    }
  }

  @Test func sizesThatAreTooManyStepsApartAreRefusedInOrder() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Int32.self, shape: [nil])
    var list = x
    for _ in 0..<300 { list = unique(list).values }
    let session = try Session(graph)
    for _ in 0..<2 {
      let result = try session.run(list, feeding: [x: [2, 2, 1]])
      #expect(try result.elements(as: Int32.self) == [2, 1])
    }
  }

  @Test func whatIsRunForItsEffectIsRunBeforeTheCut() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let part = gatherNd(x, argwhere(greater(x, x * 0)))
    let waited = graph.group([(x * 2).node], name: "waited")
    let y = graph.controlDependencies(on: [waited]) { part + 1 }
    let target = graph.group([y.node], name: "target")
    let session = try Session(graph)
    let results = try session.run([y], targets: [target], feeding: [x: [1, -1]])
    #expect(try doubles(results[0]) == [2])
    try session.run(targets: [target, waited], feeding: [x: [1, -1]])
  }

  @Test func manyThreadsRunSegments() async throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let parts = dynamicPartition(x, cast(x * 0, to: .int32), count: 2)
    let y = sum(gatherNd(parts[0], argwhere(greater(parts[0], parts[0] * 0))), axes: [0])
    let gradient = try graph.gradient(of: y, withRespectTo: x)
    let session = try Session(graph, options: SessionOptions(threads: 2))
    let callable = try session.prepare(fetches: [y, gradient], feeds: [x])
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 1...4 {
        group.addTask {
          for round in 1...20 {
            let count = task * round
            let input = (0..<count).map { $0 % 2 == 0 ? Double($0 + 1) : -1 }
            let results = try callable.run([Tensor(input)])
            let positive = input.filter { $0 > 0 }
            let slopes = input.map { $0 > 0 ? 1.0 : 0 }
            if try results[0].scalar(as: Double.self) != positive.reduce(0, +) { return false }
            if try results[1].elements(as: Double.self) != slopes { return false }
          }
          return true
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}
