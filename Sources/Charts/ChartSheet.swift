import Images
import Tensors

/// Charts side by side and below each other, as one picture.
public struct ChartSheet: Sendable {
  /// The charts, row by row.
  public var charts: [Chart]
  /// How many charts stand side by side.
  public var columns: Int
  /// The width of a chart, in units of which a picture has two pixels.
  public var chartWidth: Int
  /// The height of a chart, in the same units.
  public var chartHeight: Int

  /// A sheet of charts.
  ///
  /// - Parameters:
  ///   - charts: The charts, row by row.
  ///   - columns: How many stand side by side; by default up to two.
  ///   - chartWidth: The width of each, from 120 to 4000.
  ///   - chartHeight: The height of each, from 120 to 4000.
  public init(
    _ charts: [Chart], columns: Int? = nil, chartWidth: Int = 460, chartHeight: Int = 310
  ) {
    self.charts = charts
    self.columns = columns ?? min(2, max(1, charts.count))
    self.chartWidth = chartWidth
    self.chartHeight = chartHeight
  }

  /// The sheet as an SVG file's text.
  public func svg() -> String { drawing().svg() }

  /// The sheet as a picture, two pixels for each unit.
  ///
  /// - Throws: `TensorError` when it has more than 2²⁶ pixels.
  public func image() throws -> Image {
    let drawing = drawing()
    guard drawing.width * drawing.height * 4 <= Double(1 << 26) else {
      throw TensorError(
        "a sheet of \(charts.count) charts of \(chartWidth)×\(chartHeight) is too large a picture")
    }
    return try drawing.image(scale: 2)
  }

  /// Writes the sheet as a PNG file, atomically.
  ///
  /// - Throws: `TensorError` as `image()`, and with the path and the system's reason.
  public func writePNG(to path: String) throws { try image().writePNG(to: path) }

  /// Writes the sheet as an SVG file, atomically.
  ///
  /// - Throws: `TensorError` with the path and the system's reason.
  public func writeSVG(to path: String) throws {
    try writeFileAtomically(path, bytes: Array(svg().utf8))
  }

  /// The endings of the names of files that a sheet can be written to.
  public static let fileEndings = [".png", ".svg"]

  /// Writes the sheet in the format that the ending of the name tells.
  ///
  /// - Throws: `TensorError` as `writePNG` and `writeSVG`, and for another ending.
  public func write(to path: String) throws {
    if path.hasSuffix(".svg") { return try writeSVG(to: path) }
    guard path.hasSuffix(".png") else {
      throw TensorError("'\(path)': charts are written as .png and .svg files")
    }
    try writePNG(to: path)
  }

  private func drawing() -> Drawing {
    let columns = max(1, min(columns, charts.count))
    let rows = (charts.count + columns - 1) / columns
    let (width, height) = (
      Double(max(120, min(4000, chartWidth))), Double(max(120, min(4000, chartHeight)))
    )
    var drawing = Drawing(width: Double(columns) * width, height: Double(max(1, rows)) * height)
    for (number, chart) in charts.enumerated() {
      let layout = ChartLayout(
        chart, x: Double(number % columns) * width, y: Double(number / columns) * height,
        width: width, height: height)
      drawing.marks += layout.marks()
    }
    return drawing
  }
}

extension Chart {
  /// The chart as an SVG file's text.
  public func svg(width: Int = 720, height: Int = 440) -> String {
    ChartSheet([self], chartWidth: width, chartHeight: height).svg()
  }

  /// The chart as a picture, two pixels for each unit of width and height.
  ///
  /// - Throws: `TensorError` when it has more than 2²⁶ pixels.
  public func image(width: Int = 720, height: Int = 440) throws -> Image {
    try ChartSheet([self], chartWidth: width, chartHeight: height).image()
  }

  /// Writes the chart as a PNG file, atomically.
  ///
  /// - Throws: `TensorError` as `image()`, and with the path and the system's reason.
  public func writePNG(to path: String, width: Int = 720, height: Int = 440) throws {
    try image(width: width, height: height).writePNG(to: path)
  }

  /// Writes the chart as an SVG file, atomically.
  ///
  /// - Throws: `TensorError` with the path and the system's reason.
  public func writeSVG(to path: String, width: Int = 720, height: Int = 440) throws {
    try ChartSheet([self], chartWidth: width, chartHeight: height).writeSVG(to: path)
  }
}
