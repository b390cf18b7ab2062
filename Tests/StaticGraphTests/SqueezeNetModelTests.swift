import Foundation
import StaticGraph
import Testing

/// SqueezeNet in Keras' style, as the gallery shows it.
@Suite struct SqueezeNetModelTests {
  @Test func galleryShowsWhatIsRun() throws {
    let page = try String(
      contentsOf: RealGraphTests.root.appendingPathComponent(
        "Sources/StaticGraph/StaticGraph.docc/Gallery.md"), encoding: .utf8)
    let source = try String(
      contentsOf: RealGraphTests.root.appendingPathComponent(
        "Tests/StaticGraphTests/SqueezeNetModel.swift"), encoding: .utf8)
    #expect(page.contains("```swift\n\(source)```"))
  }

  @Test func scoresOfAKittenAreThoseOfTensorFlow() throws {
    guard let checks = RealGraphTests.file("squeezenet/checks.npz"),
      let weights = RealGraphTests.file("squeezenet/squeezenet.ckpt.index")
    else {
      print("skipped: there is no squeezenet in ../shared/data or STATICGRAPH_DATA")
      return
    }
    let archive = try TensorArchive(npzFile: checks.path)
    let model = try squeezeNet(String(weights.path.dropLast(6)))
    #expect(try model.weights.count == 52)
    let scores = try model.predict(#require(archive["kitten_input"]))
    let mine = try scores.elements(as: Float.self)
    let theirs = try #require(archive["kitten_scores"]).converted(to: .float32)
      .elements(as: Float.self)
    try #require(mine.count == theirs.count)
    let largest = theirs.reduce(0) { max($0, abs($1)) }
    #expect(zip(mine, theirs).allSatisfy { abs($0 - $1) < 1e-5 * largest })
  }
}
