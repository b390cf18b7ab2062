import Images

extension Drawing {
  /// The drawing as a picture of whole pixels, `scale` of them for a unit.
  func image(scale: Double) throws -> Image {
    var canvas = Canvas(
      width: max(1, Int((width * scale).rounded())),
      height: max(1, Int((height * scale).rounded())))
    for mark in marks { canvas.draw(mark, scale: scale) }
    return try canvas.image()
  }
}

extension Canvas {
  /// Draws a mark whose units are `scale` pixels.
  mutating func draw(_ mark: Mark, scale: Double) {
    func scaled(_ point: Point) -> Point { Point(x: point.x * scale, y: point.y * scale) }
    switch mark {
    case .line(let points, let width, let color, let opacity):
      stroke(points.map(scaled), width: width * scale, color: color, opacity: opacity)
    case .rectangle(let x, let y, let width, let height, let color):
      fill(
        Int(
          (x * scale).rounded())..<max(
            Int((x * scale).rounded()), Int(((x + width) * scale).rounded())),
        Int(
          (y * scale).rounded())..<max(
            Int((y * scale).rounded()), Int(((y + height) * scale).rounded())),
        color)
    case .disc(let center, let radius, let color):
      let center = scaled(center)
      stroke([center], width: (radius + 1.2) * 2 * scale, color: .background)
      stroke([center], width: radius * 2 * scale, color: color)
    case .text(let text, let place, let size, let anchor, let color, let isBold):
      draw(
        text, at: scaled(place), size: size * scale, anchor: anchor, color: color, isBold: isBold)
    }
  }

  /// Draws a text whose capitals are `size` pixels high; its baseline is at `place`.
  mutating func draw(
    _ text: String, at place: Point, size: Double, anchor: Mark.Anchor, color: Color,
    isBold: Bool = false
  ) {
    let dot = size / 6
    let width = Font.width(text, size: size)
    var x: Double
    switch anchor {
    case .start: x = place.x
    case .middle: x = place.x - width / 2
    case .end: x = place.x - width
    }
    for character in text {
      let glyph = Font.glyph(character)
      let origin = Point(
        x: x - Double(glyph.firstColumn) * dot, y: place.y - Double(Font.baseline) * dot)
      add(glyph, at: origin, dot: dot, width: dot * (isBold ? 1.35 : 0.95))
      x += Double(glyph.columnCount + Font.spacing) * dot
    }
    blend(color, 1)
  }

  /// Joins dots beside and below each other, and those of a diagonal where nothing else joins them.
  private mutating func add(_ glyph: Font.Glyph, at origin: Point, dot: Double, width: Double) {
    func place(_ column: Int, _ row: Int) -> Point {
      Point(x: origin.x + Double(column) * dot, y: origin.y + Double(row) * dot)
    }
    for row in 0..<Font.rows {
      for column in 0..<Font.columns where glyph[column, row] {
        let start = place(column, row)
        add([start], width: width)
        if glyph[column + 1, row] { add([start, place(column + 1, row)], width: width) }
        if glyph[column, row + 1] { add([start, place(column, row + 1)], width: width) }
        for side in [-1, 1]
        where glyph[column + side, row + 1] && !glyph[column + side, row]
          && !glyph[column, row + 1]
        {
          add([start, place(column + side, row + 1)], width: width)
        }
      }
    }
  }
}
