import Foundation
import StaticGraph
import Testing

@testable import CommandLineSupport

/// A folder that is gone after the test.
private final class Folder {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("staticgraph-\(UUID())").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
}

/// Pictures and classes on the command line.
@Suite struct PictureArgumentTests {
  private static let text = """
    @image(size: 4, crop: .center, mean: 0.5)
    placeholder image: Float32[?, ?, ?, 3]
    @labels("names.txt")
    placeholder class: Int32 = 0
    @labels("names.txt")
    output scores = mean(image, axes: [1, 2])
    """

  private func reader(_ folder: Folder, _ arguments: [String] = []) throws -> (FeedReader, Graph) {
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: Self.text))
    let options = try ImageOptions.parse(arguments)
    return (
      try FeedReader(graph.frozen(), path: "\(folder.path)/model.graph", options, seed: 0), graph
    )
  }

  private func fed(_ folder: Folder, _ feed: String, _ arguments: [String] = []) throws -> Tensor {
    let (reader, graph) = try reader(folder, arguments)
    return try #require(try reader.feeds([feed], graph).values.first)
  }

  private func told(_ folder: Folder, _ feed: String, _ arguments: [String] = []) -> String {
    do {
      return "\(try fed(folder, feed, arguments))"
    } catch {
      return (error as? GraphError)?.diagnostics[0].message ?? "\(error)"
    }
  }

  private func image(_ width: Int, _ height: Int) throws -> Image {
    try Image(
      width: width, height: height, channels: 3,
      pixels: [UInt8](repeating: 255, count: width * height * 3))
  }

  @Test func picturesArePreparedAsDeclaredOrAsked() throws {
    let folder = try Folder()
    // What a file is, not what it is called.
    let path = try folder.file("a.jpg", image(12, 8).pngBytes())
    let tensor = try fed(folder, "image=@\(path)")
    #expect(try tensor == Tensor(repeating: Float(0.5), dimensions: [1, 4, 4, 3]))
    #expect(
      try fed(folder, "image=@\(path)", ["--image", "image=size: [3, 5], crop: .none, mean: 0"])
        == Tensor(repeating: Float(1), dimensions: [1, 3, 5, 3]))
    let batch = try fed(folder, "image=@\(path),@\(path),@\(path)")
    #expect(batch.dimensions == [3, 4, 4, 3])
    // An array is fed as it is.
    try Tensor([1, 2, 3] as [Float], dimensions: [1, 1, 1, 3]).writeNPY(to: folder.path + "/x.npy")
    #expect(
      try fed(folder, "image=@\(folder.path)/x.npy").elements(as: Float.self) == [1, 2, 3])
  }

  @Test func whatIsWrongWithPicturesIsTold() throws {
    let folder = try Folder()
    let wide = try folder.file("wide.png", image(12, 8).pngBytes())
    let tall = try folder.file("tall.png", image(8, 12).pngBytes())
    let text = try folder.file("text.png", Array("no picture".utf8))
    let jpeg = try image(64, 64).jpegBytes()
    let short = try folder.file("short.jpg", Array(jpeg.prefix(jpeg.count / 2)))
    #expect(
      told(folder, "image=@\(text)")
        == "feed 'image': '\(text)': this is neither a PNG nor a JPEG file, but text that begins"
        + " with 'no picture'")
    #expect(told(folder, "image=@\(short)").contains("JPEG: the file ends too early"))
    #expect(told(folder, "image=@missing.png").contains("No such file"))
    #expect(
      told(folder, "image=@\(wide),@\(tall)", ["--image", "image=crop: .none"])
        .contains("pictures of one batch have one size"))
    #expect(told(folder, "image=@\(wide)", ["--image", "imag=size: 3"]).contains("no value named"))
    #expect(
      told(folder, "image=@\(wide)", ["--image", "image=sise: 3"]).contains("no such argument"))
    #expect(
      told(folder, "image=@\(wide)", ["--image", "image=channels: 1"]).contains("channels: 1"))
    #expect(told(folder, "class=@\(wide)").contains("a picture has rows"))
    #expect(try fed(folder, "image=@" + folder.file("dot.png", image(1, 1).pngBytes())).rank == 4)
  }

  @Test func classesAreFedByName() throws {
    let folder = try Folder()
    #expect(
      told(folder, "class=cat").contains("the classes' names should be in 'names.txt'"))
    _ = try folder.file(
      "names.txt", Array("tench, Tinca tinca\ncrane\ntabby cat, tabby\ncrane\n".utf8))
    #expect(try fed(folder, "class=tabby").scalar(as: Int32.self) == 2)
    #expect(try fed(folder, "class=Tinca_Tinca").scalar(as: Int32.self) == 0)
    #expect(try fed(folder, "class=\"tabby cat\"").scalar(as: Int32.self) == 2)
    #expect(try fed(folder, "class=3").scalar(as: Int32.self) == 3)
    #expect(
      told(folder, "class=crane").contains("several classes are called 'crane': 1 (crane), 3"))
    #expect(told(folder, "class=taby").contains("has no class 'taby'; near it are 'tabby'"))
    let other = try folder.file("other.json", Array(#"{"7": "tabby", "2": "a"}"#.utf8))
    #expect(try fed(folder, "class=tabby", ["--labels", other]).scalar(as: Int32.self) == 7)
    let broken = try folder.file("broken.json", Array("[1".utf8))
    #expect(told(folder, "class=tabby", ["--labels", broken]).contains("broken.json"))
  }

  @Test func theHighestScores() throws {
    let names = try ClassNames(Array(#"["a", "b", "c"]"#.utf8), path: "names.json")
    let scores = try Tensor([0, 2, 1] as [Float], dimensions: [1, 3])
    let top = try #require(try TopScores(scores, count: 2, names))
    #expect(
      top.text("scores") == """
        scores
          1  b  2.0000  66.52 %
          2  c  1.0000  24.47 %
        """)
    #expect(top.json().hasPrefix(#"[{"class": 1, "name": "b", "score": 2.0, "probability": 0.665"#))
    let rows = try Tensor([0.25, 0.75, 1, 0] as [Float], dimensions: [2, 2])
    let both = try #require(try TopScores(rows, count: 1, nil))
    #expect(both.text("p") == "p[0]\n  1  75.00 %\np[1]\n  0  100.00 %")
    #expect(try TopScores(Tensor(Float(1)), count: 3, nil) == nil)
    let odd = try #require(try TopScores(Tensor([.nan, 1, .infinity] as [Float]), count: 9, nil))
    #expect(odd.rows[0].map(\.number) == [2, 1, 0])
  }

  @Test func resultsAreWrittenWholeOrNotAtAll() throws {
    let folder = try Folder()
    let path = try folder.file("out.png", [1, 2, 3])
    let file = try #require(try ResultFile.all(["picture=\(path)"]).first)
    let wrong = try Tensor(zeros: .float32, dimensions: [2, 4, 4, 3])
    #expect(throws: TensorError.self) { try file.write(wrong) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
    #expect(folder.names == ["out.png"])
    try file.write(Tensor(repeating: Float(0.2), dimensions: [1, 2, 2, 3]))
    #expect(try Image(contentsOf: path).pixels == [UInt8](repeating: 51, count: 12))
    #expect(throws: GraphError.self) { try ResultFile.all(["picture=out.gif"]) }
  }

  @Test func picturesOnTheWayStandInAStrip() throws {
    let folder = try Folder()
    var series = PictureSeries(ResultFile(name: "picture", path: folder.path + "/out.png"))
    for step in 1...70 {
      let shade = Float(step) / 100
      try series.add(Tensor(repeating: shade, dimensions: [1, 4, 4, 3]), step: step * 20)
    }
    try series.finish()
    #expect(folder.names.count == 71)
    #expect(folder.names.contains("out-000020.png"))
    #expect(folder.names.contains("out-001400.png"))
    // Beyond 64 pictures every second one.
    let strip = try Image(contentsOf: folder.path + "/out-strip.png")
    #expect(strip.width == 920)
    #expect(strip.height == 656)
  }
}
