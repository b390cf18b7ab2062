import Foundation
import PythonSupport
import StaticGraph
import Testing

/// Models against the same ones of tf.keras: names, initial values, outputs, and ten steps.
@Suite struct KerasComparisonTests {
  /// What the script says of a model.
  private struct Facts: Decodable {
    struct Weight: Decodable {
      var name: String
      var sizes: [Int]
      var trainable: Bool
    }

    var weights: [Weight]
    var initial: [String: [Double]]
    var summary: String
    var layers: [String]
    var tested: [String: Double]?
  }

  private static let batchSize = 8
  private static let stepCount = 10

  @Test(.enabled(if: Python.isThere, Python.missing))
  func agreeWithKeras() throws {
    let cases =
      KerasCase.layers + KerasCase.recurrent + KerasCase.activations + KerasCase.losses
      + KerasCase.networks + KerasCase.initial
    try Python.withTemporaryFolder { folder in
      let (status, text) = try Python.run("keras_models.py", [folder.path])
      try #require(status == 0, "\(text)")
      #expect(text.contains("\(cases.count) models"), "the script has others: \(text.suffix(40))")
      for kerasCase in cases {
        do {
          try compare(kerasCase, folder)
        } catch {
          Issue.record("\(kerasCase.name): \(error)")
        }
      }
    }
  }

  private func compare(_ kerasCase: KerasCase, _ folder: URL) throws {
    let name = kerasCase.name
    let stem = folder.appendingPathComponent(name).path
    let facts = try JSONDecoder().decode(
      Facts.self, from: Data(contentsOf: URL(fileURLWithPath: stem + ".json")))
    let data = try TensorArchive(npzFile: stem + ".data.npz").dictionary
    let model = try kerasCase.make()

    #expect(try model.layerNames == facts.layers, "\(name)")
    let weights = try model.weights
    #expect(weights.map(\.name).sorted() == facts.weights.map(\.name).sorted(), "\(name)")
    for weight in weights {
      let wanted = facts.weights.first { $0.name == weight.name }
      #expect(weight.sizes == wanted?.sizes, "\(name): \(weight.name)")
      #expect(weight.isTrainable == wanted?.trainable, "\(name): \(weight.name)")
    }
    let count = weights.reduce(0) { $0 + $1.elementCount }
    #expect(facts.summary.contains("Total params: \(grouped(count)) "), "\(name)")
    if model is Sequential {
      #expect(try model.summary() == facts.summary, "\(name)")
    }
    try compareInitialValues(model, facts, name)

    let report = try model.loadWeights(from: stem + ".weights.npz")
    #expect(report.unused.isEmpty, "\(name)")
    let inputs = (0..<2).compactMap { data["x\($0)"] }
    let first = try inputs.map { try rows($0, 0..<Self.batchSize) }
    expectNear(try model.predict(first)[0], try #require(data["output"]), "\(name): output")
    guard let losses = data["losses"], let labels = data["y"] else { return }

    try model.compile(
      optimizer: kerasCase.optimizer, loss: kerasCase.loss, metrics: kerasCase.metrics)
    for (step, wanted) in try losses.elements(as: Double.self).enumerated() {
      let range = step * Self.batchSize..<(step + 1) * Self.batchSize
      let logs = try model.trainOnBatch(
        inputs.map { try rows($0, range) }, labels: rows(labels, range))
      let loss = try #require(logs["loss"])
      #expect(abs(loss - wanted) <= 1e-4 * max(1, abs(wanted)), "\(name): step \(step)")
    }
    for (weight, value) in try model.weightValues() {
      expectNear(value, try #require(data["after \(weight)"]), "\(name): \(weight) after training")
    }
    let tested = try model.evaluate(TensorData(inputs: inputs, labels: labels))
    for (key, wanted) in try #require(facts.tested) {
      let found = try #require(tested[key], "\(name): \(key) of \(tested.names)")
      #expect(abs(found - wanted) <= 1e-4 * max(1, abs(wanted)), "\(name): tested \(key)")
    }
  }

  /// Means, spreads and largest magnitudes of initial values.
  private func compareInitialValues(_ model: Model, _ facts: Facts, _ name: String) throws {
    for (weight, value) in try model.weightValues() {
      let numbers = try value.elements(as: Float.self).map(Double.init)
      let wanted = try #require(facts.initial[weight])
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
      if wanted[1] == 0 || weight.hasSuffix("lstm_cell/bias") {
        #expect(abs(mean - wanted[0]) < 1e-6, "\(name): \(weight)")
        #expect(abs(variance.squareRoot() - wanted[1]) < 1e-6, "\(name): \(weight)")
      } else if numbers.count > 2000 {
        let ratio = variance.squareRoot() / wanted[1]
        #expect((0.94...1.06).contains(ratio), "\(name): \(weight) spreads \(ratio) as much")
        // Uniform and truncated normal numbers reach less than three times their spread, always as
        // far; how far others reach is chance.
        if wanted[2] < 3 * wanted[1] {
          let limit = numbers.map(abs).max()! / wanted[2]
          #expect((0.95...1.05).contains(limit), "\(name): \(weight) reaches \(limit) as far")
        }
      }
    }
  }

  private func rows(_ tensor: Tensor, _ range: Range<Int>) throws -> Tensor {
    let rowBytes = tensor.byteCount / tensor.dimensions[0]
    return try tensor.withUnsafeBytes { bytes in
      try Tensor(
        uninitialized: tensor.dataType,
        dimensions: [range.count] + tensor.dimensions.dropFirst()
      ) {
        $0.copyBytes(from: bytes[range.lowerBound * rowBytes..<range.upperBound * rowBytes])
      }
    }
  }

  private func expectNear(_ found: Tensor, _ wanted: Tensor, _ label: String) {
    guard found.dimensions == wanted.dimensions,
      let numbers = try? found.elements(as: Float.self),
      let others = try? wanted.elements(as: Float.self)
    else {
      Issue.record("\(label): found \(found.type), wanted \(wanted.type)")
      return
    }
    let largest = max(1, others.map { $0.magnitude }.max() ?? 0)
    let farthest = zip(numbers, others).map { ($0 - $1).magnitude }.max() ?? 0
    #expect(farthest <= 1e-4 * largest, "\(label): \(farthest) apart")
  }

  private func grouped(_ number: Int) -> String {
    let digits = String(number)
    var result = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }
}
