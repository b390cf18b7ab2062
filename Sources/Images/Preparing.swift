import GraphIR
import Tensors

extension Image {
  /// The picture of a file as what a placeholder takes.
  ///
  /// ```swift
  /// let image = try Image.tensor(
  ///   contentsOf: "kitten.png", for: TensorType(.float32, [nil, nil, nil, 3]),
  ///   preparedBy: ImagePreparation(size: 227, crop: .center))
  /// ```
  /// - Throws: `TensorError` with the path when the file cannot be read or prepared.
  public static func tensor(
    contentsOf path: String, for type: TensorType,
    preparedBy preparation: ImagePreparation = ImagePreparation(),
    limits: ImageLimits = ImageLimits()
  ) throws -> Tensor {
    let (layout, preparation) = try preparation.resolved(for: type)
    let image = try Image(contentsOf: path, limits: limits) { width, height in
      preparation.size == nil ? nil : preparation.sides(width, height)
    }
    do {
      return try image.tensor(layout, type, preparation, limits)
    } catch let error as TensorError {
      throw TensorError("'\(path)': \(error)")
    }
  }

  /// The picture as what a placeholder takes.
  ///
  /// - Throws: `TensorError` when it cannot be prepared so.
  public func tensor(
    for type: TensorType, preparedBy preparation: ImagePreparation = ImagePreparation(),
    limits: ImageLimits = ImageLimits()
  ) throws -> Tensor {
    let (layout, preparation) = try preparation.resolved(for: type)
    return try tensor(layout, type, preparation, limits)
  }

  private func tensor(
    _ layout: PictureLayout, _ type: TensorType, _ preparation: ImagePreparation,
    _ limits: ImageLimits
  ) throws -> Tensor {
    var image = try withChannels(layout.channels)
    let sides = preparation.sides(width, height)
    image = try image.resized(
      width: sides.width, height: sides.height, filter: preparation.filter, limits: limits)
    if preparation.crop == .center, let wanted = preparation.croppedSides {
      image = try image.centerCropped(width: wanted.width, height: wanted.height)
    }
    let dimensions =
      (layout.isBatch ? [1] : []) + [image.height, image.width]
      + (layout.hasChannels ? [layout.channels] : [])
    guard Shape(dimensions).isCompatible(with: type.shape) else {
      throw TensorError("the picture became \(Shape(dimensions)), but the type is \(type)")
    }
    return try image.numbers(dimensions, type.dataType, preparation)
  }

  private func numbers(
    _ dimensions: [Int], _ dataType: DataType, _ preparation: ImagePreparation
  ) throws -> Tensor {
    guard dataType.isFloatingPoint else {
      let bytes = preparation.inverted ? pixels.map { 255 - $0 } : pixels
      guard dataType != .int8 else {
        throw TensorError("pixels from 0 to 255 do not fit into \(dataType)")
      }
      return try Tensor(bytes, dimensions: dimensions).converted(to: dataType)
    }
    let tables = (0..<channels).map { channel in
      preparation.table(channel).map { Float($0) }
    }
    let tensor = try Tensor(uninitialized: .float32, dimensions: dimensions) { bytes in
      let numbers = bytes.bindMemory(to: Float.self)
      for channel in 0..<channels {
        let table = tables[channel]
        var place = channel
        while place < pixels.count {
          numbers[place] = table[Int(pixels[place])]
          place += channels
        }
      }
    }
    return try tensor.converted(to: dataType)
  }

  /// The picture in grey, or in colours; of a picture with alpha, what is seen on white.
  ///
  /// Grey is 0.299 of red, 0.587 of green and 0.114 of blue.
  public func withChannels(_ wanted: Int) throws -> Image {
    let image = try withoutAlpha()
    if image.channels == wanted { return image }
    guard wanted == 1 || wanted == 3 else {
      throw TensorError("a picture has 1 channel or 3, not \(wanted)")
    }
    let source = image.pixels
    let count = width * height
    let result = [UInt8](unsafeUninitializedCapacity: count * wanted) { buffer, written in
      for pixel in 0..<count {
        if wanted == 3 {
          for channel in 0..<3 { buffer[3 * pixel + channel] = source[pixel] }
        } else {
          let red = 19_595 * Int(source[3 * pixel])
          let green = 38_470 * Int(source[3 * pixel + 1])
          let blue = 7_471 * Int(source[3 * pixel + 2])
          buffer[pixel] = UInt8((red + green + blue + 1 << 15) >> 16)
        }
      }
      written = count * wanted
    }
    return try Image(width: width, height: height, channels: wanted, pixels: result)
  }

  /// The middle of the picture; where that is not in whole pixels, the part above and to the left.
  ///
  /// - Throws: `TensorError` when a side is larger than the picture's, or below 1.
  public func centerCropped(width newWidth: Int, height newHeight: Int) throws -> Image {
    guard 1...width ~= newWidth, 1...height ~= newHeight else {
      throw TensorError("\(newWidth)×\(newHeight) pixels are no part of \(width)×\(height)")
    }
    if newWidth == width, newHeight == height { return self }
    let (left, top) = ((width - newWidth) / 2, (height - newHeight) / 2)
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * newHeight * channels)
    for row in top..<top + newHeight {
      let start = (row * width + left) * channels
      result += pixels[start..<start + newWidth * channels]
    }
    return try Image(width: newWidth, height: newHeight, channels: channels, pixels: result)
  }
}

extension ImagePreparation {
  /// The layout of a type, and the preparation with the size that the type fixes.
  fileprivate func resolved(for type: TensorType) throws -> (PictureLayout, ImagePreparation) {
    do throws(ShapeError) {
      try check(for: type)
      let layout = try PictureLayout(type, channels: channels)
      var result = self
      if let height = layout.height, let width = layout.width {
        if case .shorterSide? = size, crop == .none { return (layout, result) }
        result.size = .sides(height: height, width: width)
      }
      return (layout, result)
    } catch {
      throw TensorError(error.description)
    }
  }

  /// The sides of the part that is kept, where these are known beforehand.
  fileprivate var croppedSides: (width: Int, height: Int)? {
    switch size {
    case nil: nil
    case .shorterSide(let length)?: (length, length)
    case .sides(let height, let width)?: (width, height)
    }
  }

  /// The sides of a picture once it is resized, before it is cropped.
  fileprivate func sides(_ width: Int, _ height: Int) -> (width: Int, height: Int) {
    guard let wanted = croppedSides else { return (width, height) }
    if case .sides? = size, crop == .none { return wanted }
    // The smallest picture in the same proportion that covers what is wanted.
    func scaled(_ side: Int, _ numerator: Int, _ denominator: Int) -> Int {
      let (product, overflow) = side.multipliedReportingOverflow(by: numerator)
      return overflow ? Int.max : product / denominator
    }
    let isWide = Double(width) * Double(wanted.height) >= Double(height) * Double(wanted.width)
    return isWide
      ? (max(wanted.width, scaled(width, wanted.height, height)), wanted.height)
      : (wanted.width, max(wanted.height, scaled(height, wanted.width, width)))
  }

  /// What each pixel from 0 to 255 becomes.
  fileprivate func table(_ channel: Int) -> [Double] {
    func number(_ list: [Double], _ usual: Double) -> Double {
      list.isEmpty ? usual : list[min(channel, list.count - 1)]
    }
    let (mean, deviation) = (number(mean, 0), number(deviation, 1))
    return (0...255).map { pixel in
      let light = Double(pixel) / 255
      return ((inverted ? 1 - light : light) - mean) / deviation
    }
  }
}
