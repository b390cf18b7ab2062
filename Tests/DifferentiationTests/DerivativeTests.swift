import Differentiation
import Execution
import GraphIR
import Operators
import Tensors
import Testing

/// Matrices of derivatives and products with them, against formulas.
@Suite struct DerivativeTests {
  private func numbers(_ value: Value, _ feeds: [Value: Tensor]) throws -> [Double] {
    try Session(value.graph).run(value, feeding: feeds).elements()
  }

  private func isClose(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  /// The element of a vector at a position.
  private func element(_ x: Value, _ position: Int) -> Value {
    let index = x.graph.constant(Tensor([Int32(position)]))
    return gatherNd(x, index)
  }

  private func rosenbrock(_ x: Value) -> Value {
    let (a, b) = (element(x, 0), element(x, 1))
    return (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a)
  }

  @Test(arguments: [(2, 3), (3, 2), (3, 3), (1, 4), (4, 1), (1, 1)])
  func jacobianOfALinearMap(_ rows: Int, _ columns: Int) throws {
    let graph = Graph()
    let matrix = Tensor.sample([rows, columns], seed: 3)
    let x = graph.placeholder("x", Float64.self, shape: [columns, 1])
    let y = reshape(matmul(graph.constant(matrix), x), to: [rows])
    let jacobian = try graph.jacobian(of: y, withRespectTo: x)
    #expect(jacobian.shape == [rows, columns, 1])
    let result = try numbers(jacobian, [x: .sample([columns, 1])])
    #expect(try isClose(result, matrix.elements()))
  }

  @Test func jacobianOfElementwiseFunctions() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3])
    let jacobian = try graph.jacobian(of: sin(x), withRespectTo: x)
    let point = try Tensor.sample([3]).elements(as: Double.self)
    let expected = (0..<9).map { $0 % 4 == 0 ? cosine(point[$0 / 4]) : 0 }
    #expect(try isClose(numbers(jacobian, [x: Tensor(point)]), expected))
    // The jacobian can be differentiated: Σ cos²(x) gives −2 cos(x) sin(x).
    let slope = try graph.gradient(of: sum(jacobian * jacobian), withRespectTo: x)
    let slopes = point.map { -2 * cosine($0) * sine($0) }
    #expect(try isClose(numbers(slope, [x: Tensor(point)]), slopes))
  }

  private func cosine(_ x: Double) -> Double { try! evaluated(x) { cos($0) } }
  private func sine(_ x: Double) -> Double { try! evaluated(x) { sin($0) } }

  private func evaluated(_ x: Double, _ function: (Value) -> Value) throws -> Double {
    let graph = Graph()
    return try Session(graph).run(function(graph.constant(Tensor(x)))).scalar()
  }

  @Test func jacobianOfAProductOfMatrices() throws {
    let graph = Graph()
    let a = graph.placeholder("a", Float64.self, shape: [2, 2])
    let jacobian = try graph.jacobian(of: matmul(a, a), withRespectTo: a)
    #expect(jacobian.shape == [2, 2, 2, 2])
    let values: [Double] = [1, 2, 3, 4]
    // ∂(AA)ᵢⱼ / ∂Aₖₗ = δᵢₖ Aₗⱼ + Aᵢₖ δⱼₗ
    var expected: [Double] = []
    for i in 0..<2 {
      for j in 0..<2 {
        for k in 0..<2 {
          for l in 0..<2 {
            expected.append((i == k ? values[l * 2 + j] : 0) + (j == l ? values[i * 2 + k] : 0))
          }
        }
      }
    }
    #expect(try numbers(jacobian, [a: [[1, 2], [3, 4]]]) == expected)
  }

  @Test func jacobianOfNothing() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [0, 2])
    let jacobian = try graph.jacobian(of: x * x, withRespectTo: x)
    #expect(jacobian.shape == [0, 2, 0, 2])
    #expect(try numbers(jacobian, [x: Tensor(zeros: .float64, dimensions: [0, 2])]).isEmpty)
  }

  @Test func quadraticForm() throws {
    let graph = Graph()
    let matrix = Tensor.sample([4, 4], seed: 5)
    let a = graph.constant(matrix)
    let x = graph.placeholder("x", Float64.self, shape: [4, 1])
    let y = sum(x * matmul(a, x))
    let hessian = try graph.hessian(of: y, withRespectTo: x)
    #expect(hessian.shape == [4, 1, 4, 1])
    let entries: [Double] = try matrix.elements()
    var expected: [Double] = []
    for row in 0..<4 {
      for column in 0..<4 {
        expected.append(entries[row * 4 + column] + entries[column * 4 + row])
      }
    }
    let feeds: [Value: Tensor] = [x: .sample([4, 1])]
    #expect(try isClose(numbers(hessian, feeds), expected))
    let v = Tensor.sample([4, 1], seed: 8)
    let product = try graph.hessianVectorProduct(
      of: y, withRespectTo: x, along: graph.constant(v))
    let direction: [Double] = try v.elements()
    var products = [Double](repeating: 0, count: 4)
    for row in 0..<4 {
      for column in 0..<4 { products[row] += expected[row * 4 + column] * direction[column] }
    }
    #expect(product.shape == [4, 1])
    #expect(try isClose(numbers(product, feeds), products))
  }

  @Test func rosenbrocksValley() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2])
    let y = rosenbrock(x)
    let gradient = try graph.gradient(of: y, withRespectTo: x)
    let hessian = try graph.hessian(of: y, withRespectTo: x)
    let session = try Session(graph)
    for (a, b) in [(1.0, 1.0), (-1.5, 2), (0, 0), (0.3, -0.7)] {
      let results = try session.run([gradient, hessian], feeding: [x: Tensor([a, b])])
      #expect(
        try isClose(
          results[0].elements(),
          [-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)]))
      #expect(
        try isClose(
          results[1].elements(),
          [2 - 400 * (b - a * a) + 800 * a * a, -400 * a, -400 * a, 200]))
    }
  }

  @Test func jacobianVectorProductIsTheProduct() throws {
    for shape: Shape in [[3], [nil], .unknown] {
      let graph = Graph()
      let x = graph.placeholder("x", type: TensorType(.float64, shape))
      let v = graph.placeholder("v", type: TensorType(.float64, shape))
      let y = sin(x) * sum(x * x, axes: [0], keepDimensions: true)
      let product = try graph.jacobianVectorProduct(of: y, withRespectTo: x, along: v)
      let feeds: [Value: Tensor] = [x: [0.5, -1, 2], v: [1, 2, -0.5]]
      // By the product rule: cos(x) · v · Σx² + sin(x) · 2 Σ x·v
      let (point, direction) = ([0.5, -1.0, 2], [1, 2, -0.5])
      let squares = 0.25 + 1 + 4
      let along = 0.5 - 2 - 1.0
      let expected = zip(point, direction).map {
        cosine($0) * $1 * squares + sine($0) * 2 * along
      }
      #expect(try isClose(numbers(product, feeds), expected))
    }
  }

  @Test func severalInputsMoveAtOnce() throws {
    let graph = Graph()
    let (x, z) = (graph.placeholder("x", Float64.self), graph.placeholder("z", Float64.self))
    let y = x * x * z
    let one = graph.constant(1, as: .float64)
    let two = graph.constant(2, as: .float64)
    let product = try graph.jacobianVectorProduct(
      of: y, withRespectTo: [x, z], along: [one, two])
    // 2xz · 1 + x² · 2
    #expect(try numbers(product, [x: 3, z: 5]) == [48])
    let seconds = try graph.hessianVectorProduct(
      of: y, withRespectTo: [x, z], along: [one, two])
    // 2z · 1 + 2x · 2, 2x · 1
    #expect(try numbers(seconds[0], [x: 3, z: 5]) == [22])
    #expect(try numbers(seconds[1], [x: 3, z: 5]) == [6])
  }

  @Test func weightsOfTheDetourAreNotComputed() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3])
    let v = graph.placeholder("v", Float64.self, shape: [3])
    let product = try graph.jacobianVectorProduct(of: sin(x), withRespectTo: x, along: v)
    let summary = try PlanSummary(
      graph.frozen(), feeds: [x.endpoint, v.endpoint],
      feedTypes: [x.type, v.type], fetches: [product.endpoint])
    #expect(summary.steps.map(\.operatorName).sorted() == ["Cos+Mul"])
  }

  @Test func aLinearFunctionHasNoCurvature() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2])
    let hessian = try graph.hessian(of: sum(x * 3), withRespectTo: x)
    #expect(try numbers(hessian, [x: [1, 2]]) == [0, 0, 0, 0])
  }

  private func told(_ body: (Graph, Value, Value) throws -> Void) -> String {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3])
    let open = graph.placeholder("open", Float64.self, shape: [nil])
    do {
      try body(graph, x, open)
      return "nothing"
    } catch {
      return (error as? GraphError)?.diagnostics[0].message ?? "\(error)"
    }
  }

  @Test func wrongCallsAreTold() {
    #expect(
      told { _ = try $0.jacobian(of: $2 * 2, withRespectTo: $2) }
        == "jacobian: the sizes of 'Mul' must be known when the graph is built, but it is"
        + " Float64[?]")
    #expect(
      told { _ = try $0.hessian(of: $1, withRespectTo: $2) }
        == "hessian: the sizes of 'open' must be known when the graph is built, but it is"
        + " Float64[?]")
    #expect(
      told { graph, x, _ in
        let v = graph.constant([1, 2], as: .float64)
        _ = try graph.hessianVectorProduct(of: x * x, withRespectTo: x, along: v)
      }
        == "hessianVectorProduct: the direction of 'x' must be Float64[3], but it is Float64[2]")
    #expect(
      told { graph, x, _ in
        let huge = broadcast(sum(x), to: [10_000])
        let other = broadcast(huge, to: [2, 10_000])
        _ = try graph.jacobian(of: other, withRespectTo: huge)
      } == "jacobian: 10000 gradients would be needed; the limit is 4096")
    #expect(
      told { graph, x, _ in
        let other = graph.placeholder("other", Float64.self, shape: [3])
        _ = try graph.jacobian(of: x * x, withRespectTo: other)
      } == "gradient: 'Mul' does not depend on 'other'")
    #expect(
      told { graph, x, _ in
        let alien = Graph().placeholder("alien", Float64.self, shape: [3])
        _ = try graph.jacobianVectorProduct(of: x * x, withRespectTo: x, along: alien)
      } == "jacobianVectorProduct: a value belongs to another graph")
  }
}
