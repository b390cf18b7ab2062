import Foundation
import StaticGraph
import Testing

/// The files under `Graphs/`: what they offer, and what SqueezeNet's compute with real weights.
@Suite struct GraphFolderTests {
  private static func graph(_ name: String) throws -> Graph {
    let path = RealGraphTests.root.appendingPathComponent("Graphs/\(name).graph").path
    return try GraphCompiler().compile(SourceFile(path: path))
  }

  @Test(arguments: [
    ("derivative", ["x: Float64"], [], ["y", "dydx"]),
    ("matmul", ["a: Float32[?, ?]", "b: Float32[?, ?]"], [], ["product"]),
    ("gelu", ["x: Float32[?]"], [], ["loss", "gradient"]),
    (
      "mnist_convnet", ["images: Float32[?, 28, 28, 1]", "labels: Int32[?]"], ["train"],
      ["probabilities", "loss", "accuracy"]
    ),
    (
      "cifar_convnet", ["images: Float32[?, 32, 32, 3]", "labels: Int32[?]"], ["train"],
      ["probabilities", "loss", "accuracy"]
    ),
    (
      "squeezenet", ["image: Float32[?, ?, ?, 3]"], [],
      ["scores"] + (0...12).map { "features\($0)" }
    ),
    (
      "style_transfer", ["content: Float32[1, ?, ?, 3]", "style: Float32[1, ?, ?, 3]"], ["train"],
      ["contentLoss", "styleLoss", "smoothnessLoss", "loss", "picture"]
    ),
    ("class_visualization", ["class: Int32"], ["step"], ["score", "picture"]),
    (
      "saliency", ["image: Float32[?, ?, ?, 3]", "class: Int32"], [],
      ["score", "saliency", "picture"]
    ),
    (
      "fooling_image", ["content: Float32[1, ?, ?, 3]", "class: Int32"], ["step"],
      ["score", "isFooled", "picture", "difference", "magnified"]
    ),
  ])
  func offers(
    _ name: String, placeholders: [String], targets: [String], outputs: [String]
  ) throws {
    let frozen = try Self.graph(name).frozen()
    let fed = frozen.nodes.filter { $0.operation is Placeholder || $0.operation is WithDefault }
    #expect(fed.map { "\($0.name): \($0.outputs[0])" } == placeholders)
    #expect(frozen.interface.targets.map(\.name) == targets)
    #expect(frozen.interface.outputs.map(\.name) == outputs)
  }

  private typealias WithDefault = PlaceholderWithDefault

  /// What TensorFlow computed with SqueezeNet's weights, and a session with these.
  private func checks(
    _ name: String
  ) throws -> (checks: TensorArchive, graph: Graph, session: Session)? {
    guard let checks = RealGraphTests.file("squeezenet/checks.npz"),
      let weights = RealGraphTests.file("squeezenet/squeezenet.ckpt.index")
    else {
      print("skipped: there is no squeezenet in ../shared/data or STATICGRAPH_DATA")
      return nil
    }
    let graph = try Self.graph(name)
    let session = try Session(graph)
    let report = try session.restore(Checkpoint.open(String(weights.path.dropLast(6))))
    #expect(report.restored.count == 52)
    #expect(report.unused.isEmpty)
    return (try TensorArchive(npzFile: checks.path), graph, session)
  }

  /// The largest difference as a share of the largest element.
  private func apart(_ tensor: Tensor, _ stored: Tensor?) throws -> Double {
    let theirs = try #require(stored).converted(to: .float64).elements(as: Double.self)
    let mine = try tensor.converted(to: .float64).elements(as: Double.self)
    guard mine.count == theirs.count else { return .infinity }
    let scale = theirs.reduce(0) { max($0, abs($1)) }
    return zip(mine, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
  }

  private func value(_ name: String, _ graph: Graph) throws -> Value {
    try #require(graph.node(named: name)).output
  }

  @Test func squeezenetScoresAKitten() throws {
    guard let (checks, graph, session) = try checks("squeezenet") else { return }
    let image = try value("image", graph)
    let scores = try session.run(
      try value("scores", graph), feeding: [image: try #require(checks["kitten_input"])])
    #expect(try apart(scores, checks["kitten_scores"]) < 1e-5)
  }

  @Test func theLossesOfAStyleTransferAreThoseOfTensorFlow() throws {
    guard let (checks, graph, session) = try checks("style_transfer") else { return }
    let content = try #require(checks["content_img_test"])
    let image = try value("image/Read/ReadVariableOp", graph)
    var feeds = [
      try value("content", graph): content, image: content,
      try value("style", graph): try #require(checks["style_img_test"]),
    ]
    let results = try session.run(
      [
        try value("ofContent/features3", graph), try value("styleLoss", graph),
        try value("smoothnessLoss", graph),
      ], feeding: feeds)
    #expect(try apart(results[0], checks["content_layer3"]) < 1e-5)
    #expect(try apart(results[1], checks["sl_out"]) < 1e-5)
    #expect(try apart(results[2], checks["tv_out"]) < 1e-5)
    feeds[image] = try Tensor(repeating: Float(0), dimensions: content.dimensions)
    let contentLoss = try session.run(try value("contentLoss", graph), feeding: feeds)
    #expect(try apart(contentLoss, checks["cl_out"]) < 1e-5)
  }
}
