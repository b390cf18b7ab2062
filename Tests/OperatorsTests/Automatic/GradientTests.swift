import StaticGraph
import Testing

/// First and second derivatives of every operator against central differences.
///
/// f(x) = Σ w · op(x) with weights w that look random. Its change along a direction v must be
/// ∇f · v; and the change of ∇f · v along a direction u must be what the gradient of ∇f · v says.
@Suite struct GradientTests {
  static let names = testedOperators.map { $0.name }
  static let step = 1e-5

  @Test(arguments: names)
  func agreesWithDifferences(_ name: String) throws {
    for sampleCase in SampleCase.all(of: OperatorRegistry.standard.operator(named: name)!)
    where sampleCase.dataType == .float64 && sampleCase.isDifferentiable {
      for shapes in KnownShapes.allCases {
        try check(sampleCase, shapes)
      }
    }
  }

  private func check(_ sampleCase: SampleCase, _ shapes: KnownShapes) throws {
    let sample = SampleGraph(sampleCase, shapes: shapes)
    let graph = sample.graph
    let inputs = sample.floatingPointInputs.filter { $0.dataType == .float64 }
    let outputs = sample.results.filter { $0.dataType.isFloatingPoint }
    // Differences of numbers of 32 bits tell nothing.
    guard outputs.allSatisfy({ $0.dataType == .float64 }) else { return }
    let plain = try Session(graph).run(outputs, feeding: sample.feeds)
    let weights = try graph.constants(like: plain, seed: 11)
    let gradients = try graph.gradients(
      of: outputs, withRespectTo: inputs, upstream: weights, unconnected: .zeros)
    for (gradient, input) in zip(gradients, inputs) {
      #expect(gradient.shape.isCompatible(with: input.shape), "\(sampleCase)")
      if shapes == .all { #expect(gradient.shape == input.shape, "\(sampleCase)") }
    }
    let points = inputs.map { sample.feeds[$0]! }
    let direction = points.enumerated().map {
      Tensor.sample($1.dimensions, in: -1...1, seed: 31 + UInt64($0))
    }
    let slope = try Differences.directional(gradients, direction, in: graph)
    let seconds = try graph.gradients(of: [slope], withRespectTo: inputs, unconnected: .zeros)
    let session = try Session(graph)

    func value(of fetches: [Value], at offset: Double, along direction: [Tensor]) throws -> [Tensor]
    {
      var feeds = sample.feeds
      for (number, input) in inputs.enumerated() {
        feeds[input] = try Differences.moved(points[number], offset, direction[number])
      }
      return try session.run(fetches, feeding: feeds)
    }

    let weighted = try value(of: weights, at: 0, along: direction).map(Differences.numbers)
    func loss(_ offset: Double) throws -> Double {
      try zip(value(of: outputs, at: offset, along: direction), weighted).reduce(0) {
        try $0 + Differences.dot(Differences.numbers($1.0), $1.1)
      }
    }
    let scale = try gradients.indices.reduce(1e-3) {
      try $0 + Differences.magnitude(value(of: gradients, at: 0, along: direction)[$1])
    }
    let measured = try (loss(Self.step) - loss(-Self.step)) / (2 * Self.step)
    let stated = try value(of: [slope], at: 0, along: direction)[0].scalar(as: Double.self)
    #expect(
      abs(measured - stated) <= 2e-6 * scale, "\(sampleCase), \(shapes): \(stated) is \(measured)")

    let turn = points.enumerated().map {
      Tensor.sample($1.dimensions, in: -1...1, seed: 57 + UInt64($0))
    }
    let up = try value(of: [slope], at: Self.step, along: turn)[0].scalar(as: Double.self)
    let down = try value(of: [slope], at: -Self.step, along: turn)[0].scalar(as: Double.self)
    let curvature = try value(of: seconds, at: 0, along: turn)
    let statedCurvature = try zip(curvature, turn).reduce(0) {
      try $0 + Differences.dot(Differences.numbers($1.0), Differences.numbers($1.1))
    }
    let curvatureScale = try curvature.reduce(scale) { try $0 + Differences.magnitude($1) }
    #expect(
      abs((up - down) / (2 * Self.step) - statedCurvature) <= 2e-5 * curvatureScale,
      "second derivative of \(sampleCase), \(shapes): \(statedCurvature)")
  }
}

/// Arithmetic on tensors of `Float64` that the tests need.
enum Differences {
  static func numbers(_ tensor: Tensor) throws -> [Double] { try tensor.elements(as: Double.self) }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func magnitude(_ tensor: Tensor) throws -> Double {
    try numbers(tensor).reduce(0) { max($0, abs($1)) }
  }

  /// The sum x + offset · v.
  static func moved(_ x: Tensor, _ offset: Double, _ v: Tensor) throws -> Tensor {
    try Tensor(
      zip(numbers(x), numbers(v)).map { $0 + offset * $1 }, dimensions: x.dimensions)
  }

  /// Σ gradient · direction, as a value of the graph.
  static func directional(_ gradients: [Value], _ direction: [Tensor], in graph: Graph) throws
    -> Value
  {
    let parts = zip(gradients, direction).map { gradient, direction in
      sum(
        reshape(gradient * graph.constant(direction), to: [direction.elementCount]), axes: [0])
    }
    return parts.count == 1 ? parts[0] : addN(parts)
  }
}
