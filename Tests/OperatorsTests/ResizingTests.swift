import StaticGraph
import Testing

/// Images of another size, beyond what the samples show.
@Suite struct ResizingTests {
  /// Resizing is linear: Σ resized(x) · g is Σ x · back(g), and that of Σ back(g) · x is resized(x).
  @Test(arguments: [(false, false), (true, false), (false, true)])
  func theGradientIsTheTranspose(_ alignCorners: Bool, _ halfPixelCenters: Bool) throws {
    for (sizes, size) in [
      ([2, 3, 5, 2], [7, 4]), ([1, 6, 4, 3], [2, 9]), ([1, 1, 1, 1], [3, 2]),
    ] {
      let graph = Graph()
      let x = graph.placeholder("x", Float32.self, shape: Shape(sizes))
      let resized = resizeBilinear(
        x, size: size, alignCorners: alignCorners, halfPixelCenters: halfPixelCenters)
      let g = graph.placeholder("g", Float32.self, shape: resized.shape)
      let product = sum(resized * g)
      let back = try graph.gradient(of: product, withRespectTo: x)
      let again = try graph.gradient(of: sum(back * x), withRespectTo: g)
      let feeds: [Value: Tensor] = [
        x: try Tensor.sample(sizes).converted(to: .float32),
        g: try Tensor.sample(resized.shape.known!, seed: 2).converted(to: .float32),
      ]
      let results = try Session(graph).run(
        [product, sum(back * x), again, resized], feeding: feeds)
      let sums = try results[0...1].map { Double(try $0.scalar(as: Float.self)) }
      #expect(abs(sums[0] - sums[1]) < 1e-5)
      let values = try results[2...3].map { try $0.elements(as: Float.self) }
      #expect(zip(values[0], values[1]).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func theNumberOfThreadsDoesNotMatter() throws {
    let types: [any Operator.Type] = [
      ResizeBilinear.self, ResizeBilinearGrad.self, ResizeNearestNeighbor.self,
      ResizeNearestNeighborGrad.self,
    ]
    for type in types {
      for sampleCase in SampleCase.all(of: type)
      where sampleCase.inputs.contains(where: { $0.elementCount > 30_000 }) {
        let sample = SampleGraph(sampleCase)
        let results = try [1, 2, 3].map { threads in
          try Session(sample.graph, options: SessionOptions(threads: threads))
            .run(sample.results, feeding: sample.feeds)
        }
        #expect(results[0] == results[1] && results[0] == results[2], "\(sampleCase)")
      }
    }
  }

  @Test func sizesMayBeComputed() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil, nil, nil, 3])
    let size = graph.placeholder("size", Int32.self, shape: [2])
    let y = resizeNearestNeighbor(x, size: size, halfPixelCenters: true)
    #expect(y.shape == [nil, nil, nil, 3])
    let feed = try Tensor.sample([2, 3, 4, 3]).converted(to: .float32)
    let session = try Session(graph)
    #expect(
      try session.run(y, feeding: [x: feed, size: Tensor([Int32(5), 2])]).dimensions
        == [2, 5, 2, 3])
    #expect(throws: GraphError.self) {
      _ = try session.run(y, feeding: [x: feed, size: Tensor([Int32(0), 2])])
    }
  }

  @Test func blocksAreMovedThereAndBack() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil, 4, 6, 8])
    let spread = spaceToBatch(x, blockShape: [2, 3], paddings: [[2, 0], [0, 3]])
    let gathered = batchToSpace(spread, blockShape: [2, 3], crops: [[2, 0], [0, 3]])
    let deep = depthToSpace(spaceToDepth(x, blockSize: 2), blockSize: 2)
    let second = spaceToDepth(
      depthToSpace(x, blockSize: 2, dataFormat: .nchw), blockSize: 2, dataFormat: .nchw)
    #expect(spread.shape == [nil, 3, 3, 8] && gathered.shape == [nil, 4, 6, 8])
    let feed = try Tensor.sample([3, 4, 6, 8]).converted(to: .float32)
    for result in try Session(graph).run([gathered, deep, second], feeding: [x: feed]) {
      #expect(result == feed)
    }
  }
}
