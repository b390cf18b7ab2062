import Images
import Testing

@Suite struct ImageTests {
  @Test func pixelsMustBeAsManyAsTheSizesSay() {
    #expect(throws: (any Error).self) {
      try Image(width: 2, height: 2, channels: 3, pixels: [UInt8](repeating: 0, count: 11))
    }
    #expect(throws: (any Error).self) { try Image(width: 0, height: 2, channels: 3, pixels: []) }
    #expect(throws: (any Error).self) {
      try Image(width: .max, height: .max, channels: 4, pixels: [0])
    }
  }

  @Test func writtenBytesAreThoseOfPNG() throws {
    let image = try Image(width: 2, height: 1, channels: 3, pixels: [255, 0, 0, 0, 0, 255])
    let bytes = try image.pngBytes()
    #expect(bytes.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
  }
}
