import Foundation
import StaticGraph
import Testing

/// Pictures of the data, prepared as the graphs under `Graphs/` say, and what is made from them.
@Suite struct PictureTests {
  private static func graph(_ name: String) throws -> Graph {
    let path = RealGraphTests.root.appendingPathComponent("Graphs/\(name).graph").path
    return try GraphCompiler().compile(SourceFile(path: path))
  }

  private func file(_ path: String) -> String? {
    let file = RealGraphTests.file(path)?.path
    if file == nil { print("skipped: there is no \(path) in ../shared/data or STATICGRAPH_DATA") }
    return file
  }

  /// The largest difference of two tensors, as a share of the largest element of the second.
  private func apart(_ mine: Tensor, _ theirs: Tensor?) throws -> Double {
    let theirs = try #require(theirs).converted(to: .float64).elements(as: Double.self)
    let mine = try mine.converted(to: .float64).elements(as: Double.self)
    guard mine.count == theirs.count else { return .infinity }
    let scale = theirs.reduce(0) { max($0, abs($1)) }
    return zip(mine, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
  }

  /// The picture of a file as a placeholder of a graph takes it.
  private func prepared(_ path: String, _ name: String, _ graph: Graph) throws -> Tensor {
    let value = try #require(graph.node(named: name)).output
    let preparation = try #require(graph.frozen().imagePreparation(of: value.endpoint))
    return try Image.tensor(contentsOf: path, for: value.type, preparedBy: preparation)
  }

  @Test func contentAndStyleArePreparedAsPillowDoes() throws {
    guard let checks = file("squeezenet/checks.npz"), let content = file("images/tubingen.jpg"),
      let style = file("images/starry_night.jpg")
    else { return }
    let archive = try TensorArchive(npzFile: checks)
    let graph = try Self.graph("style_transfer")
    #expect(
      try apart(prepared(content, "content", graph), archive["content_img_test"]) < 1e-6)
    #expect(try apart(prepared(style, "style", graph), archive["style_img_test"]) < 1e-6)
  }

  private func session(_ graph: Graph) throws -> Session? {
    guard let index = file("squeezenet/squeezenet.ckpt.index") else { return nil }
    let session = try Session(graph)
    try session.restore(Checkpoint.open(String(index.dropLast(6))))
    return session
  }

  @Test func theGramMatrixIsThatOfTensorFlow() throws {
    guard let checks = file("squeezenet/checks.npz") else { return }
    let archive = try TensorArchive(npzFile: checks)
    let graph = try Self.graph("squeezenet")
    let features = try #require(graph.node(named: "features5")).output
    let axes = [0, 1, 2]
    let gram =
      tensordot(features, features, axes: (axes, axes)) / cast(size(features), to: .float32)
    let image = try #require(graph.node(named: "image")).output
    guard let session = try session(graph) else { return }
    let result = try session.run(gram, feeding: [image: try #require(archive["style_img_test"])])
    #expect(try apart(result, archive["gm_out"]) < 1e-5)
  }

  @Test func theFirstStepsOfAStyleTransferAreThoseOfTensorFlow() throws {
    guard let content = file("images/tubingen.jpg"), let style = file("images/starry_night.jpg"),
      let losses = file("squeezenet/starry_night_losses_total_content_style_tv.npy")
    else { return }
    let path = RealGraphTests.root.appendingPathComponent("Graphs/style_transfer.graph").path
    let graph = try GraphCompiler().compile(
      SourceFile(path: path), definitions: ["learningRate": "3.0"])
    guard let session = try session(graph) else { return }
    let feeds = [
      try #require(graph.node(named: "content")).output: try prepared(content, "content", graph),
      try #require(graph.node(named: "style")).output: try prepared(style, "style", graph),
    ]
    try session.initializeVariables(onlyMissing: true, feeding: feeds)
    let loss = try #require(graph.node(named: "loss")).output
    let train = try #require(graph.node(named: "train"))
    let call = try session.prepare(fetches: [loss], targets: [train], fixed: feeds)
    let expected = try Tensor(npyFile: losses).elements(as: Double.self)
    for step in 0..<6 {
      let mine = Double(try call.run()[0].scalar(as: Float.self))
      #expect(abs(mine / expected[4 * step] - 1) < 1e-3, "step \(step)")
    }
  }

  @Test func aPictureOfAKittenIsTakenForOne() throws {
    guard let kitten = file("images/kitten.png"),
      let labels = file("labels/imagenet1k_label_to_names.json")
    else { return }
    let graph = try Self.graph("squeezenet")
    guard let session = try session(graph) else { return }
    let image = try #require(graph.node(named: "image")).output
    let scores = try session.run(
      try #require(graph.node(named: "scores")).output,
      feeding: [image: try prepared(kitten, "image", graph)]
    ).elements(as: Float.self)
    let names = try ClassNames(contentsOf: labels)
    let best = try #require(scores.indices.max { scores[$0] < scores[$1] })
    #expect(["tabby", "tiger cat", "Egyptian cat"].contains { names[best]!.hasPrefix($0) })
  }
}

/// The derivative of the style loss, as the page on style transfer works it out.
@Suite struct StyleLossTests {
  /// The symbolic gradient of ‖G − G_style‖² / (2N)² with respect to the activation a, where
  /// G = a·aᵀ for N channels in rows, is (G − G_style)·a / N².
  @Test func itsGradientIsTheDifferenceTimesTheActivation() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      let channels = Int.random(in: 1...24, using: &random)
      let places = Int.random(in: 1...60, using: &random)
      let graph = Graph()
      let a = graph.placeholder("a", Double.self, shape: Shape([channels, places]))
      let style = graph.placeholder("style", Double.self, shape: Shape([channels, channels]))
      let gram = matmul(a, a, transposeB: true)
      let n = Double(channels)
      let loss = sum(square(gram - style)) / (4 * n * n)
      let slope = try graph.gradient(of: loss, withRespectTo: a)
      let byHand = matmul(gram - style, a) / (n * n)
      // A style's matrix is symmetric, as every Gram matrix.
      let other = (0..<channels * places).map { _ in Double.random(in: -2...2, using: &random) }
      let values = (0..<channels * places).map { _ in Double.random(in: -2...2, using: &random) }
      let otherTensor = try Tensor(other, dimensions: [channels, places])
      let session = try Session(graph)
      let styleTensor = try session.run(gram, feeding: [a: otherTensor])
      let (mine, expected) = try session.run(
        slope, byHand,
        feeding: [a: try Tensor(values, dimensions: [channels, places]), style: styleTensor])
      let pairs = zip(
        try mine.elements(as: Double.self), try expected.elements(as: Double.self))
      let largest = try expected.elements(as: Double.self).reduce(1) { max($0, abs($1)) }
      for (left, right) in pairs { #expect(abs(left - right) <= 1e-10 * largest) }
    }
  }
}
