import StaticGraph
import Testing

/// Factors of matrices, and triangles without an inverse.
@Suite struct FactorizationTests {
  private func largest(_ tensor: Tensor) throws -> Double {
    try tensor.converted(to: .float64).elements(as: Double.self).reduce(0) { max($0, abs($1)) }
  }

  @Test(
    arguments: [[5, 3], [3, 5], [4, 4], [2, 40, 33], [3, 1, 1], [40, 2, 2]],
    [DataType.float32, .float64])
  func factorsMultiplyToTheMatrix(_ sizes: [Int], _ type: DataType) throws {
    for isFull in [false, true] { try check(sizes, isFull, type) }
  }

  private func check(_ sizes: [Int], _ isFull: Bool, _ type: DataType) throws {
    let graph = Graph()
    let x = graph.constant(try Tensor.sample(sizes, seed: 4).converted(to: type))
    let (q, r) = qr(x, fullMatrices: isFull)
    let whole = batchMatmul(q, r) - x
    let products = batchMatmul(q, q, transposeX: true)
    let ones = matrixDiagonalPart(products)
    let below = r - matrixBandPart(r, lower: 0, upper: -1)
    let results = try Session(graph).run([whole, products - matrixDiagonal(ones), ones - 1, below])
    let tolerance = type == .float64 ? 1e-13 : 1e-5
    #expect(try largest(results[0]) < tolerance)
    #expect(try largest(results[1]) < tolerance)
    #expect(try largest(results[2]) < tolerance)
    #expect(try largest(results[3]) == 0)
  }

  /// Of more columns than rows, whole matrices are the reduced ones, and so are the gradients.
  @Test func wholeMatricesOfMoreColumnsHaveTheSameGradient() throws {
    let graph = Graph()
    let x = graph.constant(.sample([3, 5], seed: 2))
    let gradients = try [false, true].map { isFull in
      let (q, r) = qr(x, fullMatrices: isFull)
      let loss = sum(q * graph.constant(.sample([3, 3]))) + sum(square(r) * r)
      return try graph.gradients(of: [loss], withRespectTo: [x])[0]
    }
    let results = try Session(graph).run(gradients)
    #expect(results[0] == results[1])
    #expect(try largest(results[0]) > 0.1)
  }

  @Test func furtherColumnsHaveNoGradient() throws {
    let graph = Graph()
    let x = graph.constant(.sample([5, 3]))
    let q = qr(x, fullMatrices: true).q
    let error = #expect(throws: GraphError.self) {
      try graph.gradients(of: [q], withRespectTo: [x])
    }
    #expect(error?.description.contains("more columns of q are not determined") == true)
  }

  @Test func triangleWithoutInverseIsTold() throws {
    let graph = Graph()
    let matrix = graph.constant(try Tensor([1.0, 2, 3, 0], dimensions: [2, 2]))
    let x = matrixTriangularSolve(matrix, graph.constant(.sample([2, 1])))
    let error = #expect(throws: GraphError.self) { try Session(graph).run([x]) }
    #expect(
      error?.description.contains("a matrix has no inverse: its element [1, 1] is 0") == true)
  }
}
