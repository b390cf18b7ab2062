import Foundation
import StaticGraph
import Testing

/// The results, gradients and second gradients of every operator against TensorFlow's, which
/// imports the files that are written here.
@Suite(.serialized) struct TensorFlowComparisonTests {
  @Test(.enabled(if: Python.isThere, Python.missing))
  func everySampleOfEveryOperator() throws {
    try Python.withTemporaryFolder { folder in
      var count = 0
      for operatorType in testedOperators {
        for sampleCase in SampleCase.all(of: operatorType) {
          try ComparisonCase(sampleCase).write(to: folder, number: count)
          count += 1
        }
      }
      let (status, text) = try Python.run("compare_samples.py", [folder.path])
      #expect(status == 0, "\(text)")
      #expect(text.contains("\(count) cases"), "\(text)")
      print(text)
    }
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func graphsThatTensorFlowWroteRunHere() throws {
    try Python.withTemporaryFolder { folder in
      let (status, text) = try Python.run("write_graphs.py", [folder.path])
      #expect(status == 0, "\(text)")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".pb") }
      #expect(files.count >= 8)
      for file in files.sorted() {
        let path = folder.appendingPathComponent(file).path
        let stored = try TensorArchive(
          npzFile: String(path.dropLast(3)) + ".npz", limit: 1 << 30
        ).dictionary
        let graph = Graph(
          try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: file))
        var feeds: [Value: Tensor] = [:]
        var fetches: [(name: String, value: Value)] = []
        for (name, tensor) in stored.sorted(by: { $0.key < $1.key }) {
          let parts = name.split(separator: " ").map(String.init)
          let value = try #require(graph.node(named: parts[1])).output
          if parts[0] == "feed" { feeds[value] = tensor } else { fetches.append((name, value)) }
        }
        let results = try Session(graph).run(fetches.map(\.value), feeding: feeds)
        for (fetch, result) in zip(fetches, results) {
          let expected = stored[fetch.name]!
          #expect(result.type == expected.type, "\(file), \(fetch.name)")
          #expect(
            try isClose(result, expected), "\(file), \(fetch.name): \(result), not \(expected)")
        }
      }
    }
  }

  private func isClose(_ result: Tensor, _ expected: Tensor) throws -> Bool {
    guard result.dataType.isFloatingPoint else { return result == expected }
    let mine = try result.converted(to: .float64).elements(as: Double.self)
    let theirs = try expected.converted(to: .float64).elements(as: Double.self)
    let tolerance = result.dataType == .float64 ? 1e-10 : 1e-5
    let scale = theirs.reduce(1e-30) { max($0, abs($1)) }
    return zip(mine, theirs).allSatisfy { abs($0 - $1) <= tolerance * scale }
  }
}

/// One sample as a file for TensorFlow, with what is computed here beside it.
private struct ComparisonCase {
  let sampleCase: SampleCase
  var sample: SampleGraph
  var archive = TensorArchive()

  init(_ sampleCase: SampleCase) throws {
    self.sampleCase = sampleCase
    sample = SampleGraph(sampleCase)
    try build()
  }

  private mutating func build() throws {
    let graph = sample.graph
    // NumPy has no BFloat16; its numbers are numbers of Float32.
    var fetches = sample.results.map {
      $0.dataType == .bfloat16 ? cast($0, to: .float32, name: "as_float") : $0
    }
    var names = fetches.map { "result \($0.name)" }
    if sampleCase.isDifferentiable {
      let outputs = sample.results.filter { $0.dataType.isFloatingPoint }
      let inputs = sample.floatingPointInputs
      let plain = try Session(graph).run(outputs, feeding: sample.feeds)
      let weights = try sample.weights(for: plain, seed: 5)
      let gradients = try graph.gradients(
        of: outputs, withRespectTo: inputs, upstream: weights, unconnected: .zeros)
      let directions = try sample.weights(for: inputs.map { sample.feeds[$0]! }, seed: 9)
      let slopes = zip(gradients, directions).map { sum($0 * $1) }
      let slope = slopes.count == 1 ? slopes[0] : addN(slopes)
      let seconds = try graph.gradients(of: [slope], withRespectTo: inputs, unconnected: .zeros)
      for (number, weight) in weights.enumerated() {
        fetches.append(weight)
        names.append("weight \(outputs[number].name) \(weight.name)")
      }
      for number in inputs.indices {
        fetches += [gradients[number], seconds[number], directions[number]]
        names.append("gradient \(inputs[number].name) \(gradients[number].name)")
        names.append("second \(inputs[number].name) \(seconds[number].name)")
        names.append("direction \(inputs[number].name) \(directions[number].name)")
      }
    }
    // Files of arrays hold no texts: what is computed from them is compared without TensorFlow.
    if sample.feeds.values.contains(where: { $0.dataType == .string }) { return }
    let results = try Session(graph).run(fetches, feeding: sample.feeds)
    for (value, tensor) in sample.feeds {
      try archive.append(tensor, named: "feed \(value.name)")
    }
    for (name, tensor) in zip(names, results) where tensor.dataType != .string {
      try archive.append(tensor, named: name)
    }
  }

  func write(to folder: URL, number: Int) throws {
    let stem = folder.appendingPathComponent("\(number)").path
    try GraphFile(sample.graph.frozen()).write(path: stem + ".pb")
    try archive.writeNPZ(to: stem + ".npz")
    try sampleCase.description.write(toFile: stem + ".txt", atomically: false, encoding: .utf8)
  }
}
