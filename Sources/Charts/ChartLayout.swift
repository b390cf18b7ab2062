/// Where everything of a chart is.
struct ChartLayout {
  private let chart: Chart
  private let x: Double
  private let y: Double
  private let width: Double
  private let height: Double
  private let horizontal: AxisScale
  private let vertical: AxisScale
  private let smoothed: [[(x: Double, y: Double)]]
  // The area that lines are drawn in.
  private let left: Double
  private let right: Double
  private let top: Double
  private let bottom: Double
  private let legendIsBelowTitle: Bool

  private static let titleSize = 11.0
  private static let textSize = 8.0
  private static let margin = 16.0
  private static let swatch = 16.0

  /// The layout of a chart in a part of a drawing.
  init(_ chart: Chart, x: Double, y: Double, width: Double, height: Double) {
    self.chart = chart
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
    smoothed = chart.series.map { $0.smoothedPoints() }
    let legendWidth = Self.legendWidths(chart).reduce(0, +)
    let titleWidth = Font.width(chart.title, size: Self.titleSize)
    legendIsBelowTitle = titleWidth + legendWidth + 3 * Self.margin > width
    top = y + Self.margin + Self.titleSize + (legendIsBelowTitle ? 36 : 16)
    let label = chart.horizontalLabel.isEmpty ? 0 : Self.textSize + 8
    bottom = y + height - Self.margin - Self.textSize - 6 - label
    let numbers = Self.verticalNumbers(chart, smoothed)
    vertical = AxisScale(
      numbers, scale: chart.verticalScale, tickCount: max(2, Int((bottom - top) / 45)),
      padding: 0.05)
    let widest = vertical.ticks.reduce(0) { max($0, Font.width($1.text, size: Self.textSize)) }
    left = x + Self.margin + widest + 8
    right = x + width - Self.margin - 6
    horizontal = AxisScale(
      chart.series.flatMap { $0.points.map(\.x) }, scale: .linear,
      tickCount: max(2, Int((right - left) / 75)), padding: 0)
  }

  /// What the vertical axis must hold.
  ///
  /// Faint points behind a smoothed line may leave the area where they are far from the others.
  private static func verticalNumbers(
    _ chart: Chart, _ smoothed: [[(x: Double, y: Double)]]
  ) -> [Double] {
    zip(chart.series, smoothed).flatMap { series, smoothed -> [Double] in
      guard series.smoothing > 1 else { return series.points.map(\.y) }
      let sorted = series.points.map(\.y).filter(\.isFinite).sorted()
      let cut = sorted.count / 100
      return Array(sorted.dropFirst(cut).dropLast(cut)) + smoothed.map(\.y)
    }
  }

  /// Everything of the chart, the background first.
  func marks() -> [Mark] {
    var marks = axes()
    for (number, series) in chart.series.enumerated() {
      let color = color(number)
      if series.smoothing > 1 {
        marks += lines(series.points, width: 0.8, color: color, opacity: 0.28)
      }
      let isLine = series.style == .line
      marks += lines(smoothed[number], width: isLine ? 1.7 : 1.5, color: color, opacity: 1)
      if !isLine, series.points.count <= 150 {
        marks += series.points.compactMap { place($0) }
          .map { .disc(center: $0, radius: 2.4, color: color) }
      }
    }
    return marks + legend()
  }

  // MARK: Lines

  private func color(_ number: Int) -> Color {
    let number = chart.series[number].colorNumber ?? number
    let count = Color.series.count
    return Color.series[(number % count + count) % count]
  }

  private func place(_ point: (x: Double, y: Double)) -> Point? {
    guard let across = horizontal.position(of: point.x), let up = vertical.position(of: point.y)
    else { return nil }
    return Point(
      x: left + across * (right - left),
      y: max(top - 4, min(bottom + 4, bottom - up * (bottom - top))))
  }

  /// The lines through points, broken where a point has no place.
  private func lines(
    _ points: [(x: Double, y: Double)], width: Double, color: Color, opacity: Double
  ) -> [Mark] {
    var marks: [Mark] = []
    var run: [Point] = []
    func end() {
      if !run.isEmpty {
        marks.append(
          .line(
            thinned(run, columnsPerUnit: opacity < 1 ? 1 : 2), width: width, color: color,
            opacity: opacity))
      }
      run = []
    }
    for point in points {
      if let place = place(point) { run.append(place) } else { end() }
    }
    end()
    return marks
  }

  // MARK: Axes

  private func axes() -> [Mark] {
    var marks: [Mark] = []
    for tick in vertical.ticks {
      guard let up = vertical.position(of: tick.value) else { continue }
      let y = bottom - up * (bottom - top)
      marks.append(
        .line(
          [Point(x: left, y: y), Point(x: right, y: y)], width: 1, color: .grid, opacity: 1))
      marks.append(
        .text(
          tick.text, at: Point(x: left - 8, y: y + Self.textSize / 2), size: Self.textSize,
          anchor: .end, color: .faintText, isBold: false))
    }
    for tick in horizontal.ticks {
      guard let across = horizontal.position(of: tick.value) else { continue }
      let x = left + across * (right - left)
      marks.append(
        .line(
          [Point(x: x, y: top), Point(x: x, y: bottom)], width: 1, color: .grid, opacity: 1))
      marks.append(
        .text(
          tick.text, at: Point(x: x, y: bottom + Self.textSize + 8), size: Self.textSize,
          anchor: .middle, color: .faintText, isBold: false))
    }
    marks.append(
      .line(
        [Point(x: left, y: bottom), Point(x: right, y: bottom)], width: 1.2, color: .axis,
        opacity: 1))
    if !chart.horizontalLabel.isEmpty {
      marks.append(
        .text(
          chart.horizontalLabel, at: Point(x: (left + right) / 2, y: y + height - Self.margin),
          size: Self.textSize, anchor: .middle, color: .faintText, isBold: false))
    }
    return marks
  }

  // MARK: Title and legend

  /// The width of each series' part of the legend.
  private static func legendWidths(_ chart: Chart) -> [Double] {
    chart.series.map { swatch + 6 + Font.width($0.name, size: textSize) + 16 }
  }

  private func legend() -> [Mark] {
    let titleLine = y + Self.margin + Self.titleSize
    var marks: [Mark] = [
      .text(
        chart.title, at: Point(x: x + Self.margin, y: titleLine), size: Self.titleSize,
        anchor: .start, color: .text, isBold: true)
    ]
    let widths = Self.legendWidths(chart)
    let line = legendIsBelowTitle ? titleLine + 20 : titleLine - 1
    var place =
      legendIsBelowTitle ? x + Self.margin : right - widths.reduce(0, +) + 16
    for (number, series) in chart.series.enumerated() where !series.name.isEmpty {
      let middle = line - Self.textSize / 2
      marks.append(
        .line(
          [Point(x: place, y: middle), Point(x: place + Self.swatch, y: middle)], width: 2.2,
          color: color(number), opacity: 1))
      if series.style == .lineWithMarkers {
        marks.append(
          .disc(
            center: Point(x: place + Self.swatch / 2, y: middle), radius: 2.8,
            color: color(number)))
      }
      marks.append(
        .text(
          series.name, at: Point(x: place + Self.swatch + 6, y: line), size: Self.textSize,
          anchor: .start, color: .text, isBold: false))
      place += widths[number]
    }
    return marks
  }
}
