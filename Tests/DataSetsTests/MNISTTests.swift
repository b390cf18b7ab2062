import Tensors
import Testing

@testable import DataSets

@Suite("MNIST files")
struct MNISTTests {
  private func read(images: [UInt8], labels: [UInt8]) throws -> Examples {
    try withTemporaryFolder { folder in
      try write(images, to: folder + "/images")
      try write(labels, to: folder + "/labels")
      return try Examples(mnistImages: folder + "/images", labels: folder + "/labels")
    }
  }

  @Test("Images get a channel, and labels become Int32")
  func reading() throws {
    let examples = try read(images: mnistImages(count: 12), labels: gzip(mnistLabels(count: 12)))
    #expect(examples.count == 12)
    #expect(examples.imageSizes == [28, 28, 1])
    #expect(examples.labels == Tensor((0..<12).map { Int32($0 % 10) }))
    #expect(examples.subtractedMean == nil)
  }

  @Test("Files that do not fit together are refused with both counts")
  func counts() throws {
    let text = message {
      try read(images: mnistImages(count: 3), labels: mnistLabels(count: 4))
    }
    #expect(text.contains("/images' holds 3 images"))
    #expect(text.contains("/labels' holds 4 labels"))
    #expect(
      message { try read(images: mnistImages(count: 0), labels: mnistLabels(count: 0)) }
        .contains("at least one"))
  }

  @Test("Arrays of another kind are refused")
  func kinds() throws {
    let labels = mnistLabels(count: 1)
    #expect(
      message { try read(images: labels, labels: labels) }
        .hasSuffix("images of type UInt8[?, 28, 28] were expected, found UInt8[1]"))
    let small = idx([1, 2, 2], [0, 0, 0, 0])
    #expect(
      message { try read(images: small, labels: labels) }.hasSuffix("found UInt8[1, 2, 2]"))
    let images = mnistImages(count: 1)
    #expect(
      message { try read(images: images, labels: images) }
        .hasSuffix("labels of type UInt8[?] were expected, found UInt8[1, 28, 28]"))
    let wide = idx(type: 0x0B, [1], [0, 1])
    #expect(message { try read(images: images, labels: wide) }.hasSuffix("found Int16[1]"))
  }

  @Test("A label beyond 9 is refused with its place")
  func labels() throws {
    let text = message {
      try read(images: mnistImages(count: 3), labels: idx([3], [9, 0, 10]))
    }
    #expect(
      text.hasSuffix(
        "/labels': a label of 0 through 9 was expected at byte 10 (label 2), found 10"))
  }
}
