import CTurboJPEG
import Foundation
import GraphIR
import Images
import Tensors
import Testing

/// What is read from PNG and JPEG files of every kind, and what is said of damaged ones.
@Suite struct ReadingTests {
  // MARK: PNG

  @Test func coloursComeAsTheyAre() throws {
    let pixels = [UInt8](stride(from: 0, to: 240, by: 10))
    let image = try Image(width: 4, height: 2, channels: 3, pixels: pixels)
    #expect(try Image(bytes: image.pngBytes()) == image)
    let grey = try Image(width: 6, height: 4, channels: 1, pixels: pixels)
    #expect(try Image(bytes: grey.pngBytes()) == grey)
  }

  @Test func numbersOf16BitsAreRounded() throws {
    // 0x80FF is 128.996 of 255, were it 8 bits.
    let file = PNGFile(
      width: 2, height: 1, depth: 16, kind: 0, rows: [[0x80, 0xFF, 0xFF, 0xFF]])
    #expect(try Image(bytes: file.bytes).pixels == [128, 255])
    let colours = PNGFile(
      width: 1, height: 1, depth: 16, kind: 2, rows: [[0x20, 0x20, 0x40, 0x40, 0xC0, 0xC0]])
    #expect(try Image(bytes: colours.bytes).pixels == [0x20, 0x40, 0xC0])
  }

  @Test func palettesAreResolved() throws {
    let file = PNGFile(
      width: 3, height: 1, depth: 2, kind: 3, rows: [[0b01_00_10_00]],
      chunks: [("PLTE", [1, 2, 3, 40, 50, 60, 255, 254, 253])])
    let image = try Image(bytes: file.bytes)
    #expect(image.channels == 3)
    #expect(image.pixels == [40, 50, 60, 1, 2, 3, 255, 254, 253])
  }

  @Test func alphaIsLaidOntoWhite() throws {
    let image = try Image(
      width: 3, height: 1, channels: 4, pixels: [0, 10, 200, 0, 0, 10, 200, 255, 0, 10, 200, 51])
    let seen = try Image(bytes: image.pngBytes())
    #expect(seen.channels == 3)
    // A fifth of the colour and four fifths of white.
    #expect(seen.pixels == [255, 255, 255, 0, 10, 200, 204, 206, 244])
    let grey = try Image(width: 2, height: 1, channels: 2, pixels: [100, 0, 100, 255])
    #expect(try Image(bytes: grey.pngBytes()).pixels == [255, 100])
  }

  @Test func pngsAreTurnedAsEXIFSays() throws {
    let file = PNGFile(
      width: 2, height: 1, kind: 0, rows: [[7, 9]], chunks: [("eXIf", exifBlock(orientation: 6))])
    let image = try Image(bytes: file.bytes)
    #expect(image.width == 1)
    #expect(image.pixels == [7, 9])
  }

  // MARK: JPEG

  /// A picture whose four quarters are told apart after any loss.
  private static func quarters() throws -> Image {
    var pixels: [UInt8] = []
    for row in 0..<16 {
      for column in 0..<32 { pixels.append(UInt8(80 * (row / 8 * 2 + column / 16))) }
    }
    return try Image(width: 32, height: 16, channels: 1, pixels: pixels)
  }

  private func corners(_ image: Image) -> [Int] {
    let (right, last) = (image.width - 1, (image.height - 1) * image.width)
    return [0, right, last, last + right].map { place in
      let value = Int(image.pixels[place * image.channels])
      return (value + 40) / 80
    }
  }

  @Test(
    arguments: [
      (1, [0, 1, 2, 3]), (2, [1, 0, 3, 2]), (3, [3, 2, 1, 0]), (4, [2, 3, 0, 1]),
      (5, [0, 2, 1, 3]), (6, [2, 0, 3, 1]), (7, [3, 1, 2, 0]), (8, [1, 3, 0, 2]),
      (0, [0, 1, 2, 3]), (9, [0, 1, 2, 3]),
    ] as [(UInt8, [Int])])
  func jpegsAreTurnedAsEXIFSays(_ orientation: UInt8, _ expected: [Int]) throws {
    let bytes = withEXIF(try Self.quarters().jpegBytes(), orientation: orientation)
    let image = try Image(bytes: bytes)
    #expect(image.width == (5...8 ~= orientation ? 16 : 32))
    #expect(image.channels == 1)
    #expect(corners(image) == expected)
  }

  @Test func coloursOfJPEGsAreNear() throws {
    var pixels: [UInt8] = []
    for place in 0..<64 * 64 { pixels += [UInt8(place % 64 * 4), UInt8(place / 64 * 4), 128] }
    let image = try Image(width: 64, height: 64, channels: 3, pixels: pixels)
    let again = try Image(bytes: image.jpegBytes(quality: 95))
    #expect(again.channels == 3)
    let largest = zip(again.pixels, pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(largest! < 16)
  }

  @Test func inksBecomeColours() throws {
    // As Adobe's programs store them: 255 for no ink.
    let inks = (0..<256).flatMap { _ in [255, 0, 128, 200] as [UInt8] }
    let encoder = tjInitCompress()
    defer { tjDestroy(encoder) }
    var memory: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    tjCompress2(
      encoder, inks, 16, 0, 16, Int32(TJPF_CMYK.rawValue), &memory, &count,
      Int32(TJSAMP_444.rawValue), 100, 0)
    defer { tjFree(memory) }
    let image = try Image(bytes: Array(UnsafeBufferPointer(start: memory, count: Int(count))))
    #expect(image.channels == 3)
    for (value, expected) in zip(image.pixels.prefix(3), [200, 0, 100]) {
      #expect(abs(Int(value) - expected) <= 2)
    }
  }

  // MARK: What is wrong

  @Test func damagedFilesAreToldOf() throws {
    let jpeg = try Self.quarters().jpegBytes()
    let half = Array(jpeg.prefix(jpeg.count - 20))
    #expect(told { try Image(bytes: half) } == "JPEG: the file ends too early")
    #expect(told { try Image(bytes: Array(jpeg.prefix(3))) } == "JPEG: the file ends too early")
    let png = try Self.quarters().pngBytes()
    #expect(told { try Image(bytes: Array(png.prefix(png.count / 2))) }.hasPrefix("PNG: "))
    #expect(told { try Image(bytes: Array(png.prefix(8))) }.hasPrefix("PNG: "))
    #expect(told { try Image(bytes: []) } == "the file is empty")
    #expect(
      told { try Image(bytes: Array("Hello, world\n".utf8)) }
        == "this is neither a PNG nor a JPEG file, but text that begins with 'Hello, world '")
    #expect(
      told { try Image(bytes: Array("GIF89a".utf8) + [1, 0]) }
        == "this is a GIF file; pictures are read from PNG and JPEG files")
    #expect(
      told { try Image(bytes: [0, 1, 2, 3]) } == "this is neither a PNG nor a JPEG file")
    #expect(
      told { try Image(contentsOf: "missing.png") }
        == "cannot read 'missing.png': No such file or directory")
  }

  @Test func everyPrefixAndEveryChangedByteIsReadOrToldOf() throws {
    let files = [
      try Self.quarters().pngBytes(), withEXIF(try Self.quarters().jpegBytes(), orientation: 6),
    ]
    var random = SystemRandomNumberGenerator()
    for bytes in files {
      for length in 0..<bytes.count { _ = try? Image(bytes: Array(bytes.prefix(length))) }
      for position in 0..<bytes.count {
        var changed = bytes
        changed[position] = UInt8.random(in: 0...255, using: &random)
        if let image = try? Image(bytes: changed) {
          #expect(image.pixels.count == image.width * image.height * image.channels)
        }
      }
    }
  }

  @Test func sidesAreCheckedBeforeMemoryIsTaken() throws {
    let large = PNGFile(width: 20_000, height: 20_000, rows: [[]])
    #expect(
      told { try Image(bytes: large.bytes) }
        == "the picture has 20000×20000 pixels; the limit is 134217728 of them")
    // What the header promises cannot be in so few bytes.
    let hollow = PNGFile(width: 11_000, height: 11_000, rows: [[]])
    #expect(
      told { try Image(bytes: hollow.bytes) }
        == "PNG: the file is too short for 11000×11000 pixels")
  }

  @Test func aLargeJPEGIsDecodedSmaller() throws {
    let side = 6_000
    let image = try Image(
      width: side, height: side, channels: 1,
      pixels: [UInt8](unsafeUninitializedCapacity: side * side) { buffer, count in
        for place in 0..<side * side { buffer[place] = UInt8(place / side * 255 / side) }
        count = side * side
      })
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("staticgraph-\(UUID()).jpg").path
    try image.writeJPEG(to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var limits = ImageLimits()
    limits.pixelCount = 1 << 24
    #expect(
      told { try Image(contentsOf: path, limits: limits) }
        == "'\(path)': the picture has 6000×6000 pixels; the limit is 16777216 of them")
    limits.reducedPixelCount = 1 << 20
    let tensor = try Image.tensor(
      contentsOf: path, for: TensorType(.float32, [nil, nil, nil, 1]),
      preparedBy: ImagePreparation(size: 200), limits: limits)
    #expect(tensor.dimensions == [1, 200, 200, 1])
    let rows = try tensor.elements(as: Float.self)
    for row in [20, 100, 180] {
      #expect(abs(rows[row * 200 + 50] - Float(row) / 200) < 0.01)
    }
  }
}
