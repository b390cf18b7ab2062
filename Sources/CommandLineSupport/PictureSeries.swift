import StaticGraph
import Tensors

/// The pictures of a training on its way: every so many steps one, and all of them in a strip.
///
/// For `out.png` these are `out-000020.png`, `out-000040.png`, …, and `out-strip.png`.
struct PictureSeries {
  /// The most pictures of a strip; of more, every second one is left out.
  private static let limit = 64

  private let file: ResultFile
  private var frames: [Image] = []
  /// Of the pictures that come, each so many-th goes into the strip.
  private var spacing = 1
  private var count = 0

  init(_ file: ResultFile) {
    self.file = file
  }

  /// Writes the picture of a step.
  mutating func add(_ tensor: Tensor, step: Int) throws {
    let digits = String(step)
    let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    let path = named(number)
    try ResultFile(name: file.name, path: path).write(tensor)
    if count.isMultiple(of: spacing) {
      let image = try Image(tensor)
      let width = max(1, image.width * 128 / image.height)
      frames.append(
        try image.resized(
          width: min(width, ImagePreparation.longestSide), height: 128, filter: .lanczos))
    }
    count += 1
    guard frames.count > Self.limit else { return }
    frames = frames.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    spacing *= 2
  }

  /// Writes the strip, where there is more than one picture.
  func finish() throws {
    if frames.count > 1 { try Image(strip: frames).write(to: named("strip")) }
  }

  private func named(_ part: String) -> String {
    let point = file.path.lastIndex(of: ".") ?? file.path.endIndex
    return "\(file.path[..<point])-\(part)\(file.path[point...])"
  }
}

/// The pictures that a training saves on its way.
struct PicturesOnTheWay {
  private let every: Int?
  private let call: Callable?
  private var series: [PictureSeries]

  /// - Parameters:
  ///   - files: What is saved, of which pictures count here.
  ///   - every: After how many steps they are written; never without it.
  init(
    _ files: [ResultFile], every: Int?, _ session: Session, _ frozen: FrozenGraph,
    _ feeds: [Value: Tensor]
  ) throws {
    let pictures = every == nil ? [] : files.filter(\.isPicture)
    self.every = every
    series = pictures.map(PictureSeries.init)
    let values = try pictures.map { session.graph.value(at: try frozen.endpoint(named: $0.name)) }
    call = values.isEmpty ? nil : try session.prepare(fetches: values, fixed: feeds)
  }

  /// Writes the pictures of a step if it is one of those.
  mutating func writeIfDue(_ step: Int) throws {
    guard let call, let every, step.isMultiple(of: every) else { return }
    for (number, tensor) in try call.run().enumerated() {
      try series[number].add(tensor, step: step)
    }
  }

  /// Writes the strips.
  func finish() throws {
    for series in series { try series.finish() }
  }
}
