import Images
import Tensors

/// Over which filters the darkest and the brightest shade of a picture are shared.
public enum FilterScaling: String, Sendable, Hashable, CaseIterable {
  /// Each filter has both: its form is seen best.
  case each
  /// All share them: weights can be compared between filters. 0 is the middle grey.
  case together
}

/// Draws the kernels of a convolution as a grid of small pictures.
///
/// The kernel is HWIO, as `Conv2D` has it: height, width, input channels, output features. Each
/// feature has a filter for each channel. With one channel, the features follow each other row by
/// row; with three, each is one picture in colour, its channels taken as red, green and blue; else
/// a row is a feature and a column is a channel.
///
/// ```swift
/// let weights = try session.value(of: kernel)
/// try visualizeConvolutionWeights(weights).writePNG(to: "filters.png")
/// ```
///
/// - Parameters:
///   - weights: Numbers of shape `[height, width, channels, features]`.
///   - scaling: Over which filters shades are shared.
///   - inColor: Whether three channels are one picture in colour.
///   - labels: Whether the numbers of features and channels stand beside the pictures.
///   - magnification: The pixels of a weight; by default as many as make a good picture.
/// - Throws: `TensorError` when the shape is another, there are no weights, or the picture would
///   have more than 2²⁶ pixels.
public func visualizeConvolutionWeights(
  _ weights: Tensor, scaling: FilterScaling = .each, inColor: Bool = true, labels: Bool = true,
  magnification: Int? = nil
) throws -> Image {
  guard weights.rank == 4, weights.elementCount > 0, weights.dataType.isNumeric else {
    throw TensorError(
      "the kernel of a convolution, [height, width, channels, features], was expected, but "
        + "\(weights.type) was given")
  }
  let grid = try FilterGrid(
    weights, isColored: inColor && weights.dimensions[2] == 3, hasLabels: labels,
    magnification: magnification)
  return try grid.image(scaling)
}

/// A kernel's filters and where they are in the picture.
struct FilterGrid {
  private let numbers: [Double]
  private let height: Int
  private let width: Int
  private let channels: Int
  private let features: Int
  private let isColored: Bool
  private let magnification: Int
  private let hasLabels: Bool
  /// The cells of the grid.
  private let columns: Int
  private let rows: Int

  private static let textSize = 12
  private static let gap = 8

  init(_ weights: Tensor, isColored: Bool, hasLabels: Bool, magnification: Int?) throws {
    numbers = try weights.converted(to: .float64).elements(as: Double.self)
    let sizes = weights.dimensions
    (height, width, channels, features) = (sizes[0], sizes[1], sizes[2], sizes[3])
    self.isColored = isColored
    if isColored || sizes[2] == 1 {
      // A little wider than high, and of full rows where the number allows it.
      var least = 1
      while least * least < sizes[3] { least += 1 }
      columns = (least...least * 2).first { sizes[3] % $0 == 0 } ?? least
      rows = (sizes[3] + self.columns - 1) / self.columns
    } else {
      (columns, rows) = (sizes[2], sizes[3])
    }
    let largest = max(columns * sizes[1], rows * sizes[0])
    self.magnification = max(
      1, magnification ?? min(64 / max(sizes[0], sizes[1]) + 1, 1600 / largest))
    // A number needs room beside or above a filter.
    self.hasLabels = hasLabels && min(sizes[0], sizes[1]) * self.magnification >= 18
    let (w, h) = (
      Double(columns) * Double(cellWidth) + Double(leftMargin),
      Double(rows) * Double(cellHeight) + Double(topMargin)
    )
    guard w * h <= Double(1 << 26) else {
      throw TensorError(
        "\(features) features of \(channels) channels, \(height)×\(width) each, make a picture of "
          + "\(Int64(w))×\(Int64(h)) pixels, which is too large",
      )
    }
  }

  private var gap: Int { hasLabels ? Self.gap : 1 }
  private var isTable: Bool { !isColored && channels != 1 }
  private var cellWidth: Int { width * magnification + gap }
  /// In a table, numbers stand at its sides; else above each filter.
  private var cellHeight: Int {
    height * magnification + gap + (hasLabels && !isTable ? Self.textSize + 6 : 0)
  }
  private var leftMargin: Int {
    guard hasLabels, isTable else { return gap }
    return gap * 2 + Int(Font.width("\(features - 1)", size: Double(Self.textSize)).rounded(.up))
  }
  private var topMargin: Int { hasLabels && isTable ? gap * 2 + Self.textSize : gap }

  func image(_ scaling: FilterScaling) throws -> Image {
    var canvas = Canvas(
      width: leftMargin + columns * cellWidth, height: topMargin + rows * cellHeight)
    let shared = scaling == .together ? Shades(symmetricAround: numbers) : nil
    for row in 0..<rows {
      for column in 0..<columns {
        let feature = isTable ? row : row * columns + column
        guard feature < features else { continue }
        let channel = isTable ? column : 0
        draw(
          feature, isColored ? 0..<3 : channel..<channel + 1, shared, on: &canvas,
          x: leftMargin + column * cellWidth, y: topMargin + row * cellHeight)
      }
    }
    if hasLabels { label(&canvas) }
    return try canvas.image()
  }

  private func draw(
    _ feature: Int, _ planes: Range<Int>, _ shared: Shades?, on canvas: inout Canvas, x: Int,
    y: Int
  ) {
    let top = y + (hasLabels && !isTable ? Self.textSize + 6 : 0)
    func number(_ row: Int, _ column: Int, _ channel: Int) -> Double {
      numbers[((row * width + column) * channels + channel) * features + feature]
    }
    var own: [Double] = []
    if shared == nil {
      for row in 0..<height {
        for column in 0..<width { own += planes.map { number(row, column, $0) } }
      }
    }
    let shades = shared ?? Shades(of: own)
    for row in 0..<height {
      for column in 0..<width {
        let levels = planes.map { shades.level(number(row, column, $0)) }
        canvas.fill(
          x + column * magnification..<x + (column + 1) * magnification,
          top + row * magnification..<top + (row + 1) * magnification,
          Color(levels[0], levels[levels.count / 2], levels[levels.count - 1]))
      }
    }
  }

  private func label(_ canvas: inout Canvas) {
    let size = Double(Self.textSize)
    func draw(_ text: String, _ x: Double, _ y: Double, _ anchor: Mark.Anchor) {
      canvas.draw(text, at: Point(x: x, y: y), size: size, anchor: anchor, color: .faintText)
    }
    if isTable {
      for column in 0..<columns {
        let middle = Double(leftMargin + column * cellWidth) + Double(width * magnification) / 2
        draw("\(column)", middle, Double(topMargin - gap), .middle)
      }
      for row in 0..<rows {
        let middle = Double(topMargin + row * cellHeight) + Double(height * magnification) / 2
        draw("\(row)", Double(leftMargin - gap), middle + size / 2, .end)
      }
    } else {
      for feature in 0..<features {
        let x = leftMargin + feature % columns * cellWidth
        let y = topMargin + feature / columns * cellHeight
        draw("\(feature)", Double(x), Double(y) + size, .start)
      }
    }
  }
}

/// The range of numbers that black to white stand for.
private struct Shades {
  private let low: Double
  private let high: Double

  /// From the least of the numbers to the greatest.
  init(of numbers: [Double]) {
    let finite = numbers.filter(\.isFinite)
    low = finite.min() ?? 0
    high = finite.max() ?? 0
  }

  /// From minus the greatest size of the numbers to the greatest size.
  init(symmetricAround numbers: [Double]) {
    high = numbers.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    low = -high
  }

  /// The shade of a number; what is no number is black, and the middle grey where all are the same.
  func level(_ number: Double) -> UInt8 {
    guard !number.isNaN else { return 0 }
    guard high > low else { return 128 }
    let share = (number / 2 - low / 2) / (high / 2 - low / 2)
    return UInt8(max(0, min(255, (share * 255).rounded())))
  }
}

extension Color {
  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }
}
