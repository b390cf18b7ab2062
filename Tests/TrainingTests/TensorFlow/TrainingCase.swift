import Foundation
import PythonSupport
import StaticGraph
import Testing

/// A graph that is trained here and in TensorFlow, from the same weights on the same batches.
struct TrainingCase {
  var label: String
  var graph: FrozenGraph
  /// The scalar that is made smaller.
  var loss = "loss"
  /// The node that is a step.
  var train = "train"
  /// What is fed in each step, by the names of values.
  var batches: [[String: Tensor]]
  /// How far each loss may be apart, relative to it.
  var tolerance: Double
  /// How far each variable may be apart, relative to its largest element.
  var variableTolerance: Double
  /// What TensorFlow is to train with an optimiser of its own, too.
  var reference: Reference?
  /// The variables to begin with; without them, their initial values.
  var checkpoint: Checkpoint?

  /// A network that TensorFlow is made of as well, and how it is trained there, as Python.
  struct Reference {
    var facts: [String: String]

    init(_ network: TrainedNetwork, _ way: TrainingWay) {
      facts = ["network": network.rawValue, "optimizer": way.optimizer]
      facts["averages"] = way.averages
      facts["loss_averages"] = way.lossAverages
      facts["regularizer"] = way.regularizer
    }
  }

  /// Trains here, and writes the graph, what was fed and what came of it.
  ///
  /// - Returns: The losses before each step.
  @discardableResult
  func write(to folder: URL, number: Int) throws -> [Double] {
    let session = try Session(graph)
    if let checkpoint { try session.restore(checkpoint) }
    try session.initializeVariables(onlyMissing: true)
    let lossValue = try value(named: loss, in: session.graph)
    let step = try #require(session.graph.node(named: train))
    var archive = TensorArchive()
    func append(_ kind: String) throws {
      for (name, value) in session.variables.values.sorted(by: { $0.key < $1.key }) {
        try archive.append(value, named: "\(kind) \(name)")
      }
    }
    try append("start")
    var losses: [Double] = []
    for (number, batch) in batches.enumerated() {
      var feeds: [Value: Tensor] = [:]
      for (name, tensor) in batch {
        feeds[try value(named: name, in: session.graph)] = tensor
        try archive.append(tensor, named: "feed \(number) \(name)")
      }
      let value = try session.run([lossValue], targets: [step], feeding: feeds)[0]
      losses.append(try value.converted(to: .float64).scalar(as: Double.self))
    }
    try append("end")
    try archive.append(Tensor(losses), named: "losses")

    let stem = folder.appendingPathComponent("\(number)").path
    try GraphFile(graph).write(path: stem + ".pb")
    try archive.writeNPZ(to: stem + ".npz")
    let facts: [String: Any] = [
      "label": label, "loss": loss, "train": train, "steps": batches.count,
      "tolerances": [tolerance, variableTolerance], "reference": reference?.facts ?? [:],
    ]
    try JSONSerialization.data(withJSONObject: facts)
      .write(to: URL(fileURLWithPath: stem + ".json"))
    return losses
  }

  /// A value by the name of its node, or `node:1` for a further output.
  private func value(named name: String, in graph: Graph) throws -> Value {
    let parts = name.split(separator: ":")
    let node = try #require(graph.node(named: String(parts[0])), "\(name)")
    return node.output(parts.count > 1 ? try #require(Int(parts[1])) : 0)
  }

  /// Trains all cases here and in TensorFlow, which must agree.
  static func compare(_ cases: [TrainingCase]) throws {
    try Python.withTemporaryFolder { folder in
      for (number, trainingCase) in cases.enumerated() {
        let losses = try trainingCase.write(to: folder, number: number)
        #expect(losses.last! < losses.first!, "\(trainingCase.label) learns nothing")
      }
      let (status, text) = try Python.run("training_steps.py", [folder.path])
      #expect(status == 0, "\(text)")
      let count = cases.count + cases.count { $0.reference != nil }
      #expect(text.contains("\(count) trainings, 0 failed"), "\(text)")
      print(text)
    }
  }
}
