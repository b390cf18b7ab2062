import Foundation
import Tensors
import Testing

@testable import DataSets

@Suite("Folders of images by class")
struct ImageFolderTests {
  /// Reads "images" whose pixels all are the file's first byte.
  private struct Reader: ImageFileReading {
    func pixels(of path: String, height: Int?, width: Int?, channels: Int?) throws -> Tensor {
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      guard let byte = bytes.first else { throw TensorError("'\(path)' is empty") }
      let sizes = [height ?? 2, width ?? 3, channels ?? 1]
      return try Tensor([UInt8](repeating: byte, count: sizes.reduce(1, *)), dimensions: sizes)
    }
  }

  private func put(_ byte: UInt8?, _ path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(byte.map { [$0] } ?? [], to: path)
  }

  @Test("Classes are the folders in order, and files that are no images are left out")
  func classes() throws {
    try withTemporaryFolder { folder in
      try put(20, "\(folder)/dog/a.png")
      try put(10, "\(folder)/cat/b.JPG")
      try put(11, "\(folder)/cat/a.jpeg")
      try put(1, "\(folder)/cat/notes.txt")
      try put(1, "\(folder)/.hidden/a.png")
      try put(1, "\(folder)/a.png")
      let data = try DataSet.at(folder, imageReader: Reader(), imageSizes: (4, nil, 3))
      #expect(data.classNames == ["cat", "dog"])
      #expect(data.training.imageSizes == [4, 3, 3])
      let batch = try #require(try data.training.batches(size: 2).map { $0 }.first)
      #expect(batch.labelNumbers == [0, 0])
      #expect(try batch.images.elements(as: Float.self)[0] == 10 / 255)
      #expect(try data.test.batches(size: 1).flatMap(\.labelNumbers) == [1])
    }
  }

  @Test("A folder may have a part for tests, whose classes are those of the training")
  func parts() throws {
    try withTemporaryFolder { folder in
      try put(1, "\(folder)/train/a/1.png")
      try put(2, "\(folder)/train/b/1.png")
      try put(3, "\(folder)/val/b/1.png")
      let error = message { try DataSet.at(folder, imageReader: Reader()) }
      #expect(error.contains("\(folder)/val/a"))
      try put(4, "\(folder)/val/a/1.png")
      let data = try DataSet.at(folder, imageReader: Reader())
      #expect(data.training.count == 2 && data.test.count == 2)
      #expect(try data.test.batches(size: 2).flatMap(\.labelNumbers) == [0, 1])
      try put(nil, "\(folder)/val/a/2.png")
      #expect(message { try DataSet.at(folder, imageReader: Reader()) }.contains("2.png"))
    }
  }

  @Test("A folder without images is refused")
  func nothing() throws {
    try withTemporaryFolder { folder in
      #expect(
        message { try DataSet.at(folder, imageReader: Reader()) }.contains("found no folder"))
      try put(1, "\(folder)/a/x.gif")
      #expect(
        message { try DataSet.at(folder, imageReader: Reader()) }
          .contains("1 folders without such files"))
    }
  }
}
