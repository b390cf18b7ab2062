import Foundation
import PythonSupport
import StaticGraph
import Testing

/// A network that is trained here and by TensorFlow's own optimisers.
enum TrainedNetwork: String {
  /// mean((tanh(x·W + b)·V + c − y)²).
  case dense
  /// `Graphs/mnist_convnet.graph`.
  case convolutional

  static let stepCount = 20

  /// The network in a type, with a training step.
  func graph(_ way: TrainingWay, _ type: DataType) throws -> FrozenGraph {
    let graph: Graph
    switch self {
    case .dense: graph = try Self.denseNetwork(type)
    case .convolutional: graph = try Self.digitNetwork(type)
    }
    let loss = try #require(graph.node(named: "loss")).output
    try way.minimize(loss, graph.variable("step", initialValue: Tensor(Int64(0))))
    return try graph.frozen().seeded(with: 1)
  }

  /// What is fed in each step.
  func batches(_ type: DataType) throws -> [[String: Tensor]] {
    switch self {
    case .dense: try Self.smoothFunction(type)
    case .convolutional:
      try noisyPictures(
        height: 28, width: 28, channels: 1, batchSize: 4, count: Self.stepCount, type)
    }
  }

  private static func denseNetwork(_ type: DataType) throws -> Graph {
    let graph = Graph()
    let x = graph.placeholder("x", type: TensorType(type, [nil, 6]))
    let y = graph.placeholder("y", type: TensorType(type, [nil, 3]))
    func variable(_ name: String, _ sizes: [Int], seed: UInt64) throws -> Value {
      let start = try Tensor.sample(sizes, in: -0.5...0.5, seed: seed).converted(to: type)
      return graph.variable(name, initialValue: start)
    }
    let hidden = tanh(
      matmul(x, try variable("first/weights", [6, 10], seed: 1))
        + (try variable("first/bias", [10], seed: 2)))
    let output =
      matmul(hidden, try variable("second/weights", [10, 3], seed: 3))
      + (try variable("second/bias", [3], seed: 4))
    _ = mean(square(output - y), name: "loss")
    return graph
  }

  /// Inputs, and what is wanted for them: a smooth function of them.
  private static func smoothFunction(_ type: DataType) throws -> [[String: Tensor]] {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil, 6])
    let y = sin(matmul(x, graph.constant(.sample([6, 3], in: -1...1, seed: 9)))) + 1
    let session = try Session(graph)
    return try (0..<stepCount).map { step in
      let inputs = Tensor.sample([16, 6], in: -1...1, seed: 100 + UInt64(step))
      let wanted = try session.run([y], feeding: [x: inputs])[0]
      return ["x": try inputs.converted(to: type), "y": try wanted.converted(to: type)]
    }
  }

  /// The file's network without its training step.
  private static func digitNetwork(_ type: DataType) throws -> Graph {
    let path = Python.root.appendingPathComponent("Graphs/mnist_convnet.graph").path
    let file = try String(contentsOfFile: path, encoding: .utf8)
    let network = file.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("target ") }.joined(separator: "\n")
      .replacing("Float32", with: type.description)
      .replacing(/(heNormal|zeros)\((\[.*?\])\)/) {
        "\($0.1)(\($0.2), type: .\(type.description.lowercased()))"
      }
    return try GraphCompiler().compile(SourceFile(name: "mnist_convnet.graph", text: network))
  }
}

/// Images of ten classes, each a picture of its own under noise; other ones in each step.
func noisyPictures(
  height: Int, width: Int, channels: Int, batchSize: Int, count: Int, _ type: DataType = .float32
) throws -> [[String: Tensor]] {
  let size = height * width * channels
  let pictures = try Tensor.sample([10, size], in: 0...1, seed: 1).elements(as: Double.self)
  return try (0..<count).map { step in
    let seed = UInt64(1000 + 2 * step)
    let labels = try Tensor.sample([batchSize], in: 0...10, seed: seed)
      .elements(as: Double.self).map { Int32(min(9, $0)) }
    let noise = try Tensor.sample([batchSize, size], in: -0.4...0.4, seed: seed + 1)
      .elements(as: Double.self)
    let pixels = noise.enumerated().map { position, noise in
      let picture = Int(labels[position / size])
      return Float(min(1, max(0, pictures[picture * size + position % size] + noise)))
    }
    return [
      "images": try Tensor(pixels, dimensions: [batchSize, height, width, channels])
        .converted(to: type),
      "labels": Tensor(labels),
    ]
  }
}
