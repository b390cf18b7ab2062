/// Lines over a common axis, such as the curves of a training.
///
/// ```swift
/// var chart = Chart(title: "loss", horizontalLabel: "step")
/// chart.add("training", losses, smoothing: 20)
/// chart.add("test", [(x: 1000, y: 0.21), (x: 2000, y: 0.17)], style: .lineWithMarkers)
/// try chart.writePNG(to: "loss.png")
/// let text = chart.svg()
/// ```
public struct Chart: Sendable {
  /// How the numbers of an axis become places on it.
  public enum Scale: Sendable, Hashable {
    /// By their differences.
    case linear
    /// By their ratios. What is not positive has no place.
    case logarithmic
    /// Logarithmic where all numbers are positive and the greatest is more than a hundred times
    /// the least, else linear.
    case automatic
  }

  /// How a series is drawn.
  public enum Style: Sendable, Hashable {
    /// As a line.
    case line
    /// As a line with a dot at each point.
    case lineWithMarkers
  }

  /// Points that belong together.
  public struct Series: Sendable {
    /// What the legend calls it.
    public var name: String
    /// The points, from left to right.
    ///
    /// The line breaks where a number is not finite.
    public var points: [(x: Double, y: Double)]
    /// How they are drawn.
    public var style: Style
    /// Over how many points around each the bold line is the mean.
    ///
    /// The points themselves are then drawn faintly behind it. 1 draws them as they are.
    public var smoothing: Int
    /// Which of the chart's colours the series has; by default its position.
    public var colorNumber: Int?
  }

  /// What stands above the chart.
  public var title: String
  /// What stands below the horizontal axis.
  public var horizontalLabel: String
  /// The scale of the vertical axis.
  public var verticalScale: Scale
  /// What is drawn, the later above the earlier.
  public var series: [Series] = []

  /// A chart without series.
  public init(title: String = "", horizontalLabel: String = "", verticalScale: Scale = .automatic) {
    self.title = title
    self.horizontalLabel = horizontalLabel
    self.verticalScale = verticalScale
  }

  /// Adds a series of points.
  ///
  /// - Parameters:
  ///   - name: What the legend calls it.
  ///   - points: The points, from left to right.
  ///   - style: How they are drawn.
  ///   - smoothing: Over how many points the bold line is the mean; see `Series.smoothing`.
  ///   - colorNumber: Which of the chart's colours the series has; by default its position.
  public mutating func add(
    _ name: String, _ points: [(x: Double, y: Double)], style: Style = .line, smoothing: Int = 1,
    colorNumber: Int? = nil
  ) {
    series.append(
      Series(
        name: name, points: points, style: style, smoothing: smoothing, colorNumber: colorNumber))
  }

  /// Adds a series of numbers, the first at 1 of the horizontal axis, the next at 2 and so on.
  public mutating func add(
    _ name: String, _ values: [Double], style: Style = .line, smoothing: Int = 1
  ) {
    let points = values.enumerated().map { (x: Double($0.offset + 1), y: $0.element) }
    add(name, points, style: style, smoothing: smoothing)
  }
}
