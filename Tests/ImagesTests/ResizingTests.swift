import GraphIR
import Images
import Tensors
import Testing

/// Sizes and crops; the expected pixels are Pillow's.
@Suite struct ResizingTests {
  private static func ramp() throws -> Image {
    var pixels: [UInt8] = []
    for place in 0..<35 { pixels.append(UInt8((place * 37 + place * place % 91) % 256)) }
    return try Image(width: 7, height: 5, channels: 1, pixels: pixels)
  }

  @Test(
    arguments: [
      (
        .nearest, [38, 120, 210, 104, 123, 241, 75, 150, 233, 71, 174, 29],
        [
          0, 38, 38, 78, 120, 164, 210, 210, 2, 52, 104, 104, 158, 123, 181, 241, 241, 47, 20, 86,
          86, 154, 133, 205, 23, 23, 8, 20, 86, 86, 154, 133, 205, 23, 23, 8, 86, 75, 75, 157, 150,
          236, 233, 233, 232, 68, 71, 71, 167, 174, 183, 29, 29, 42,
        ]
      ),
      (
        .box, [19, 121, 106, 66, 159, 80, 81, 181, 233, 70, 175, 36],
        [
          0, 38, 38, 78, 120, 164, 210, 210, 2, 52, 104, 104, 158, 123, 181, 241, 241, 47, 20, 86,
          86, 154, 133, 205, 23, 23, 8, 20, 86, 86, 154, 133, 205, 23, 23, 8, 86, 75, 75, 157, 150,
          236, 233, 233, 232, 68, 71, 71, 167, 174, 183, 29, 29, 42,
        ]
      ),
      (
        .bilinear, [49, 129, 134, 89, 149, 116, 88, 161, 160, 92, 163, 109],
        [
          0, 25, 56, 87, 120, 154, 190, 141, 2, 39, 72, 110, 134, 122, 165, 208, 167, 36, 33, 74,
          121, 149, 129, 180, 150, 84, 24, 48, 70, 114, 152, 140, 201, 158, 108, 101, 82, 77, 112,
          159, 156, 208, 200, 183, 185, 68, 70, 114, 169, 174, 181, 97, 33, 42,
        ]
      ),
      (
        .bicubic, [41, 134, 136, 86, 158, 107, 83, 169, 164, 89, 173, 104],
        [
          0, 21, 53, 85, 120, 154, 206, 145, 0, 41, 71, 117, 139, 122, 161, 235, 187, 32, 28, 71,
          130, 157, 128, 188, 148, 61, 5, 43, 64, 116, 156, 139, 215, 157, 93, 104, 88, 72, 110,
          164, 156, 216, 216, 201, 206, 67, 63, 112, 175, 175, 191, 90, 14, 36,
        ]
      ),
      (
        .lanczos, [36, 141, 146, 82, 165, 96, 77, 172, 165, 88, 176, 114],
        [
          0, 19, 54, 83, 120, 148, 221, 135, 0, 42, 67, 120, 136, 122, 150, 255, 191, 33, 27, 69,
          146, 159, 128, 187, 150, 39, 0, 41, 57, 119, 149, 138, 221, 165, 92, 115, 91, 70, 111,
          164, 158, 214, 223, 203, 207, 68, 59, 114, 177, 175, 195, 87, 3, 33,
        ]
      ),
    ] as [(ImagePreparation.Filter, [UInt8], [UInt8])])
  func filters(
    _ filter: ImagePreparation.Filter, _ small: [UInt8], _ large: [UInt8]
  ) throws {
    let image = try Self.ramp()
    #expect(try image.resized(width: 3, height: 4, filter: filter).pixels == small)
    #expect(try image.resized(width: 9, height: 6, filter: filter).pixels == large)
  }

  @Test func channelsAreResizedEachAlone() throws {
    let grey = try Self.ramp()
    let colours = try Image(
      width: 7, height: 5, channels: 3,
      pixels: grey.pixels.flatMap { [$0, 255 - $0, 9] as [UInt8] })
    let small = try colours.resized(width: 4, height: 3)
    let alone = try grey.resized(width: 4, height: 3)
    for (number, pixel) in alone.pixels.enumerated() {
      #expect(small.pixels[3 * number] == pixel)
      #expect(abs(Int(small.pixels[3 * number + 1]) - (255 - Int(pixel))) <= 1)
      #expect(small.pixels[3 * number + 2] == 9)
    }
  }

  @Test func sizesThatCannotBeAreToldOf() throws {
    let image = try Self.ramp()
    for (width, height) in [(0, 4), (4, -1), (70_000, 1), (60_000, 60_000)] {
      #expect(throws: TensorError.self) { try image.resized(width: width, height: height) }
    }
    #expect(throws: TensorError.self) { try image.centerCropped(width: 8, height: 2) }
  }

  @Test func theMiddleIsKept() throws {
    let image = try Image(width: 5, height: 2, channels: 1, pixels: Array(0..<10))
    #expect(try image.centerCropped(width: 2, height: 1).pixels == [1, 2])
    #expect(try image.centerCropped(width: 3, height: 2).pixels == [1, 2, 3, 6, 7, 8])
  }
}

/// Pictures as placeholders take them, and back.
@Suite struct PreparingTests {
  private let any = TensorType(.float32, [nil, nil, nil, 3])

  private func image(_ width: Int, _ height: Int, _ channels: Int = 3) throws -> Image {
    try Image(
      width: width, height: height, channels: channels,
      pixels: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0) })
  }

  private func sizes(
    _ width: Int, _ height: Int, _ type: TensorType, _ preparation: ImagePreparation
  ) throws -> [Int] {
    try image(width, height).tensor(for: type, preparedBy: preparation).dimensions
  }

  @Test func sizes() throws {
    #expect(try sizes(8, 4, any, ImagePreparation()) == [1, 4, 8, 3])
    #expect(try sizes(9, 4, any, ImagePreparation(size: 2)) == [1, 2, 4, 3])
    #expect(try sizes(4, 9, any, ImagePreparation(size: 2)) == [1, 4, 2, 3])
    #expect(try sizes(9, 4, any, ImagePreparation(size: 3, crop: .center)) == [1, 3, 3, 3])
    #expect(try sizes(9, 4, any, ImagePreparation(size: [5, 3])) == [1, 5, 3, 3])
    #expect(
      try sizes(9, 4, any, ImagePreparation(size: [5, 3], crop: .center)) == [1, 5, 3, 3])
    #expect(
      try sizes(9, 4, TensorType(.float32, [nil, 6, 6, 3]), ImagePreparation()) == [1, 6, 6, 3])
    #expect(try sizes(9, 4, TensorType(.float32, [nil, nil, 3]), ImagePreparation()) == [4, 9, 3])
    #expect(try sizes(9, 4, TensorType(.float32, [nil, nil]), ImagePreparation()) == [4, 9])
    #expect(try sizes(1, 1, any, ImagePreparation(size: 5)) == [1, 5, 5, 3])
    #expect(throws: TensorError.self) {
      try self.sizes(9, 4, TensorType(.float32, [nil, 6, 6, 3]), ImagePreparation(size: 4))
    }
  }

  @Test func numbers() throws {
    let image = try Image(width: 1, height: 1, channels: 3, pixels: [0, 51, 255])
    func numbers(_ preparation: ImagePreparation) throws -> [Float] {
      try image.tensor(for: any, preparedBy: preparation).elements(as: Float.self)
    }
    #expect(try numbers(ImagePreparation()) == [0, 0.2, 1])
    #expect(try numbers(ImagePreparation(inverted: true)) == [1, 0.8, 0])
    #expect(try numbers(ImagePreparation(mean: [0.5], deviation: [0.5])) == [-1, -0.6, 1])
    #expect(
      try numbers(ImagePreparation(mean: [0, 0.2, 0.5], deviation: [1, 1, 0.25])) == [0, 0, 2])
    let grey = try image.tensor(for: TensorType(.uint8, [nil, nil, nil, 1]))
    // 51 · 0.587 + 255 · 0.114
    #expect(try grey.elements(as: UInt8.self) == [59])
    let integers = try image.tensor(
      for: TensorType(.int32, [1, 1, 1, 3]), preparedBy: ImagePreparation(inverted: true))
    #expect(try integers.elements(as: Int32.self) == [255, 204, 0])
  }

  @Test func whatCannotBePreparedIsToldOf() throws {
    func message(_ type: TensorType, _ preparation: ImagePreparation) -> String {
      told { try image(4, 4).tensor(for: type, preparedBy: preparation) }
    }
    #expect(message(TensorType(.string, .unknown), .init()).hasPrefix("pictures are numbers"))
    #expect(message(TensorType(.float32), .init()).hasPrefix("a picture has rows, columns"))
    #expect(message(TensorType(.float32, [nil, 4, 4, 2]), .init()).contains("1 channel or 3"))
    #expect(message(any, .init(channels: 1)).hasPrefix("channels: 1 does not fit"))
    #expect(message(any, .init(mean: [1, 2])).hasPrefix("mean: one number or one for each of 3"))
    #expect(message(any, .init(deviation: [0])).hasPrefix("deviation: "))
    #expect(message(any, .init(size: 0)).hasPrefix("size: a side has 1 to 65535 pixels"))
    #expect(message(any, .init(size: 70_000)).hasPrefix("size: a side has 1 to 65535 pixels"))
    #expect(
      message(TensorType(.uint8, [nil, nil, nil, 3]), .init(mean: [0.5])).hasPrefix("mean: "))
    let narrow = told { try image(1, 2_000).tensor(for: any, preparedBy: .init(size: 60_000)) }
    #expect(narrow.contains("cannot become"))
  }

  // MARK: Back

  @Test func tensorsBecomePictures() throws {
    let numbers = try Tensor([-1, 0, 0.5, 1, 2, .infinity] as [Float], dimensions: [1, 1, 2, 3])
    let image = try Image(numbers)
    #expect(image.width == 2)
    #expect(image.pixels == [0, 0, 128, 255, 255, 255])
    #expect(try Image(Tensor([1, 2, 3, 4, 5, 6] as [UInt8], dimensions: [2, 3])).channels == 1)
    let grey = try Image(Tensor(repeating: 0.5, dimensions: [1, 5, 7]))
    #expect([grey.height, grey.width, grey.channels] == [5, 7, 1])
    for wrong in [
      try Tensor(zeros: .float32, dimensions: [3]),
      try Tensor(zeros: .float32, dimensions: [2, 4, 4, 3]),
      try Tensor(zeros: .float32, dimensions: [4, 4, 5]),
      try Tensor(zeros: .float32, dimensions: [0, 4, 3]),
      try Tensor(zeros: .int32, dimensions: [4, 4, 3]),
      try Tensor(repeating: Float.nan, dimensions: [4, 4, 3]),
    ] {
      #expect(throws: TensorError.self) { try Image(wrong) }
    }
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let image = try image(9, 5)
    let tensor = try image.tensor(for: any)
    #expect(try Image(tensor) == image)
    #expect(told { try image.write(to: "/tmp/x.gif") }.contains("written as .png, .jpg or .jpeg"))
  }

  @Test func stripsHoldTheirPictures() throws {
    let frames = try (0..<5).map { number in
      try Image(
        width: 10, height: 20, channels: 1,
        pixels: [UInt8](repeating: UInt8(number * 50), count: 200))
    }
    let strip = try Image(strip: frames, height: 10, columns: 3)
    #expect([strip.width, strip.height, strip.channels] == [3 * 5 + 8, 24, 3])
    #expect(strip.pixels[0] == 0)
    #expect(strip.pixels[(14 * strip.width + 9) * 3] == 200)
    #expect(throws: TensorError.self) { try Image(strip: []) }
  }
}
