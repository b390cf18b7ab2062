import Tensors

/// How a picture becomes what a placeholder takes: what `@image(…)` says in a `.graph` file.
///
/// ```swift
/// let preparation = ImagePreparation(
///   size: 227, crop: .center, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
/// graph.declareImage(image, preparation)
/// ```
/// A picture is turned as its camera says, alpha is laid onto white, colours become grey where the
/// placeholder has one channel, and then size and crop apply. A placeholder of floating-point
/// numbers takes (x − mean) / deviation, where x is pixel / 255, or 1 − pixel / 255 when inverted.
/// One of integers takes the pixels from 0 to 255, or 255 less these.
///
/// Preparing applies to files of pictures alone, never to arrays.
public struct ImagePreparation: Hashable, Sendable {
  /// The size that a picture is brought to, in pixels.
  public enum Size: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// The shorter side gets this length, and the other one its own in proportion, rounded down.
    case shorterSide(Int)
    /// Exactly these sides.
    case sides(height: Int, width: Int)

    /// The length of the shorter side.
    public init(integerLiteral length: Int) { self = .shorterSide(length) }
    /// Height and width.
    public init(arrayLiteral sides: Int...) {
      self =
        sides.count == 2
        ? .sides(height: sides[0], width: sides[1]) : .shorterSide(sides.first ?? 0)
    }
  }

  /// What happens to a picture whose sides are in another proportion than wanted.
  public enum Crop: String, Hashable, Sendable, CaseIterable {
    /// All of the picture stays: with one length it keeps its proportion, with two it is stretched.
    case none
    /// The largest part in the middle that has the wanted proportion; a square with one length.
    case center
  }

  /// How pixels are made from others when the size changes; all but `nearest` take the mean of the
  /// pixels that fall together, with weights of their own.
  public enum Filter: String, Hashable, Sendable, CaseIterable {
    case nearest, box, bilinear, bicubic, lanczos
  }

  /// The size; without one, that of the placeholder, or else the picture keeps its own.
  public var size: Size?
  /// What happens to a picture whose sides are in another proportion.
  public var crop = Crop.none
  /// How pixels are made from others.
  public var filter = Filter.bilinear
  /// What is subtracted: nothing, one number, or one for each channel.
  public var mean: [Double] = []
  /// What is divided by: nothing, one number, or one for each channel.
  public var deviation: [Double] = []
  /// 1 for grey, 3 for colours; without it, what the placeholder says, or else 3.
  public var channels: Int?
  /// Whether light becomes dark, as for the ink of handwriting.
  public var inverted = false

  /// How a picture becomes what a placeholder takes; as it is, where nothing is said.
  public init(
    size: Size? = nil, crop: Crop = .none, filter: Filter = .bilinear, mean: [Double] = [],
    deviation: [Double] = [], channels: Int? = nil, inverted: Bool = false
  ) {
    self.size = size
    self.crop = crop
    self.filter = filter
    self.mean = mean
    self.deviation = deviation
    self.channels = channels
    self.inverted = inverted
  }

  /// The longest side of a picture.
  public static let longestSide = 65_535

  /// Checks that it can be done for a placeholder.
  ///
  /// - Throws: `ShapeError` that begins with the argument that is wrong.
  public func check(for type: TensorType) throws(ShapeError) {
    guard type.dataType.isNumeric else {
      throw ShapeError("pictures are numbers, but the placeholder takes \(type.dataType)")
    }
    try checkSize()
    if let channels, channels != 1, channels != 3 {
      throw ShapeError("channels: 1 for grey or 3 for colours was expected, but it is \(channels)")
    }
    let layout = try PictureLayout(type, channels: channels)
    for (label, numbers) in [("mean", mean), ("deviation", deviation)] {
      guard numbers.count <= 1 || numbers.count == layout.channels else {
        throw ShapeError(
          "\(label): one number or one for each of \(layout.channels) channels was expected, but"
            + " there are \(numbers.count)")
      }
      guard numbers.allSatisfy(\.isFinite), label == "mean" || !numbers.contains(0) else {
        throw ShapeError(
          "\(label): \(numbers) cannot be \(label == "mean" ? "taken away" : "divided by")")
      }
    }
    if !type.dataType.isFloatingPoint, !(mean + deviation).isEmpty {
      throw ShapeError(
        "\(mean.isEmpty ? "deviation" : "mean"): \(type.dataType) takes pixels as they are")
    }
    if case .sides(let height, let width)? = size,
      height != layout.height ?? height || width != layout.width ?? width
    {
      throw ShapeError("size: [\(height), \(width)] does not fit the placeholder's type \(type)")
    }
  }

  private func checkSize() throws(ShapeError) {
    let sides: [Int]
    switch size {
    case nil: sides = []
    case .shorterSide(let length)?: sides = [length]
    case .sides(let height, let width)?: sides = [height, width]
    }
    if let wrong = sides.first(where: { !(1...Self.longestSide).contains($0) }) {
      throw ShapeError("size: a side has 1 to \(Self.longestSide) pixels, but it is \(wrong)")
    }
  }
}

/// Where height, width and channels stand among the sizes of a placeholder.
public struct PictureLayout: Sendable {
  /// Whether the first size counts pictures.
  public let isBatch: Bool
  /// Whether channels have a size of their own, the last one.
  public let hasChannels: Bool
  /// How many channels there are: 1 or 3.
  public let channels: Int
  /// The rows, where they are fixed.
  public let height: Int?
  /// The columns, where they are fixed.
  public let width: Int?

  /// The layout of a type: batch, rows, columns and channels; the same without the batch; or rows
  /// and columns alone.
  ///
  /// - Throws: `ShapeError` when pictures are nothing of that type.
  public init(_ type: TensorType, channels wanted: Int? = nil) throws(ShapeError) {
    let sizes = type.shape.dimensions ?? [nil, nil, nil, nil]
    guard 2...4 ~= sizes.count else {
      throw ShapeError(
        "a picture has rows, columns and channels, with a batch or without, but the type is \(type)"
      )
    }
    isBatch = sizes.count == 4
    hasChannels = sizes.count > 2
    let first = isBatch ? 1 : 0
    height = sizes[first]
    width = sizes[first + 1]
    let given = hasChannels ? sizes[first + 2] : 1
    guard given == nil || given == 1 || given == 3 else {
      throw ShapeError(
        "a picture has 1 channel or 3, as the last size, but the type is \(type)")
    }
    guard wanted == nil || given == nil || wanted == given else {
      throw ShapeError("channels: \(wanted!) does not fit the type \(type)")
    }
    channels = given ?? wanted ?? 3
  }
}
