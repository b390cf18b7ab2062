import Charts
import Images
import Tensors
import Testing

@Suite struct ConvolutionFiltersTests {
  private func weights(_ sizes: [Int], _ value: (Int, Int, Int, Int) -> Float) throws -> Tensor {
    var numbers: [Float] = []
    for row in 0..<sizes[0] {
      for column in 0..<sizes[1] {
        for channel in 0..<sizes[2] {
          for feature in 0..<sizes[3] { numbers.append(value(row, column, channel, feature)) }
        }
      }
    }
    return try Tensor(numbers, dimensions: sizes)
  }

  private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [UInt8] {
    Array(image.pixels[((y * image.width + x) * 3)...].prefix(3))
  }

  @Test func rowsAreFeaturesAndColumnsAreChannels() throws {
    // Only the weight at row 1, column 0 of feature 2, channel 1 is large.
    let kernel = try weights([2, 2, 2, 3]) { row, column, channel, feature in
      row == 1 && column == 0 && channel == 1 && feature == 2 ? 1 : 0
    }
    let image = try visualizeConvolutionWeights(kernel, labels: false, magnification: 4)
    // Cells of 8 pixels, and a pixel between them.
    #expect(image.width == 1 + 2 * 9 && image.height == 1 + 3 * 9)
    let (x, y) = (1 + 9, 1 + 2 * 9)
    #expect(pixel(image, x + 1, y + 5) == [255, 255, 255])
    #expect(pixel(image, x + 5, y + 5) == [0, 0, 0])
    #expect(pixel(image, x + 1, y + 1) == [0, 0, 0])
    // Where all weights are the same, they are grey.
    #expect(pixel(image, 3, 3) == [128, 128, 128])
  }

  @Test func threeChannelsAreColors() throws {
    let kernel = try weights([1, 1, 3, 2]) { _, _, channel, feature in
      channel == feature ? 1 : 0
    }
    let image = try visualizeConvolutionWeights(kernel, labels: false, magnification: 4)
    #expect(pixel(image, 2, 2) == [255, 0, 0])
    #expect(pixel(image, 2 + 5, 2) == [0, 255, 0])
    let grey = try visualizeConvolutionWeights(
      kernel, inColor: false, labels: false, magnification: 4)
    #expect(grey.width == 1 + 3 * 5 && grey.height == 1 + 2 * 5)
  }

  @Test func shadesAreOfEachFilterOrOfAll() throws {
    let kernel = try weights([1, 2, 1, 2]) { _, column, _, feature in
      Float(column * 2 - 1) * (feature == 0 ? 1 : 0.5)
    }
    func shades(_ scaling: FilterScaling) throws -> [UInt8] {
      let image = try visualizeConvolutionWeights(
        kernel, scaling: scaling, labels: false, magnification: 2)
      return [
        pixel(image, 1, 1)[0], pixel(image, 3, 1)[0], pixel(image, 6, 1)[0], pixel(image, 8, 1)[0],
      ]
    }
    #expect(try shades(.each) == [0, 255, 0, 255])
    #expect(try shades(.together) == [0, 255, 64, 191])
  }

  @Test func labelsTakeRoom() throws {
    let kernel = try weights([7, 7, 1, 32]) { row, column, _, feature in
      Float((row * 7 + column) * feature % 13)
    }
    let plain = try visualizeConvolutionWeights(kernel, labels: false)
    let labelled = try visualizeConvolutionWeights(kernel)
    #expect(labelled.height > plain.height && labelled.width > plain.width)
    #expect(labelled.pixels.contains(0x5B))
  }

  @Test func otherTensorsAreRejected() throws {
    #expect(throws: TensorError.self) {
      try visualizeConvolutionWeights(Tensor([1, 2, 3] as [Float]))
    }
    #expect(throws: TensorError.self) {
      try visualizeConvolutionWeights(Tensor(zeros: .float32, dimensions: [3, 3, 0, 4]))
    }
    #expect(throws: TensorError.self) {
      try visualizeConvolutionWeights(
        Tensor(zeros: .float32, dimensions: [1, 1, 4096, 4096]), magnification: 100)
    }
    let odd = try Tensor([.nan, 1e38, -3e38, .infinity] as [Float], dimensions: [2, 2, 1, 1])
    _ = try visualizeConvolutionWeights(odd, scaling: .together)
  }
}
