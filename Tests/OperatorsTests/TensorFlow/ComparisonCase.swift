import Foundation
import StaticGraph

/// A graph as a file for TensorFlow, with what is computed here beside it.
struct ComparisonCase {
  /// What the messages call it.
  var label: String
  var graph: Graph
  var feeds: [Value: Tensor]
  /// The values to compare.
  var results: [Value]
  /// The values to differentiate by; without any, only results are compared.
  var inputs: [Value] = []
  /// How many of the results are differentiated.
  var differentiatedCount = Int.max
  /// What the results are, where that is known already.
  var tensors: [Tensor]?
}

extension ComparisonCase {
  /// The results that TensorFlow differentiates, and the inputs that it differentiates by, the
  /// first of each, of operators of which it leaves out the others or that have no one type.
  private static let differentiated: [String: (results: Int, inputs: Int)] = [
    "FusedBatchNorm": (1, 3), "FusedBatchNormV2": (1, 3), "FusedBatchNormV3": (1, 3),
    "ResizeBilinearGrad": (1, 1),
  ]

  /// A sample of an operator.
  init(_ sampleCase: SampleCase) {
    let sample = SampleGraph(sampleCase)
    self.init(
      label: sampleCase.description, graph: sample.graph, feeds: sample.feeds,
      results: sample.results,
      inputs: sampleCase.isDifferentiable ? sample.floatingPointInputs : [])
    if let counts = Self.differentiated[sampleCase.operatorType.name] {
      inputs = Array(inputs.prefix(counts.inputs))
      differentiatedCount = counts.results
    }
  }

  /// What to fetch, each with the name of its array in the file; appends the derivatives.
  private func fetches() throws -> [(name: String, value: Value)] {
    // NumPy has no BFloat16; its numbers are numbers of Float32.
    var fetches = results.map { result -> (name: String, value: Value) in
      let value = result.dataType == .bfloat16 ? cast(result, to: .float32) : result
      return ("result \(value.name)", value)
    }
    let positions = results.indices.filter { results[$0].dataType.isFloatingPoint }
      .prefix(differentiatedCount)
    let outputs = positions.map { results[$0] }
    guard !inputs.isEmpty, !outputs.isEmpty else { return fetches }
    let plain =
      if let tensors { positions.map { tensors[$0] } } else {
        try Session(graph).run(outputs, feeding: feeds)
      }
    let weights = try graph.constants(like: plain, seed: 5)
    let gradients = try graph.gradients(
      of: outputs, withRespectTo: inputs, upstream: weights, unconnected: .zeros)
    let directions = try graph.constants(like: inputs.map { feeds[$0]! }, seed: 9)
    let slopes = zip(gradients, directions).map { gradient, direction in
      sum(reshape(gradient * direction, to: [direction.shape.elementCount!]), axes: [0])
    }
    let slope = slopes.count == 1 ? slopes[0] : addN(slopes)
    let seconds = try graph.gradients(of: [slope], withRespectTo: inputs, unconnected: .zeros)
    for (kind, owners, values) in [
      ("weight", outputs, weights), ("gradient", inputs, gradients), ("second", inputs, seconds),
      ("direction", inputs, directions),
    ] {
      fetches += zip(owners, values).map { ("\(kind) \($0.name) \($1.name)", $1) }
    }
    return fetches
  }

  /// Writes the graph, the arrays and the label.
  func write(to folder: URL, number: Int) throws {
    let fetches = try fetches()
    var archive = TensorArchive()
    // Files of arrays hold no texts: what is computed from them is compared without TensorFlow.
    if !feeds.values.contains(where: { $0.dataType == .string }) {
      let computed = try Session(graph).run(fetches.map(\.value), feeding: feeds)
      for (value, tensor) in feeds { try archive.append(tensor, named: "feed \(value.name)") }
      for (fetch, tensor) in zip(fetches, computed) where tensor.dataType != .string {
        try archive.append(tensor, named: fetch.name)
      }
    }
    let stem = folder.appendingPathComponent("\(number)").path
    try GraphFile(graph.frozen()).write(path: stem + ".pb")
    try archive.writeNPZ(to: stem + ".npz")
    try label.write(toFile: stem + ".txt", atomically: false, encoding: .utf8)
  }
}

extension Graph {
  /// Constants that look random, one of the type and sizes of each tensor.
  func constants(like tensors: [Tensor], seed: UInt64) throws -> [Value] {
    try tensors.enumerated().map { number, tensor in
      constant(
        try Tensor.sample(tensor.dimensions, in: -1...1, seed: seed + UInt64(number))
          .converted(to: tensor.dataType))
    }
  }
}
