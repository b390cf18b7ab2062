import StaticGraph
import Testing

/// Products of a matrix with itself, which are computed on one side of the diagonal.
@Suite struct GramMatrixTests {
  @Test(arguments: [
    [300, 64], [2000, 64], [9025, 64], [529, 256], [200, 100], [1500, 181], [70, 33], [40, 9],
  ])
  func sameBitsAsProductOfTwoMatrices(sizes: [Int]) throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: Shape(sizes))
    let y = graph.placeholder("y", Float32.self, shape: Shape(sizes))
    let turned = Shape(Array(sizes.reversed()))
    let z = graph.placeholder("z", Float32.self, shape: turned)
    let sample = try Tensor.sample(sizes).converted(to: .float32)
    let other = try sample.reshaped(to: Array(sizes.reversed()))
    let pairs = [
      [matmul(x, x, transposeA: true), matmul(x, y, transposeA: true)],
      [matmul(z, z, transposeB: true), matmul(z, reshape(y, to: turned.known!), transposeB: true)],
    ]
    for threads in [1, 3] {
      let session = try Session(graph, options: SessionOptions(threads: threads))
      for pair in pairs {
        let results = try pair.map {
          try session.run([$0], feeding: [x: sample, y: sample, z: other])[0]
        }
        #expect(results[0] == results[1])
      }
    }
  }
}
