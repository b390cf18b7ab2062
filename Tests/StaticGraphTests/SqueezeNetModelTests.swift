import Foundation
import StaticGraph
import Testing

/// SqueezeNet in Keras' style, as the gallery shows it.
@Suite struct SqueezeNetModelTests {
  @Test(arguments: ["GalleryExample.swift", "SqueezeNetModel.swift"])
  func galleryShowsWhatIsRun(_ file: String) throws {
    let page = try String(
      contentsOf: RealGraphTests.root.appendingPathComponent(
        "Sources/StaticGraph/StaticGraph.docc/Gallery.md"), encoding: .utf8)
    let source = try String(
      contentsOf: RealGraphTests.root.appendingPathComponent("Tests/StaticGraphTests/\(file)"),
      encoding: .utf8)
    #expect(page.contains("```swift\n\(source)```"))
  }

  @Test func exampleMirrorsAPicture() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("staticgraph-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = ["photo.png", "mirrored.png"].map { folder.appendingPathComponent($0).path }
    let pixels: [UInt8] = [1, 2, 3, 40, 50, 60, 7, 8, 9, 100, 110, 120]
    try Image(width: 2, height: 2, channels: 3, pixels: pixels).write(to: paths[0])
    try mirror(paths[0], to: paths[1])
    #expect(
      try Image(contentsOf: paths[1]).pixels == [40, 50, 60, 1, 2, 3, 100, 110, 120, 7, 8, 9])
  }

  @Test func exampleNamesAKitten() throws {
    guard let weights = RealGraphTests.file("squeezenet/squeezenet.ckpt.index"),
      let kitten = RealGraphTests.file("images/kitten.png"),
      let labels = RealGraphTests.file("labels/imagenet1k_label_to_names.json")
    else {
      print("skipped: there is no squeezenet in ../shared/data or STATICGRAPH_DATA")
      return
    }
    let name = try nameOfPhoto(
      kitten.path,
      network: RealGraphTests.root.appendingPathComponent("Graphs/squeezenet.graph").path,
      checkpoint: String(weights.path.dropLast(6)), labels: labels.path)
    #expect(name.contains("cat"), "\(name)")
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
