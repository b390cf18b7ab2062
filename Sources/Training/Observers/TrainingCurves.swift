import Charts

/// The curves of a training: a chart for each number, with what each step and each test gave.
///
/// ```swift
/// let curves = TrainingCurves(writingTo: "curve.png")
/// try trainer.train(…) { step in
///   try curves.didStep(StepResults(number: step.number, names: names, values: step.metrics))
///   return true
/// }
/// try curves.didFinish()
/// ```
/// Memory is bounded: of a long training, a point of a curve is the mean of several steps.
public final class TrainingCurves: TrainingObserver {
  private let path: String?
  private let secondsBetweenWrites: Double
  private var lastWrite = monotonicSeconds()
  private var secondsOfWrite = 0.0
  /// The names of the numbers in the order in which they came.
  private var names: [String] = []
  private var training: [String: BoundedCurve] = [:]
  private var test: [String: BoundedCurve] = [:]

  /// Curves without points.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.png` or `.svg` and that is written again and again, and when
  ///     the training is over. It is always whole.
  ///   - seconds: How long to wait at least between two writes.
  public init(writingTo path: String? = nil, every seconds: Double = 3) {
    self.path = path
    secondsBetweenWrites = seconds
  }

  public func didStep(_ step: StepResults) throws {
    for (name, value) in zip(step.names, step.values) {
      note(name)
      training[name, default: BoundedCurve()].append(Double(step.number), value)
    }
    try writeIfDue()
  }

  public func didEndEpoch(_ epoch: EpochResults) throws {
    for (name, value) in zip(epoch.names, epoch.values) {
      note(name)
      test[name, default: BoundedCurve()].append(Double(epoch.step), value)
    }
    try writeIfDue()
  }

  public func didFinish() throws {
    // A run that had nothing left to do leaves the curves of the one before.
    if !names.isEmpty { try write() }
  }

  /// The curves so far, a chart for each number.
  public var sheet: ChartSheet {
    let charts = names.map { name -> Chart in
      // Ratios of shares that are near 1 say nothing.
      let isShare = ["accuracy", "precision", "recall"].contains { name.contains($0) }
      var chart = Chart(
        title: name, horizontalLabel: "step", verticalScale: isShare ? .linear : .automatic)
      if let points = training[name]?.points, !points.isEmpty {
        chart.add("training", points, smoothing: max(1, points.count / 20), colorNumber: 0)
      }
      if let points = test[name]?.points, !points.isEmpty {
        chart.add("test", points, style: .lineWithMarkers, colorNumber: 1)
      }
      return chart
    }
    return ChartSheet(charts)
  }

  private func note(_ name: String) {
    if training[name] == nil, test[name] == nil { names.append(name) }
  }

  private func writeIfDue() throws {
    // Writing never takes more than a twentieth of the time.
    let pause = max(secondsBetweenWrites, 20 * secondsOfWrite)
    guard path != nil, monotonicSeconds() - lastWrite >= pause else { return }
    try write()
  }

  private func write() throws {
    guard let path else { return }
    let start = monotonicSeconds()
    // What fails is not tried again at each step.
    defer {
      lastWrite = monotonicSeconds()
      secondsOfWrite = lastWrite - start
    }
    try sheet.write(to: path)
  }
}

/// A curve of at most so many points, each the mean of as many numbers as are needed for that.
struct BoundedCurve {
  private(set) var points: [(x: Double, y: Double)] = []
  private var numbersPerPoint = 1
  private var pending: (sum: Double, count: Int) = (0, 0)
  private static let maximumCount = 4096

  mutating func append(_ x: Double, _ y: Double) {
    pending = (pending.sum + y, pending.count + 1)
    guard pending.count == numbersPerPoint else { return }
    points.append((x, pending.sum / Double(pending.count)))
    pending = (0, 0)
    guard points.count == Self.maximumCount else { return }
    points = stride(from: 0, to: points.count, by: 2).map {
      (x: points[$0 + 1].x, y: (points[$0].y + points[$0 + 1].y) / 2)
    }
    numbersPerPoint *= 2
  }
}
