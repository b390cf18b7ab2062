import StaticGraph

/// A sample whose inputs are repeated along their first axis until several threads share the work.
struct LargeSample {
  let sampleCase: SampleCase
  let graph: SampleGraph

  /// How many elements to try, until the work is not too much: several pieces at first.
  private static let elements = [110_000, 20_000, 4_000]
  /// What takes more operations is not worth the time.
  private static let mostOperations = 4e6
  private static let most = 2

  /// A few large samples of an operator, in one type; none where inputs cannot be repeated, and
  /// where sizes depend on values, as one thread finds these out.
  static func some(of operatorType: any Operator.Type) -> [LargeSample] {
    if operatorType.traits.contains(.sizesDependOnValues) { return [] }
    let cases = SampleCase.all(of: operatorType)
    let type = cases.contains { $0.dataType == .float32 } ? DataType.float32 : .float64
    var found: [LargeSample] = []
    for sampleCase in cases where sampleCase.dataType == type || !sampleCase.sample.triesEveryType {
      if found.count == most { break }
      let sizes = elements.lazy.compactMap { enlarged(sampleCase, to: $0) }
      if let large = sizes.first { found.append(large) }
    }
    return found
  }

  private static func enlarged(_ sampleCase: SampleCase, to elements: Int) -> LargeSample? {
    let inputs = sampleCase.inputs
    let shapeInputs = sampleCase.operatorType.shapeInputs(of: inputs.count)
    let growing = inputs.indices.filter { number in
      !shapeInputs.contains(number) && inputs[number].rank > 0
        && inputs[number].elementCount > 0 && inputs[number].dataType != .string
    }
    guard let largest = growing.map({ inputs[$0].elementCount }).max() else { return nil }
    let count = (elements + largest - 1) / largest
    for numbers in [growing, Array(growing.prefix(1)), Array(growing.suffix(1))] {
      var sampleCase = sampleCase
      for number in numbers {
        guard let repeated = try? repeated(inputs[number], count) else { return nil }
        sampleCase.inputs[number] = repeated
      }
      let graph = SampleGraph(sampleCase)
      guard graph.graph.diagnostics.isEmpty, operations(graph) <= mostOperations else { continue }
      return LargeSample(sampleCase: sampleCase, graph: graph)
    }
    return nil
  }

  private static func operations(_ sample: SampleGraph) -> Double {
    let plan = try? PlanSummary(
      sample.graph.frozen(), feeds: sample.feeds.keys.map(\.endpoint),
      feedTypes: sample.feeds.values.map(\.type), fetches: sample.results.map(\.endpoint))
    return plan?.steps.reduce(0) { $0 + $1.cost.operations } ?? .infinity
  }

  private static func repeated(_ tensor: Tensor, _ count: Int) throws -> Tensor {
    var dimensions = tensor.dimensions
    dimensions[0] *= count
    return try Tensor(uninitialized: tensor.dataType, dimensions: dimensions) { bytes in
      tensor.withUnsafeBytes { piece in
        for number in 0..<count {
          UnsafeMutableRawBufferPointer(rebasing: bytes[(number * piece.count)...])
            .copyMemory(from: piece)
        }
      }
    }
  }
}
