import GraphIR
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Image {
  /// The picture in another size.
  ///
  /// Each new pixel is a weighted mean of the old ones that it covers, columns first and then rows,
  /// with weights of 22 binary places and rounding to 8 bits after each, so that the result equals
  /// Pillow's `resize` with the same filter.
  ///
  /// - Throws: `TensorError` for a side below 1 or beyond `ImagePreparation.longestSide`, or when
  ///   the result has more pixels than the limits allow.
  public func resized(
    width newWidth: Int, height newHeight: Int, filter: ImagePreparation.Filter = .bilinear,
    limits: ImageLimits = ImageLimits()
  ) throws -> Image {
    let sides = 1...ImagePreparation.longestSide
    guard sides ~= newWidth, sides ~= newHeight, newWidth * newHeight <= limits.pixelCount,
      newWidth * height <= limits.pixelCount
    else {
      throw TensorError(
        "\(width)×\(height) pixels cannot become \(newWidth)×\(newHeight): a side has 1 to"
          + " \(ImagePreparation.longestSide), and all are \(limits.pixelCount) at most")
    }
    if filter == .nearest { return try nearest(newWidth, newHeight) }
    var result = self
    if newWidth != width {
      result = try result.resizedColumns(ResizingWeights(from: width, to: newWidth, filter))
    }
    if newHeight != height {
      result = try result.resizedRows(ResizingWeights(from: height, to: newHeight, filter))
    }
    return result
  }

  private func nearest(_ newWidth: Int, _ newHeight: Int) throws -> Image {
    func places(_ old: Int, _ new: Int) -> [Int] {
      let step = Double(old) / Double(new)
      return (0..<new).map { min(old - 1, Int(step * (Double($0) + 0.5))) }
    }
    let columns = places(width, newWidth)
    let rows = places(height, newHeight)
    let count = newWidth * newHeight * channels
    let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      var target = 0
      for row in rows {
        for column in columns {
          let source = (row * width + column) * channels
          for channel in 0..<channels { buffer[target + channel] = pixels[source + channel] }
          target += channels
        }
      }
      written = count
    }
    return try Image(width: newWidth, height: newHeight, channels: channels, pixels: result)
  }

  private func resizedColumns(_ weights: ResizingWeights) throws -> Image {
    let newWidth = weights.spans.count
    let count = newWidth * height * channels
    let (width, height, channels) = (width, height, channels)
    let result = pixels.withUnsafeBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
        var target = 0
        for row in 0..<height {
          let line = row * width
          for span in weights.spans {
            for channel in 0..<channels {
              var sum: Int32 = ResizingWeights.half
              var place = (line + span.first) * channels + channel
              for weight in weights.numbers[span.weights] {
                sum &+= Int32(source[place]) &* weight
                place += channels
              }
              buffer[target] = ResizingWeights.rounded(sum)
              target += 1
            }
          }
        }
        written = count
      }
    }
    return try Image(width: newWidth, height: height, channels: channels, pixels: result)
  }

  private func resizedRows(_ weights: ResizingWeights) throws -> Image {
    let line = width * channels
    let count = line * weights.spans.count
    var sums = [Int32](repeating: 0, count: line)
    let result = pixels.withUnsafeBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
        sums.withUnsafeMutableBufferPointer { sums in
          for (row, span) in weights.spans.enumerated() {
            sums.update(repeating: ResizingWeights.half)
            for (number, weight) in weights.numbers[span.weights].enumerated() {
              let start = (span.first + number) * line
              for place in 0..<line { sums[place] &+= Int32(source[start + place]) &* weight }
            }
            for place in 0..<line {
              buffer[row * line + place] = ResizingWeights.rounded(sums[place])
            }
          }
        }
        written = count
      }
    }
    return try Image(
      width: width, height: weights.spans.count, channels: channels, pixels: result)
  }
}

/// How much of which old pixels makes each new one, along one side.
struct ResizingWeights {
  struct Span {
    /// The first old pixel.
    var first: Int
    /// Where its weight and those of the pixels after it stand.
    var weights: Range<Int>
  }

  /// Binary places of a weight.
  private static let places = 22
  static let half: Int32 = 1 << (places - 1)

  private(set) var spans: [Span] = []
  private(set) var numbers: [Int32] = []

  init(from old: Int, to new: Int, _ filter: ImagePreparation.Filter) {
    let scale = Double(old) / Double(new)
    let filterScale = max(1, scale)
    let support = filter.support * filterScale
    spans.reserveCapacity(new)
    var weights: [Double] = []
    for place in 0..<new {
      let center = (Double(place) + 0.5) * scale
      let first = max(0, Int(center - support + 0.5))
      let end = min(old, Int(center + support + 0.5))
      weights.removeAll(keepingCapacity: true)
      var sum = 0.0
      for pixel in first..<max(first, end) {
        let weight = filter.weight((Double(pixel) - center + 0.5) / filterScale)
        weights.append(weight)
        sum += weight
      }
      let start = numbers.count
      for weight in weights {
        let share = (sum == 0 ? weight : weight / sum) * Double(1 << Self.places)
        numbers.append(Int32(share < 0 ? share - 0.5 : share + 0.5))
      }
      spans.append(Span(first: first, weights: start..<numbers.count))
    }
  }

  static func rounded(_ sum: Int32) -> UInt8 { UInt8(clamping: sum >> Int32(places)) }
}

extension ImagePreparation.Filter {
  /// How far the weights reach from the middle of a new pixel, in old ones.
  fileprivate var support: Double {
    switch self {
    case .nearest, .box: 0.5
    case .bilinear: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// The weight at a distance.
  fileprivate func weight(_ distance: Double) -> Double {
    let x = abs(distance)
    switch self {
    case .nearest, .box: return distance > -0.5 && distance <= 0.5 ? 1 : 0
    case .bilinear: return max(0, 1 - x)
    case .bicubic:
      // Keys's cubic with a = −1/2.
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    case .lanczos:
      return distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0
    }
  }
}

private func sinc(_ x: Double) -> Double {
  x == 0 ? 1 : sin(x * .pi) / (x * .pi)
}
