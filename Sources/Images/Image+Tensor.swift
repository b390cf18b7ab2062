import Tensors

extension Image {
  /// The picture that a tensor holds.
  ///
  /// - Parameter tensor: `[height, width]` for grey, `[height, width, channels]` with 1 to 4
  ///   channels, or either with a 1 before it. Floating-point numbers go from 0 for black to 1 and
  ///   are clamped to that; `UInt8` goes to 255.
  /// - Throws: `TensorError` for any other type or shape, and where a number is NaN.
  public init(_ tensor: Tensor) throws {
    var sizes = tensor.dimensions
    if sizes.count == 4, sizes[0] == 1 { sizes.removeFirst() }
    if sizes.count == 3, sizes[0] == 1, !(1...4 ~= sizes[2]) { sizes.removeFirst() }
    guard sizes.count == 2 || sizes.count == 3 && 1...4 ~= sizes[2] else {
      throw TensorError(
        "a picture is [height, width] or [height, width, channels] with 1 to 4 channels, perhaps"
          + " with a 1 before it, but this is \(tensor.type)")
    }
    guard tensor.dataType == .uint8 || tensor.dataType.isFloatingPoint else {
      throw TensorError(
        "a picture has floating-point numbers from 0 to 1, or UInt8, but this is \(tensor.type)")
    }
    try self.init(
      width: sizes[1], height: sizes[0], channels: sizes.count == 3 ? sizes[2] : 1,
      pixels: tensor.dataType == .uint8
        ? tensor.elements(as: UInt8.self) : Self.pixels(tensor.converted(to: .float32)))
  }

  private static func pixels(_ tensor: Tensor) throws -> [UInt8] {
    try tensor.withUnsafeBytes { bytes in
      let numbers = bytes.bindMemory(to: Float.self)
      guard !numbers.contains(where: \.isNaN) else {
        throw TensorError("the picture holds numbers that are NaN")
      }
      return numbers.map { UInt8((min(1, max(0, $0)) * 255).rounded()) }
    }
  }

  /// Pictures beside one another in rows, such as those of the way to a result.
  ///
  /// - Parameters:
  ///   - frames: The pictures, at least one; each is brought to the height of a row.
  ///   - height: The height of a row.
  ///   - columns: How many pictures a row has at most.
  /// - Throws: `TensorError` when there is no picture, or the strip would be too large.
  public init(strip frames: [Image], height: Int = 128, columns: Int = 8) throws {
    guard let first = frames.first, columns > 0, height > 0 else {
      throw TensorError("a strip has at least one picture")
    }
    let space = 4
    let width = max(1, Int((Double(first.width) * Double(height) / Double(first.height)).rounded()))
    // Rows are as full as one another.
    let rows = (frames.count + columns - 1) / columns
    let columns = (frames.count + rows - 1) / rows
    let total = (width: columns * (width + space) - space, height: rows * (height + space) - space)
    try Self.check(width: total.width, height: total.height, ImageLimits())
    var pixels = [UInt8](repeating: 255, count: total.width * total.height * 3)
    for (number, frame) in frames.enumerated() {
      let small = try frame.withChannels(3).resized(width: width, height: height, filter: .lanczos)
      let (left, top) = (number % columns * (width + space), number / columns * (height + space))
      for row in 0..<height {
        let start = ((top + row) * total.width + left) * 3
        pixels.replaceSubrange(
          start..<start + width * 3, with: small.pixels[row * width * 3..<(row + 1) * width * 3])
      }
    }
    try self.init(width: total.width, height: total.height, channels: 3, pixels: pixels)
  }
}
