import Images

/// A picture in three colours that marks are drawn on, their edges smoothed.
struct Canvas {
  let width: Int
  let height: Int
  private(set) var pixels: [UInt8]
  /// How much of each pixel the mark that is being drawn covers; zeros between marks.
  private var coverage: [Float]
  /// The rows and columns that the mark has reached.
  private var touched = Bounds()

  private struct Bounds {
    var left = Int.max
    var right = Int.min
    var top = Int.max
    var bottom = Int.min

    var isEmpty: Bool { left > right || top > bottom }

    mutating func include(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>) {
      left = min(left, columns.lowerBound)
      right = max(right, columns.upperBound)
      top = min(top, rows.lowerBound)
      bottom = max(bottom, rows.upperBound)
    }
  }

  init(width: Int, height: Int, color: Color = .background) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 255, count: width * height * 3)
    coverage = [Float](repeating: 0, count: width * height)
    if color != .background { fill(0..<width, 0..<height, color) }
  }

  /// The picture so far.
  func image() throws -> Image {
    try Image(width: width, height: height, channels: 3, pixels: pixels)
  }

  /// Fills whole pixels.
  mutating func fill(_ columns: Range<Int>, _ rows: Range<Int>, _ color: Color) {
    let columns = columns.clamped(to: 0..<width)
    for row in rows.clamped(to: 0..<height) {
      for column in columns {
        let index = (row * width + column) * 3
        pixels[index] = color.red
        pixels[index + 1] = color.green
        pixels[index + 2] = color.blue
      }
    }
  }

  /// Draws straight lines from point to point as one mark, which is nowhere darker than a single
  /// line.
  mutating func stroke(_ points: [Point], width: Double, color: Color, opacity: Double = 1) {
    add(points, width: width)
    blend(color, opacity)
  }

  /// Adds lines to the mark that `blend` draws.
  mutating func add(_ points: [Point], width: Double) {
    guard let first = points.first else { return }
    if points.count == 1 { addSegment(first, first, width / 2) }
    for (start, end) in zip(points, points.dropFirst()) { addSegment(start, end, width / 2) }
  }

  /// Draws what was added, and begins anew.
  mutating func blend(_ color: Color, _ opacity: Double) {
    defer { touched = Bounds() }
    guard !touched.isEmpty else { return }
    let stride = width
    let bounds = touched
    let channels = (Float(color.red), Float(color.green), Float(color.blue))
    pixels.withUnsafeMutableBufferPointer { pixels in
      coverage.withUnsafeMutableBufferPointer { coverage in
        var row = bounds.top
        while row <= bounds.bottom {
          var index = row &* stride &+ bounds.left
          let end = row &* stride &+ bounds.right
          while index <= end {
            let share = coverage[index] * Float(opacity)
            if share > 0 {
              coverage[index] = 0
              let place = index &* 3
              pixels[place] = mix(pixels[place], channels.0, share)
              pixels[place &+ 1] = mix(pixels[place &+ 1], channels.1, share)
              pixels[place &+ 2] = mix(pixels[place &+ 2], channels.2, share)
            }
            index &+= 1
          }
          row &+= 1
        }
      }
    }
  }

  /// Covers every pixel that is nearer to the line than the radius; those at the edge in part.
  private mutating func addSegment(_ start: Point, _ end: Point, _ radius: Double) {
    guard start.x.isFinite, start.y.isFinite, end.x.isFinite, end.y.isFinite else { return }
    let reach = radius + 1
    guard let columns = pixelRange(start.x, end.x, reach, count: width),
      let rows = pixelRange(start.y, end.y, reach, count: height)
    else { return }
    touched.include(columns, rows)
    let stride = width
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let squaredLength = dx * dx + dy * dy
    coverage.withUnsafeMutableBufferPointer { coverage in
      var row = rows.lowerBound
      while row <= rows.upperBound {
        let y = Double(row) + 0.5 - start.y
        // The part of the row that the line can reach.
        var (first, last) = (columns.lowerBound, columns.upperBound)
        if abs(dy) > 1e-9 {
          let a = (y - reach) / dy
          let b = (y + reach) / dy
          let (low, high) = (max(0, min(a, b)), min(1, max(a, b)))
          let (left, right) = (start.x + dx * low, start.x + dx * high)
          first = max(first, Int((min(left, right) - reach).rounded(.down)))
          last = min(last, Int((max(left, right) + reach).rounded(.up)))
        }
        var column = first
        while column <= last {
          let x = Double(column) + 0.5 - start.x
          let along =
            squaredLength > 0 ? max(0, min(1, (x * dx + y * dy) / squaredLength)) : 0
          let (offX, offY) = (x - along * dx, y - along * dy)
          let distance = (offX * offX + offY * offY).squareRoot()
          let share = Float(max(0, min(1, radius + 0.5 - distance)) * min(1, radius * 2))
          let index = row &* stride &+ column
          if share > coverage[index] { coverage[index] = share }
          column &+= 1
        }
        row &+= 1
      }
    }
  }

  /// The pixels from one coordinate to the other and so far around; `nil` when all are outside.
  private func pixelRange(
    _ a: Double, _ b: Double, _ reach: Double, count: Int
  ) -> ClosedRange<Int>? {
    let low = max(0, min(a, b) - reach)
    let high = min(Double(count - 1), max(a, b) + reach)
    guard low <= high else { return nil }
    return Int(low)...Int(high)
  }
}

private func mix(_ below: UInt8, _ above: Float, _ share: Float) -> UInt8 {
  UInt8(max(0, min(255, Float(below) + (above - Float(below)) * share + 0.5)))
}
