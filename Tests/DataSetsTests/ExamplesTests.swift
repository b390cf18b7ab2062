import Tensors
import Testing

@testable import DataSets

@Suite("Examples")
struct ExamplesTests {
  @Test("A prefix is a part, whatever its length")
  func prefix() throws {
    let examples = try numberedExamples(5)
    #expect(examples.prefix(3).count == 3)
    #expect(examples.prefix(9).count == 5)
    #expect(examples.prefix(-1).count == 0)
    #expect(examples.prefix(3).prefix(4).count == 3)
    let batches = try examples.prefix(3).batches(size: 2)
    #expect(batches.map(\.labelNumbers) == [[0, 1], [2]])
  }

  @Test("The mean image is that of the pixels divided by 255")
  func mean() throws {
    let pixels: [UInt8] = [255, 0, 255, 51, 0, 102]
    let examples = try Examples(
      pixels: Tensor(pixels, dimensions: [3, 1, 2]), labels: Tensor([0, 1, 2]))
    let mean = try examples.meanImage()
    #expect(try mean == Tensor([2 / 3, 0.2] as [Float], dimensions: [1, 2]))
    #expect(try examples.prefix(1).meanImage().elements(as: Float.self) == [1, 0])
    let centered = try examples.subtracting(mean)
    #expect(centered.subtractedMean == mean)
    // The mean is that of all three, whatever the prefix.
    let batches = try centered.prefix(1).batches(size: 5)
    let images = try batches.map { try $0.images.elements(as: Float.self) }
    #expect(images == [[1 - 2 / 3 as Float, 0 - 0.2 as Float]])
  }

  @Test("What does not fit together is refused")
  func errors() throws {
    let pixels = try Tensor(zeros: .uint8, dimensions: [2, 3])
    #expect(
      message { try Examples(pixels: pixels, labels: Tensor([1])) }.contains(
        "found 2 images and 1 labels"))
    #expect(
      message { try Examples(pixels: Tensor([1.5, 2]), labels: Tensor([1, 2])) }
        .contains("found Float64[2]"))
    #expect(
      message { try Examples(pixels: pixels, labels: Tensor([1.5, 2])) }
        .contains("found Float64[2]"))
    #expect(
      message { try Examples(pixels: pixels, labels: Tensor([1, -2])) }
        .contains("found -2 at index 1"))
    #expect(
      message { try Examples(pixels: pixels, labels: Tensor([UInt32.max, 0])) }
        .contains("found 4294967295 at index 0"))
    #expect(throws: TensorError.self) {
      try Examples(pixels: pixels, labels: Tensor([UInt64.max, 0]))
    }
    #expect(
      message {
        try Examples(pixels: Tensor(zeros: .uint8, dimensions: [2, 0]), labels: Tensor([1, 2]))
      }.contains("found sizes [2, 0]"))
    let examples = try Examples(pixels: pixels, labels: Tensor([1, 2]))
    #expect(
      message { try examples.subtracting(Tensor([1, 2] as [Float])) }
        == "a mean image of type Float32[3] was expected, found Float32[2]")
    #expect(message { try examples.prefix(0).meanImage() }.contains("no images"))
  }
}
